"""Act four: the client's session once more, recorded through the proxy, then replayed with the server gone."""

from __future__ import annotations

import re
from pathlib import Path

from examples.child import child
from examples.demo import client_act
from examples.demo.console import act, step, told
from examples.demo.server import RATE
from nemovideo_client import Delivered, Link, Shown

CASSETTE = client_act.OUT / "session.yaml"


def record(url: str, clip: Path) -> list[Shown]:
    """Play the client's act through a recorder."""
    act("Act four: the client once more, while a proxy records")
    to = ("--upstream", url, "--cassette", str(CASSETTE), "--mode", "rewrite")
    with child("nemovideo_proxy", "record", *to, "--rate", str(RATE)) as recorder:
        seen = client_act.play(recorder, clip, client="recorded-client", folder=_folder("recorded"))
    told(f"\nrecorded in {CASSETTE} ({CASSETTE.stat().st_size:,} bytes)")
    return seen


def replay(clip: Path) -> list[Shown]:
    """Play it again from the cassette; there is no server any more."""
    act("Act four, again: the server is gone, and the cassette answers another client")
    with child("nemovideo_proxy", "replay", str(CASSETTE), "--speed", f"{RATE}x") as player:
        return client_act.play(player, clip, client="another-client", folder=_folder("replayed"))


def compare(recorded: list[Shown], replayed: list[Shown]) -> None:
    """Compare what a person saw, line by line, and the films, byte by byte."""
    step("Was it the same?")
    pairs = list(zip(map(_line, recorded), map(_line, replayed), strict=False))
    for was, is_now in pairs:
        if was != is_now:
            told(f"recorded: {was}\nreplayed: {is_now}")
    films = [client_act.film(seen).read_bytes() for seen in (recorded, replayed)]
    same = len(recorded) == len(replayed) and all(a == b for a, b in pairs)
    told(f"{len(pairs)} things shown, {'all the same' if same else 'not all the same'}")
    told(
        f"films of {len(films[0]):,} bytes, {'identical' if films[0] == films[1] else 'different'}"
    )
    if not same or films[0] != films[1]:
        raise SystemExit("the replay differs from what was recorded")


def _line(shown: Shown) -> str:
    """Write what was shown without what must differ: where a film was put, and whose link it is."""
    match shown:
        case Delivered(_, size, text):
            return f"{text} {size}"
        case Link(label, url):
            return f"{label}: {re.sub('clm_[^&]*', 'clm_...', url.partition('//')[2].partition('/')[2])}"
        case _:
            return repr(shown)


def _folder(name: str) -> Path:
    folder = client_act.OUT / name
    folder.mkdir(exist_ok=True)
    return folder
