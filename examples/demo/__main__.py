"""The documented workflow from token to film, twice, against one fake NemoVideo: with curl, then with the client.

Run it with `tox -e demo`.
"""

from __future__ import annotations

import sys
import time

from examples.demo import client_act, curl_act
from examples.demo.clip import make_clip
from examples.demo.console import act
from examples.demo.server import server
from examples.demo.verdicts import verdicts


def main() -> int:
    """Play both acts; the exit code is 0 when a film came out of each, and no rule was broken."""
    began = time.monotonic()
    curl_act.OUT.mkdir(exist_ok=True)
    clip = make_clip(curl_act.OUT / "beach.mp4")
    with server() as url:
        act("Act one: nothing but curl")
        films = [curl_act.play(url, clip)]
        verdicts(url)
        act("Act two: the same with the client, which does what a skill asks of an agent")
        films.append(client_act.play(url, clip))
        verdicts(url)
    act(f"Two films, after {time.monotonic() - began:.1f} seconds")
    for film in films:
        print(f"{film.resolve()} ({film.stat().st_size:,} bytes)")
    return 0 if all(film.stat().st_size for film in films) else 1


if __name__ == "__main__":
    sys.exit(main())
