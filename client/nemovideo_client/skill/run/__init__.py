"""Runs the curl commands of a skill against a fake server. Nothing else is run, and nothing else is reached."""
