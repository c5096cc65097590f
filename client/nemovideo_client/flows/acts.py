"""What each kind of request comes to, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nemovideo_client.display import Delivered, Say, Stage, Status, Timeline, Working
from nemovideo_client.draft import subtitles
from nemovideo_client.draft.summary import lines
from nemovideo_client.errors import UsageError
from nemovideo_client.events import TurnResult
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.relay import relay
from nemovideo_client.flows.speaking import Speaker
from nemovideo_client.flows.turn import turn
from nemovideo_client.models import Render, UploadedFile
from nemovideo_client.talk.routing import Intent
from nemovideo_client.wire.messages import Progress
from nemovideo_client.wire.steps import Flow, Show, Write
from nemovideo_client.words import (
    BALANCE,
    DOWNLOADING,
    NO_SUBTITLES,
    NOTHING_CHANGED,
    RENDERING,
    RESERVED,
    SUBTITLES_READY,
    UPLOADED,
    UPLOADING,
    VIDEO_READY,
    WHICH_FILE,
    WORKING,
)


@dataclass(slots=True)
class Desk:
    """What one message's acts share: where files go, who hears of bytes, what to suggest at the end."""

    folder: Path
    on_bytes: Callable[[Working], None] | None = None
    exportable: bool = False

    def progress(self, stage: Stage, text: str) -> Progress | None:
        """Return what an upload or a download tells its bytes."""
        tell = self.on_bytes
        if tell is None:
            return None
        return lambda done, total: tell(Working(stage, done, total, text))


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
    state = yield from endpoints.state(ctx)
    yield Show(Timeline(lines(state.draft, ctx.language)))
    desk.exportable = False


def show_credits(ctx: Context, _: Intent, __: Desk) -> Flow[None]:
    """Show what can be spent, and what is reserved."""
    balance = yield from endpoints.credits(ctx)
    yield Show(Say(ctx.say(BALANCE).format(available=balance.available)))
    if balance.frozen:
        yield Show(Say(ctx.say(RESERVED).format(frozen=balance.frozen)))


def take_files(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Upload what came with the message, or ask for it."""
    if not intent.files:
        yield Show(Say(ctx.say(WHICH_FILE)))
        return
    text = ctx.say(UPLOADING)
    yield Show(Status(text))
    done = yield from endpoints.upload(
        ctx, *intent.files, on_progress=desk.progress("upload", text)
    )
    for file in done.files:
        yield Show(Say(ctx.say(UPLOADED).format(file=_described(file))))


def _described(file: UploadedFile) -> str:
    """Return a file's name, and its length and size where it has them: `beach.mp4 (8 s, 640x360)`."""
    facts = []
    if file.duration:
        facts.append(f"{file.duration:g} s")
    if file.width and file.height:
        facts.append(f"{file.width}x{file.height}")
    return f"{file.filename} ({', '.join(facts)})" if facts else file.filename


def export_film(ctx: Context, intent: Intent, desk: Desk) -> Flow[None]:
    """Render the timeline, save the film in the folder, and say where it is."""
    output = {"format": "mp4", "quality": "high"}
    if intent.text:
        output["resolution"] = intent.text
    yield Show(Status(ctx.say(RENDERING)))
    submitted = endpoints.export(ctx, output=output)
    done = yield from relay(submitted, partial(_how_far, ctx))
    text = ctx.say(DOWNLOADING)
    path = desk.folder / f"{done.render.id}.mp4"
    saved = yield from endpoints.download_render(
        ctx, done.render, path, on_progress=desk.progress("download", text)
    )
    yield Show(Delivered(path, saved.size or 0, ctx.say(VIDEO_READY)))


def _how_far(_: Context, thing: Any) -> Iterator[Any]:
    if isinstance(thing, Render):
        yield Working("render", thing.progress or 0, 100, f"⏳ {thing.progress or 0}%")
    else:
        yield thing


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
