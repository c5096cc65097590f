"""A session that shows a given draft: a scripted turn of a scenario that lays it on the timeline."""

from __future__ import annotations

from typing import Any

from nemovideo_pytest.strategies.drafting import AUDIO, TEXT, VIDEO, Draft

MESSAGE = "furnish"
_KINDS = {VIDEO: "video", AUDIO: "audio", TEXT: "text"}
_OWN = ("id", "s", "d", "src", "in", "m")
_ABOUT = ("title", "width", "height")


def furnished(draft: Draft, *, when: str = MESSAGE) -> dict[str, Any]:
    """Return a scripted turn, in the words of a scenario: the message `when` makes the draft this one.

    It is free, takes two seconds and says `Done.`. Tracks must be of the documented types and their
    segments have an id and a length, as those of `projects()` do; raises ValueError for others.
    """
    operations = [{"describe": _described(draft["m"])}] if draft.get("m") else []
    for track in draft.get("t", ()):
        if track.get("tt") not in _KINDS:
            raise ValueError(f"a scenario lays no track of type {track.get('tt')!r}")
        for number, segment in enumerate(track.get("sg", ())):
            operations.append({"put": _put(_KINDS[track["tt"]], segment, new=number == 0)})
    steps = [{"at": "1s", "draft": operations}] if operations else []
    said: list[dict[str, Any]] = [{"at": "2s", "text": "Done."}]
    return {"when": {"says": when}, "price": 0, "steps": [*steps, *said]}


def _put(kind: str, segment: dict[str, Any], *, new: bool) -> dict[str, Any]:
    missing = [key for key in ("id", "d") if key not in segment]
    if missing:
        raise ValueError(f"a scenario lays no segment without {' and '.join(missing)}: {segment}")
    own = {key: segment[key] for key in _OWN if key in segment}
    more = {key: value for key, value in segment.items() if key not in _OWN}
    return {"track": kind, "new_track": new, **own, **({"extra": more} if more else {})}


def _described(about: dict[str, Any]) -> dict[str, Any]:
    own = {key: about[key] for key in _ABOUT if key in about}
    more = {key: value for key, value in about.items() if key not in _ABOUT}
    return {**own, **({"extra": more} if more else {})}
