"""What a token may be allowed to do (public skill page 51880699555, token management)."""

from __future__ import annotations

SCOPES = ("read", "write", "upload", "render", "*")
"""`read` sessions and states, `write` sessions and messages, `upload`, `render`; `*` is all of it."""
