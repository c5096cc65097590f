"""Sessions: opening one, and its state."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, leads_to
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.openapi.service.envelope import wrapped
from nemovideo_fakeserver.core.variants import Variants

STATE = "GET /api/state/nemo_agent/{user}/{session}/latest"

ABOUT = "Sessions: a task with a draft, its media, and what was said."

_SEGMENT = js.sheet(
    {
        "id": js.text("Stable through edits (assumed, as all the inside of a segment)"),
        "s": js.whole("Start on the timeline, ms"),
        "d": js.whole("Duration, ms"),
        "src": js.text("The cdn_url of an upload, or of generated media"),
        "in": js.whole("Where in the source it begins, ms"),
        "m": js.sheet({}, "Metadata: name, text, volume, color, ..."),
    },
    required=("id", "s", "d"),
)
_STATE = js.record(
    {
        "draft": js.ref("Draft"),
        "video_infos": js.each(js.ref("Medium"), "The uploads"),
        "canvas_config": js.record(
            {
                "width": js.whole("Pixels"),
                "height": js.whole("Pixels"),
                "aspect_ratio": js.text(examples=["16:9"]),
            }
        ),
        "video_analyses": js.table(js.ref("Analysis"), "What is in the uploaded clips, by hash"),
        "generated_media": js.each(js.ref("Medium")),
    }
)
SCHEMAS: Mapping[str, Schema] = {
    "SessionId": js.text("A decimal string", pattern="^[0-9]{19}$"),
    "TaskId": js.text(pattern="^task_[0-9a-f]{16}$"),
    "Draft": js.sheet(
        {
            "t": js.each(js.ref("Track"), "Tracks, in order"),
            "d": js.whole("Duration, ms"),
            "m": js.sheet({}, "Metadata: title, width, height, ..."),
        },
        "The timeline; an empty object for an empty one",
    ),
    "Track": js.sheet(
        {
            "tt": js.whole("0 video, 1 audio, 7 text"),
            "sg": js.each(js.ref("Segment"), "Segments, in order"),
        },
        required=("tt", "sg"),
    ),
    "Segment": _SEGMENT,
    "Analysis": js.record(
        {
            "filename": js.text(),
            "duration": js.number("Seconds"),
            "summary": js.text(),
            "scenes": js.each(js.record({"start": js.number(), "end": js.number()})),
        },
        "What is in a clip (assumed: no document shows it)",
    ),
    "Session": js.record(
        {
            "session_id": js.ref("SessionId"),
            "task_id": js.ref("TaskId"),
            "task_name": js.text(),
            "user_id": js.ref("UserId"),
            "state": _STATE,
        }
    ),
}
_ASKED = js.sheet(
    {
        "task_name": js.said("What the task is called"),
        "language": js.nullable(js.text("A tag such as en or zh-CN", maxLength=35)),
    },
    required=("task_name",),
)
_ID = "$response.body#/data/session_id"
_LINKS = {
    "state": leads_to(STATE, user="me", session=_ID),
    "upload": leads_to(
        "POST /api/upload-video/nemo_agent/{user}/{session}", user="me", session=_ID
    ),
}


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe sessions as a world with these variants has them."""
    opened = {"task_id": js.ref("TaskId"), "session_id": js.ref("SessionId")}
    shown = {"task_id": examples.TASK, "session_id": examples.SESSION}
    if not variants.legacy_min_bodies:
        opened["user_id"], shown["user_id"] = js.ref("UserId"), examples.USER
    return {
        "POST /api/tasks/{user}/with-session/nemo_agent": Operation(
            body=json(_ASKED, documented={"task_name": "project", "language": "en"}),
            gives=wrapped(js.record(opened), shown, links=_LINKS),
        ),
        STATE: Operation(gives=wrapped(js.ref("Session"))),
    }
