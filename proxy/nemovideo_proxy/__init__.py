"""Sits between a client and NemoVideo, records and replays."""
