"""Ways to reach a fake: in-process, and over a port with time that waits for its readers."""
