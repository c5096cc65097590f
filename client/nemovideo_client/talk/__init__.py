"""Between people and the API: what a message asks for, and what an answer means without a screen."""
