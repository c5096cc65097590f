"""Answers live clients from what was recorded, at the recorded times, and never from the network."""
