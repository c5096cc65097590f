"""What `nemo-proxy record` does: makes a session of what is wanted, runs it, and gives account."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from nemovideo_fakeserver.surfaces.aiohttp_app import new_loop
from nemovideo_proxy.cassette import BrokenCassette, InUse
from nemovideo_proxy.mitm.master import Listening
from nemovideo_proxy.mitm.patience import LONGEST
from nemovideo_proxy.mitm.running import (
    Addons,
    CannotListen,
    Proxy,
    recording_addons,
    replaying_addons,
)
from nemovideo_proxy.recording import authority
from nemovideo_proxy.recording.account import summary
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.inprocess import known_secrets
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.needs import Writer
from nemovideo_proxy.recording.plans import Plan, plan
from nemovideo_proxy.recording.progress import Progress
from nemovideo_proxy.recording.reaching import OutOfReach, reach
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.tape import DryWriter, Tape, header_of, spool_of
from nemovideo_proxy.recording.upstream import BadUpstream, Upstream, upstream_of
from nemovideo_proxy.redaction import BadRules, Redactor, Rules
from nemovideo_proxy.replay.modes import mode
from nemovideo_proxy.replay.player import Player
from nemovideo_proxy.replay.replay import Replay


class WrongUsage(Exception):
    """What was asked for makes no sense. One sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The flags of the command, as they are given; `max_body` in bytes."""

    upstream: str
    cassette: Path
    host: str
    port: int
    mode: str
    rules: Path | None
    rate: float
    regular: bool
    ca_dir: Path | None
    upstream_ca: Path | None
    max_body: int
    patience: float
    max_credits: float | None
    allow_resend: bool
    live: bool
    own_token: bool
    notes: str
    dry_run: bool
    as_json: bool


def record(wanted: Wanted) -> int:
    """Record until SIGINT or SIGTERM; raises WrongUsage and NotRecorded."""
    chosen = _plan(wanted)
    service = _service(wanted, is_asked=chosen.records)
    with authority.folder(wanted.ca_dir, keep=wanted.regular) as ca_dir, ExitStack() as open_:
        port = _Port(wanted, service, ca_dir)
        player = open_.enter_context(_replay(wanted)).player if chosen.replays else None
        if player is not None and not chosen.records:
            return _only_replay(port, player)
        try:
            asyncio.run(reach(service, _ca_file(wanted)))
        except OutOfReach as problem:
            raise NotRecorded(str(problem)) from None
        return _record(port, chosen, player)


@dataclass(frozen=True, slots=True)
class _Port:
    wanted: Wanted
    service: Upstream
    ca_dir: Path


def _only_replay(port: _Port, player: Player) -> int:
    wanted = port.wanted
    progress = Progress(say=_say, guard=Guard(), as_json=wanted.as_json)
    _run(_serve(port, lambda: replaying_addons(port.service, player, token_hex(4)), progress))
    played = {"played": len(player.played), "misses": len(player.misses)}
    words = "replayed {played}, without an answer {misses}; nothing was asked of the service"
    progress.ended(played, words.format(**played))
    return 0


def _record(port: _Port, chosen: Plan, player: Player | None) -> int:
    wanted, service = port.wanted, port.service
    redactor = Redactor(_rules(wanted), known=known_secrets())
    guard = Guard(limit=wanted.max_credits, allow_resend=wanted.allow_resend)
    progress = Progress(say=_say, guard=guard, as_json=wanted.as_json)
    with _written(wanted, service, chosen, redactor, progress) as (writer, folder, tape):
        recorder = Recorder(
            writer=writer,
            redactor=redactor,
            folder=folder,
            now=time.monotonic,
            assets=Assets(service.origin),
            rate=wanted.rate,
            max_body=wanted.max_body,
        )
        session = Session(
            upstream=service,
            recorder=recorder,
            guard=guard,
            patience=wanted.patience,
            ca_file=_ca_file(wanted),
            tell=progress.done,
        )
        _run(_serve(port, lambda: recording_addons(session, player), progress, session))
        if tape is not None:
            tape.end(well=not recorder.failure and progress.interactions > 0)
        where = None if wanted.dry_run else wanted.cassette
        progress.ended(*summary(progress, redactor.report(), where, recorder.failure))
    if recorder.failure:
        raise NotRecorded(recorder.failure)
    return 0


def _run(work: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(work)


async def _serve(
    port: _Port, addons: Callable[[], Addons], progress: Progress, session: Session | None = None
) -> None:
    wanted = port.wanted
    listening = Listening(
        host=wanted.host,
        port=wanted.port,
        mode="regular" if wanted.regular else f"reverse:{port.service.origin}",
        ca_dir=port.ca_dir,
        upstream_ca=_ca_file(wanted),
        max_body=wanted.max_body,
    )
    proxy = Proxy(addons(), listening)
    if session is not None:
        session.failed = lambda _: proxy.stop()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, proxy.stop)

    def ready(host: str, number: int) -> None:
        url = f"http://{host}:{number}"
        told = {"pid": os.getpid(), "upstream": port.service.origin}
        told["ca"] = str(authority.certificate(port.ca_dir)) if wanted.regular else None
        advice = authority.advice(url, port.ca_dir) if wanted.regular else _advice(url)
        progress.ready(url, told, advice)

    try:
        await proxy.run(ready)
    except CannotListen as problem:
        raise NotRecorded(str(problem)) from None


def _replay(wanted: Wanted) -> Replay:
    try:
        return Replay(wanted.cassette, speed=f"{wanted.rate:g}x")
    except BrokenCassette as problem:
        raise NotRecorded(str(problem)) from None


def _advice(url: str) -> str:
    return f"ready at {url} (Ctrl-C ends it)\n\n  export NEMO_API_URL={url}\n"


@contextmanager
def _written(
    wanted: Wanted, service: Upstream, chosen: Plan, redactor: Redactor, progress: Progress
) -> Iterator[tuple[Writer, Path, Tape | None]]:
    """Give where to write, and where bodies are spooled."""
    if wanted.dry_run:
        with tempfile.TemporaryDirectory(prefix="nemo-record-") as folder:
            writer = DryWriter(redactor.check, progress.would)
            yield writer, Path(folder) / "spool", None
        return
    header = header_of(service.origin + service.path, wanted.notes)
    try:
        tape = Tape(wanted.cassette, header, chosen, redactor.check)
    except (BrokenCassette, InUse) as problem:
        raise NotRecorded(str(problem)) from None
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise NotRecorded(f"{wanted.cassette} cannot be written: {why}") from None
    yield tape.writer, spool_of(wanted.cassette), tape


def _service(wanted: Wanted, *, is_asked: bool) -> Upstream:
    try:
        service = upstream_of(wanted.upstream)
    except BadUpstream as problem:
        raise WrongUsage(f"--upstream: {problem}") from None
    if service.is_at(wanted.host, wanted.port):
        raise WrongUsage("--upstream is the address that the recorder itself listens on")
    if not 0 < wanted.patience <= LONGEST:
        raise WrongUsage(f"--patience is more than 0 and at most {LONGEST:g} seconds")
    if wanted.rate <= 0:
        raise WrongUsage("--rate is more than 0")
    if is_asked and not service.is_private:
        _opted_in(wanted, service)
    return service


def _opted_in(wanted: Wanted, service: Upstream) -> None:
    if not wanted.live:
        raise WrongUsage(
            f"{service.origin} is a real service, where messages cost credits: say --live to record it, "
            "and --max-credits N to say how many"
        )
    if not os.environ.get("NEMO_TOKEN") and not wanted.own_token:
        raise WrongUsage(
            "NEMO_TOKEN is not set: set it, so that it is known to be secret from the first byte on, or say "
            "--own-token if the client gets a token by itself"
        )


def _plan(wanted: Wanted) -> Plan:
    try:
        chosen = plan(mode(wanted.mode), wanted.cassette)
    except (ValueError, FileNotFoundError) as problem:
        raise WrongUsage(str(problem)) from None
    return chosen


def _rules(wanted: Wanted) -> Rules:
    if wanted.rules is None:
        return Rules()
    try:
        return Rules.load(wanted.rules)
    except BadRules as problem:
        raise WrongUsage(str(problem)) from None
    except OSError as problem:
        raise WrongUsage(f"--rules {wanted.rules}: {problem.strerror}") from None


def _ca_file(wanted: Wanted) -> str | None:
    return None if wanted.upstream_ca is None else str(wanted.upstream_ca)


def _say(line: str) -> None:
    """Print it; that nobody reads it is no reason to stop recording."""
    with suppress(BrokenPipeError):
        print(line, flush=True)
