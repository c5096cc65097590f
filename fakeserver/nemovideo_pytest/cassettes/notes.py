"""What a cassette knows of the service it was recorded from, and of the client."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nemovideo_pytest.client_identity import CLIENT

if TYPE_CHECKING:
    from nemovideo_client.settings import Settings
    from nemovideo_proxy.signature import Signature

_FOLLOWS = "It follows "
FAKE = "nemo-fakeserver, not from the live service"
"""What a recording of a fake is said to be from."""

_TOKEN_PATH = "/api/auth/anonymous-token"  # noqa: S105 a path
_OWN_TOKEN = "nmv_usr_" + "0" * 43


def note(source: str, readings: Iterable[str]) -> str:
    """Return the notes of a recording from `source`, which follows `readings` such as `preset=4.4`."""
    said = f"Recorded by pytest from {source}."
    followed = " ".join(sorted(readings))
    return f"{said} {_FOLLOWS}{followed}" if followed else said


def is_of_fake(notes: str) -> bool:
    """Say whether a fake was recorded."""
    return FAKE in notes


def followed(notes: str) -> tuple[str, ...]:
    """Return the readings that a recording follows, as its notes say."""
    return tuple(notes.partition(_FOLLOWS)[2].split())


def told(signatures: Iterable[Signature]) -> Settings:
    """Return what clients are told of themselves: a token, if the recorded one had it from the beginning."""
    from nemovideo_client import Token

    asked = any(each.method == "POST" and each.shape == _TOKEN_PATH for each in signatures)
    return {"client_id": CLIENT, "token": Token(value="" if asked else _OWN_TOKEN)}
