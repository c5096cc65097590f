"""What `nemo-proxy record` does: makes a session of what is wanted, runs it, and gives account."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from nemovideo_proxy.cassette import BrokenCassette, Cassette, InUse
from nemovideo_proxy.mitm.addresses import exposed, url_at
from nemovideo_proxy.mitm.lines import Lines
from nemovideo_proxy.mitm.loops import new_loop
from nemovideo_proxy.mitm.master import Listening
from nemovideo_proxy.mitm.running import (
    Addons,
    CannotListen,
    Proxy,
    recording_addons,
    replaying_addons,
)
from nemovideo_proxy.mitm.wanted import Wanted, WrongUsage, ca_file, plan_of, rules_of, service_of
from nemovideo_proxy.recording import authority
from nemovideo_proxy.recording.account import summary
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.inprocess import known_secrets
from nemovideo_proxy.recording.known import Whole
from nemovideo_proxy.recording.later import Later
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.needs import Writer
from nemovideo_proxy.recording.own_folder import own_folder
from nemovideo_proxy.recording.plans import Plan, said
from nemovideo_proxy.recording.progress import Progress
from nemovideo_proxy.recording.reaching import OutOfReach, reach
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.tape import AnotherService, DryWriter, Tape, header_of, spool_of
from nemovideo_proxy.recording.upstream import Upstream
from nemovideo_proxy.redaction import Redactor, Rules
from nemovideo_proxy.replay.player import Player
from nemovideo_proxy.replay.replay import Replay

GIVES_WAY = 0.0005
"""Real seconds after which the thread that writes lets the loop pass on what has come."""


def record(wanted: Wanted) -> int:
    """Record until SIGINT or SIGTERM; raises WrongUsage and NotRecorded."""
    chosen = plan_of(wanted)
    service = service_of(wanted, is_asked=chosen.records)
    rules = rules_of(wanted)
    with authority.folder(wanted.ca_dir, keep=wanted.regular) as ca_dir, ExitStack() as open_:
        player, known = _player(wanted, chosen, open_) if chosen.replays else (None, 0)
        does = _Does(wanted.mode, known, said(chosen, wanted.cassette, known))
        port = _Port(wanted, service, ca_dir, does)
        if player is not None and not chosen.records:
            return _only_replay(port, player)
        try:
            asyncio.run(reach(service, ca_file(wanted)))
        except OutOfReach as problem:
            raise NotRecorded(str(problem)) from None
        return _record(port, chosen, rules, player)


@dataclass(frozen=True, slots=True)
class _Does:
    mode: str
    replays: int
    words: str


@dataclass(frozen=True, slots=True)
class _Port:
    wanted: Wanted
    service: Upstream
    ca_dir: Path
    does: _Does


def _only_replay(port: _Port, player: Player) -> int:
    wanted = port.wanted
    lines = Lines()
    progress = Progress(say=lines.say, guard=Guard(), as_json=wanted.as_json)

    def addons() -> Addons:
        return replaying_addons(port.service, player, token_hex(4))

    try:
        _run(lines, _serve(port, addons, progress))
    except CannotListen as problem:
        raise NotRecorded(str(problem)) from None
    played = {"played": len(player.played), "misses": len(player.misses)}
    words = "replayed {played}, without an answer {misses}; nothing was asked of the service"
    progress.ended(played, words.format(**played))
    return 0


def _record(port: _Port, chosen: Plan, rules: Rules, player: Player | None) -> int:
    wanted, service = port.wanted, port.service
    redactor = Redactor(rules, known=known_secrets())
    guard = Guard(limit=wanted.max_credits, allow_resend=wanted.allow_resend)
    lines = Lines()
    progress = Progress(say=lines.say, guard=guard, as_json=wanted.as_json)
    with _written(wanted, service, chosen, redactor, progress) as (writer, folder, tape):
        recorder = Recorder(
            writer=writer,
            redactor=redactor,
            folder=folder,
            now=time.monotonic,
            assets=Assets(service.origin),
            rate=wanted.rate,
            max_body=wanted.max_body,
            later=Later(),
        )
        session = Session(
            upstream=service,
            recorder=recorder,
            guard=guard,
            patience=wanted.patience,
            ca_file=ca_file(wanted),
            tell=progress.done,
        )
        try:
            _run(lines, _serve(port, lambda: recording_addons(session, player), progress, session))
        except CannotListen as problem:
            if tape is not None:
                tape.undo()
            raise NotRecorded(str(problem)) from None
        if tape is not None:
            tape.end(well=not recorder.failure and progress.interactions > 0)
        where = None if wanted.dry_run else wanted.cassette
        progress.ended(*summary(progress, redactor.report(), where, recorder.failure))
    if recorder.failure:
        raise NotRecorded(recorder.failure)
    return 0


def _run(lines: Lines, work: Coroutine[object, object, None]) -> None:
    sys.setswitchinterval(GIVES_WAY)
    try:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(work)
    finally:
        lines.flush()


async def _serve(
    port: _Port, addons: Callable[[], Addons], progress: Progress, session: Session | None = None
) -> None:
    wanted = port.wanted
    listening = Listening(
        host=wanted.host,
        port=wanted.port,
        mode="regular" if wanted.regular else f"reverse:{port.service.origin}",
        ca_dir=port.ca_dir,
        upstream_ca=ca_file(wanted),
        max_body=wanted.max_body,
    )
    proxy = Proxy(addons(), listening)
    if session is not None:
        session.failed = session.recorder.failed = lambda _: proxy.stop()
    _end_on_signals(asyncio.get_running_loop(), proxy.stop)

    def ready(host: str, number: int) -> None:
        url, warning = url_at(host, number), exposed(host)
        told = {
            "pid": os.getpid(),
            "upstream": port.service.origin,
            "mode": port.does.mode,
            "replays": port.does.replays,
            "warning": warning or None,
            "ca": str(authority.certificate(port.ca_dir)) if wanted.regular else None,
        }
        advice = authority.advice(url, port.ca_dir) if wanted.regular else _advice(url)
        progress.ready(url, told, "\n".join(filter(None, (advice, port.does.words, warning))))

    await proxy.run(ready)


def _end_on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """Call `stop` at the first SIGINT or SIGTERM; more of them, while the cassette is settled, change nothing."""

    def end(*_: object) -> None:
        with suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(stop)

    # not the loop's own handlers: those go when it closes, and there is more to be settled after that
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _player(wanted: Wanted, chosen: Plan, open_: ExitStack) -> tuple[Player, int]:
    """Return what replays, and how many interactions it has."""
    try:
        cassette = open_.enter_context(Cassette.open(wanted.cassette))
        source = Whole(cassette) if chosen.records else cassette
        replay = open_.enter_context(Replay(source, speed=f"{wanted.rate:g}x"))
    except BrokenCassette as problem:
        raise NotRecorded(str(problem)) from None
    except OSError as problem:
        raise NotRecorded(f"{wanted.cassette} cannot be read: {problem.strerror}") from None
    return replay.player, len(source.entries)


def _advice(url: str) -> str:
    return f"ready at {url} (Ctrl-C ends it)\n\n  export NEMO_API_URL={url}\n"


@contextmanager
def _written(
    wanted: Wanted, service: Upstream, chosen: Plan, redactor: Redactor, progress: Progress
) -> Iterator[tuple[Writer, Path, Tape | None]]:
    """Give where to write, and where bodies are spooled."""
    if wanted.dry_run:
        with own_folder() as folder:
            writer = DryWriter(redactor.check, progress.would)
            yield writer, folder / "spool", None
        return
    header = header_of(service.origin + service.path, wanted.notes)
    try:
        tape = Tape(wanted.cassette, header, chosen, redactor.check)
    except AnotherService as problem:
        raise WrongUsage(str(problem)) from None
    except (BrokenCassette, InUse) as problem:
        raise NotRecorded(str(problem)) from None
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise NotRecorded(f"{wanted.cassette} cannot be written: {why}") from None
    yield tape.writer, spool_of(wanted.cassette), tape
