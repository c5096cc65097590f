"""What the domain asks of the world outside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import Draft

SIDES = (16, 4096)
"""The fewest and the most pixels on a side of a film, whatever draft and output ask for."""

RATES = (1, 60)
"""The fewest and the most frames per second of a film."""


class RenderError(ValueError):
    """An order cannot be rendered; the text says why, and is shown to the one who sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOrder:
    """A film to be made: `draft` with its media by URL, on a canvas of `width` x `height` pixels.

    Both lie within `SIDES`, and `fps` (frames per second) within `RATES`. `format` is a file name's
    extension, `quality` a word of the API.
    The draft may come straight from a client: anything in it may be missing or of a wrong type. Only
    URLs that are keys of `media` may be opened; any other source is shown as a card.
    """

    draft: Draft
    media: Mapping[str, Asset]
    width: int
    height: int
    fps: int
    seed: int
    format: str = "mp4"
    quality: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A rendered file, its duration in seconds and its size in bytes."""

    path: Path
    seconds: float
    size: int


class Studio(Protocol):
    """Makes files, in workers. A future fails with an exception when the work cannot be done.

    Only the text of a `RenderError` is meant for clients; anything else is a defect, and theirs to
    hear of in general terms alone.
    """

    def render(self, order: RenderOrder) -> Future[Film]:
        """Start encoding a film."""
        ...

    def discard(self, film: Future[Film]) -> None:
        """Give up a film that `render` returned: end the work soon, and remove the file."""
        ...

    def make(self, clip: Synthetic) -> Future[Path]:
        """Start making the file of a synthetic clip; the same clip is made once."""
        ...

    def thumbnail(self, asset: Asset) -> Future[Path]:
        """Start making a small JPEG of an asset; the same asset is looked at once."""
        ...

    def close(self) -> None:
        """Stop the workers; what has not begun is given up."""
        ...


class House(Protocol):
    """The whole fake, as a world of it sees it: what only all worlds together can do."""

    @property
    def hosts(self) -> Collection[str]:
        """Host names under which the fake may be steered, beyond those of the machine itself."""
        ...

    def names(self) -> list[str]:
        """Return the names of all worlds; the default world's is empty."""
        ...

    def snapshot(self, name: str) -> str:
        """Return all that lasts of a world, as readable text."""
        ...

    def snapshot_of_all(self) -> Future[str]:
        """Return a future of the same of all worlds."""
        ...

    def reset(self, name: str) -> None:
        """Put a world back to its seed; its time goes on."""
        ...

    def reset_account(self, name: str, uid: str) -> bool:
        """Put one account of a world back to its seed; False when there is none."""
        ...

    def play(self, name: str, scenario: Any) -> None:
        """Let a world begin anew as a `scenario.Scenario` says; ValueError where it cannot."""
        ...

    def playing(self, name: str) -> Mapping[str, Any] | None:
        """Return which scenario a world plays, how often which turn was played, and which never."""
        ...


class Vault(Protocol):
    """Keeps uploaded files, equal ones once."""

    def keep(self, spooled: Path, sha256: str) -> Path:
        """Move a spooled file to its lasting place and return that."""
        ...

    def place(self, sha256: str) -> Path:
        """Return the lasting place of the file with this content."""
        ...

    def size(self, kept: Path) -> int:
        """Return the size of a file in bytes."""
        ...
