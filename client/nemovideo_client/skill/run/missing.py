"""What nobody knows."""

from __future__ import annotations


class Missing(Exception):
    """Nobody knows what to put in; the sentence names it."""
