"""What each kind of request comes to, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nemovideo_client.display import Delivered, Say, Status
from nemovideo_client.draft import subtitles
from nemovideo_client.errors import UsageError
from nemovideo_client.events import TurnResult
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.relay import relay
from nemovideo_client.flows.reporting import (
    Tell,
    report_credits,
    report_film,
    report_state,
    report_upload,
)
from nemovideo_client.flows.speaking import Speaker
from nemovideo_client.flows.turn import turn
from nemovideo_client.talk.routing import Intent
from nemovideo_client.wire.steps import Flow, Show, Write
from nemovideo_client.words import (
    NO_SUBTITLES,
    NOTHING_CHANGED,
    SUBTITLES_READY,
    WHICH_FILE,
    WORKING,
)


@dataclass(slots=True)
class Desk:
    """What one message's acts share: where files go, who hears of bytes, what to suggest at the end."""

    folder: Path
    on_bytes: Tell | None = None
    exportable: bool = False


def chat(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Send the message; show the answer without its talk of buttons, and what a silent edit did."""
    speaker = Speaker()
    yield Show(Status(ctx.say(WORKING)))
    result: TurnResult = yield from relay(turn(ctx, intent.text), speaker.hear)
    if result.changes:
        yield Show(Say("\n".join(result.changes)))
    elif result.silent:
        yield Show(Say(ctx.say(NOTHING_CHANGED)))
    wanted = {action.kind for action in speaker.actions}
    if result.tool_calls or wanted & {"state", "timeline"}:
        yield from show_state(ctx, intent, desk)
    if "credits" in wanted:
        yield from show_credits(ctx, intent, desk)
    desk.exportable = "export" in wanted


def show_state(ctx: Context, _: Intent, desk: Desk) -> Flow[None]:
    """Show the timeline."""
    yield from report_state(ctx)
    desk.exportable = False


def show_credits(ctx: Context, _: Intent, __: Desk) -> Flow[None]:
    """Show what can be spent, and what is reserved."""
    yield from report_credits(ctx)


def take_files(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Upload what came with the message, or ask for it."""
    if intent.files:
        yield from report_upload(ctx, intent.files, desk.on_bytes)
    else:
        yield Show(Say(ctx.say(WHICH_FILE)))


def export_film(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Render the timeline, save the film in the folder, and say where it is."""
    wanted = {"resolution": intent.text} if intent.text else {}
    yield from report_film(ctx, lambda id_: desk.folder / f"{id_}.mp4", wanted, desk.on_bytes)
    desk.exportable = False


def export_subtitles(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Write the words on the timeline as a subtitle file: no render, no cost (51934287673)."""
    state = yield from endpoints.state(ctx)
    kind = intent.text or "srt"
    text = subtitles.vtt(state.draft) if kind == "vtt" else subtitles.srt(state.draft)
    if not text:
        raise UsageError(ctx.say(NO_SUBTITLES))
    path = desk.folder / f"subtitles.{kind}"
    data = text.encode()
    yield Write(path, data)
    yield Show(Delivered(path, len(data), ctx.say(SUBTITLES_READY)))
