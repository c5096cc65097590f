"""The fake NemoVideo server."""
