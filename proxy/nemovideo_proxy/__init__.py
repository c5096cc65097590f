"""Sits between a client and NemoVideo, records what passes, and replays it.

`Recording` records what goes through an httpx transport, `Replay` answers from what was recorded, `Rules`
are a user's own rules of redaction, `Cassette` and `Writer` are the file itself. Each is imported when first
asked for. `nemo-proxy` is the same as a command.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_proxy.cassette.broken import BrokenCassette
    from nemovideo_proxy.cassette.reading import Cassette
    from nemovideo_proxy.cassette.writer import Writer
    from nemovideo_proxy.recording.inprocess import Recording
    from nemovideo_proxy.redaction.rules import Rules
    from nemovideo_proxy.replay.replay import NotAllPlayed, Replay

_HOME = {
    "BrokenCassette": "cassette.broken",
    "Cassette": "cassette.reading",
    "NotAllPlayed": "replay.replay",
    "Recording": "recording.inprocess",
    "Replay": "replay.replay",
    "Rules": "redaction.rules",
    "Writer": "cassette.writer",
}

__all__ = ["BrokenCassette", "Cassette", "NotAllPlayed", "Recording", "Replay", "Rules", "Writer"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    try:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith(__name__):
            raise
        raise ModuleNotFoundError(
            f"{name} needs {missing.name}: pip install 'nemovideo-harness[proxy]'",
            name=missing.name,
        ) from None
