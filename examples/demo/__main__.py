"""The documented workflow from token to film: with curl, with the client, from words alone, and from a recording.

Run it with `tox -e demo`.
"""

from __future__ import annotations

import sys
import time

from examples.demo import client_act, contact_sheet, curl_act, proxy_act, scene_act
from examples.demo.clip import make_clip
from examples.demo.console import act
from examples.demo.server import server
from examples.demo.verdicts import verdicts


def main() -> int:
    """Play the acts; the exit code is 0 when a film came out of each, no rule was broken, and the replay agreed."""
    began = time.monotonic()
    curl_act.OUT.mkdir(exist_ok=True)
    clip = make_clip(curl_act.OUT / "beach.mp4")
    with server() as url:
        act("Act one: nothing but curl")
        films = [curl_act.play(url, clip)]
        verdicts(url)
        act("Act two: the same with the client, which does what a skill asks of an agent")
        films.append(client_act.film(client_act.play(url, clip)))
        verdicts(url)
        act("Act three: a film out of nothing but words, in Chinese")
        scene, draft = scene_act.play(url)
        films.append(scene)
        verdicts(url)
        recorded = proxy_act.record(url, clip)
    replayed = proxy_act.replay(clip)
    proxy_act.compare(recorded, replayed)
    films.append(client_act.film(replayed))
    sheet = contact_sheet.write(
        curl_act.OUT / "contact-sheet.png",
        [(films[0], contact_sheet.draft_in(curl_act.ORDER)), (scene, draft)],
    )
    act(f"Four films, after {time.monotonic() - began:.1f} seconds")
    for film in films:
        print(f"{film.resolve()} ({film.stat().st_size:,} bytes)")
    print(f"What two of them look and sound like: {sheet}")
    return 0 if all(film.stat().st_size for film in films) else 1


if __name__ == "__main__":
    sys.exit(main())
