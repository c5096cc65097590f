"""What keeps worlds from being read or written: one sentence each, for people.

ValueError
`-- Unusable             a file that worlds cannot come from or go to
    |-- StateUnusable    a state file: taken by another fake, none at all, newer than this, or damaged
    `-- SnapshotUnusable a snapshot: unreadable, with the place of what is wrong, or not to be written
"""

from __future__ import annotations


class Unusable(ValueError):
    """A file that worlds cannot come from or go to. Never raised itself."""


class StateUnusable(Unusable):
    """A state file that cannot be used; it has not been touched."""


class SnapshotUnusable(Unusable):
    """A snapshot that cannot be read or written."""
