"""Starting fast: most of a cold start is imports, and two things in them are of no use to a server.

Importing aiohttp builds a TLS context for outgoing calls and reads every certificate authority of the
machine into it, a sixth of the whole start; this server calls nobody. And the garbage collector looks
again and again at modules that stay.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@contextmanager
def imports() -> Iterator[None]:
    """Import without garbage collection and without certificates; the environment is as before afterwards."""
    before = {name: os.environ.get(name) for name in _CERTIFICATES}
    os.environ.update(dict.fromkeys(_CERTIFICATES, os.devnull))
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
