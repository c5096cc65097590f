"""What a skill does with one message of its user: route, act, translate, summarise, suggest.

    connect, the first time -> what does the message ask for, in order (`talk.routing`)
        -> for each of it: act (`flows.acts`) and show what a person wants to know

What goes wrong is shown, too, and ends the message; nothing is raised but what is no affair of the
service (a bug, an interrupt).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from nemovideo_client.display import Problem, Status, Suggestion, Working
from nemovideo_client.errors import NemoError
from nemovideo_client.events import Notice
from nemovideo_client.flows import acts
from nemovideo_client.flows.acts import Desk
from nemovideo_client.flows.connecting import connect
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.relay import relay
from nemovideo_client.talk.language import detect
from nemovideo_client.talk.routing import Intent, route
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import SAY_EXPORT

Act: TypeAlias = Callable[[Context, Intent, Desk], Flow[None]]

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "chat": acts.chat,
        "export": acts.export_film,
        "credits": acts.show_credits,
        "state": acts.show_state,
        "upload": acts.take_files,
        "subtitles": acts.export_subtitles,
    }
)


def converse(
    ctx: Context,
    *,
    text: str,
    files: Sequence[str] = (),
    folder: Path,
    on_bytes: Callable[[Working], None] | None = None,
) -> Flow[bool]:
    """Do what a user's message asks for, and show what they want to know; returns whether all went well.

    `files` came with the message; what is made is saved in `folder`. `on_bytes` is told how an upload or
    a download comes along, while it does.
    """
    desk = Desk(folder, on_bytes)
    if text.strip():
        ctx.account.language = detect(text)
    try:
        if ctx.account.session is None:
            yield from connect(ctx)
        for intent in route(text, files):
            yield from relay(ACTS[intent.action](ctx, intent, desk), _for_people)
    except NemoError as error:
        yield Show(Problem(error.sentence, error))
        return False
    if desk.exportable:
        yield Show(Suggestion(ctx.say(SAY_EXPORT)))
    return True


def _for_people(thing: Any) -> tuple[Any]:
    """Return what a front end knows: a notice is a status to it."""
    return (Status(thing.text) if isinstance(thing, Notice) else thing,)
