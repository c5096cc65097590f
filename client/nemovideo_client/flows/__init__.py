"""What the client does, as generators that ask for I/O and never do it."""
