"""The ids that examples speak of. They look like real ones; a reader puts their own in their place."""

from __future__ import annotations

TOKEN = "nmv_usr_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPexampl00"  # noqa: S105 no token that anybody has
CLAIM = "clm_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPexampl00"
TOKEN_ID = "tok_3f2a9c51d07e"  # noqa: S105 a public id
USER = "anon_abc123def4567890"
SESSION = "5529798706024415232"
TASK = "task_0a1b2c3d4e5f6789"
RENDER = "render_1773423613616"
CLIENT = "5f0c6c1e-8b1f-4f62-9d1e-3a6b1c2d4e5f"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
