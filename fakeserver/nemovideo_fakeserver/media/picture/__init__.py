"""What is seen: footage, photos and cards laid on the canvas, their looks, and the words above them."""
