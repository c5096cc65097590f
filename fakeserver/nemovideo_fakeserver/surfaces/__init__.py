"""Doors: each turns the words of `wire` into a way of being reached."""
