"""Talks to NemoVideo."""
