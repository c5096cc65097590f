"""A brain that stands before another one and meddles with what passes: for tests of clients."""
