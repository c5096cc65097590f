"""An agent that does what the message says.

A message is the script of its own turn: `edit 20` is an edit that takes 20 seconds and ends silently,
`generate 200` makes a clip, `fail 20` is an edit that fails, `text 5` is talk; anything else is talk, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import TEXT, VIDEO, Put
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Made, Plan, Result, Say, Scene

GREETING = "Hello, 你好"
EDITOR = "edit_multitrack"
GENERATOR = "generate_video_with_seedance"


def script(message: str, scene: Scene) -> Plan:
    """Plan the turn that `message` spells out."""
    spelt = re.fullmatch(r"(edit|generate|fail|text) ([0-9]{1,4})", message)
    if spelt is None:
        return _text(scene, 5.0)
    return _PLANS[spelt[1]](scene, float(spelt[2]))


def _text(_scene: Scene, lasts: float) -> Plan:
    return Plan(kind="text", beats=(Beat(lasts, Say(GREETING)),), lasts=lasts)


def _edit(scene: Scene, lasts: float) -> Plan:
    title = {"id": f"title_{scene.number}", "s": 0, "d": 3000, "m": {"text": "Hi"}}
    beats = (
        Beat(1.0, Call(EDITOR, {"op": "add_title"})),
        Beat(lasts - 1, Edit(Put(TEXT, title))),
        Beat(lasts - 1, Result(EDITOR, {"status": "success"})),
    )
    return Plan(kind="edit", beats=beats, lasts=lasts)


def _generate(scene: Scene, lasts: float) -> Plan:
    name = f"clip_{scene.chance.hex(8, 'clip')}.mp4"
    clip = _clip(name, f"{scene.cdn}/generated/{name}", scene.chance.hex(64, "hash"))
    shown = {"id": f"clip_{scene.number}", "s": 0, "d": 5000, "src": clip.url, "m": {"name": name}}
    beats = (
        Beat(1.0, Call(GENERATOR, {"prompt": "a beach"})),
        Beat(lasts - 1, Made(clip)),
        Beat(lasts - 1, Edit(Put(VIDEO, shown))),
        Beat(lasts - 1, Result(GENERATOR, {"status": "success"})),
        Beat(lasts, Say("Your video is ready! Click Export to save it.")),
    )
    return Plan(kind="generate", beats=beats, lasts=lasts)


def _clip(name: str, url: str, hash_: str) -> Asset:
    source = Synthetic(
        kind="video", seconds=5.0, label="a beach", seed=1, width=1280, height=720, fps=30.0
    )
    return Asset(
        kind="video",
        filename=name,
        url=url,
        seconds=5.0,
        width=1280,
        height=720,
        fps=30.0,
        hash=hash_,
        source=source,
        origin="generated",
    )


def _fail(_scene: Scene, lasts: float) -> Plan:
    beats = (
        Beat(1.0, Call(EDITOR, {"op": "add_title"})),
        Beat(lasts, Say("I encountered a temporary issue.")),
    )
    return Plan(kind="edit", beats=beats, lasts=lasts, failed=True)


_PLANS: dict[str, Callable[[Scene, float], Plan]] = {
    "text": _text,
    "edit": _edit,
    "generate": _generate,
    "fail": _fail,
}
