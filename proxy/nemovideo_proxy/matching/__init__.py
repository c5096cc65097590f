"""Which recorded interaction a live request is, and why it is none."""
