"""What is heard: the sound of files and music, mixed."""
