"""The addon for one's own mitmproxy, mitmweb or mitmdump: `mitmdump -s "$(nemo-proxy addon)" --set nemo_cassette=…`.

It needs a mitmproxy that is installed beside this package. The same addons as in `nemo-proxy record` do the
work; they are added once the options are known.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from typing import Any

from mitmproxy import ctx, http

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.mitm import wording
from nemovideo_proxy.mitm.running import Addons, recording_addons, replaying_addons
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.inprocess import known_secrets
from nemovideo_proxy.recording.known import Whole
from nemovideo_proxy.recording.later import Later
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.recording.plans import plan
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.tape import Tape, header_of, spool_of
from nemovideo_proxy.recording.upstream import BadUpstream, Upstream, upstream_of
from nemovideo_proxy.redaction import BadRules, Redactor, Rules
from nemovideo_proxy.replay.modes import mode
from nemovideo_proxy.replay.replay import Replay

logger = logging.getLogger(__name__)


class Nemo:
    """Reads the options, and adds what they ask for."""

    def __init__(self) -> None:
        self._tape: Tape | None = None
        self._replay: Replay | None = None
        self._open = ExitStack()
        self._recorder: Recorder | None = None
        self._is_ready = False

    def load(self, loader: Any) -> None:
        """Declare the options."""
        for name, default, says in (
            ("nemo_cassette", "", "Record into this cassette."),
            ("nemo_replay", "", "Answer from this cassette, and ask nobody."),
            ("nemo_upstream", "", "The service; in reverse mode it is known."),
            ("nemo_mode", "once", "none, once, new_episodes, all or rewrite."),
            ("nemo_rules", "", "Your own rules of redaction."),
        ):
            loader.add_option(name, str, default, says)

    def running(self) -> None:
        """Begin; what makes no sense ends mitmproxy with a sentence."""
        try:
            added = self._added()
        except (ValueError, OSError, BadRules, BadUpstream) as problem:
            _failed(str(problem))
            return
        manager: Any = ctx.master.addons
        options: Any = ctx.options
        options.update(connection_strategy="lazy", http2=False)  # as in `master`
        # What is added while `running` goes round is reached by it, for it walks the chain itself.
        manager.add(*added.all, _Begun(self._begun))

    def _begun(self) -> None:
        self._is_ready = True
        logger.info("nemo-proxy: ready")

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Let nothing pass before it is recorded: mitmproxy listens before it says that it is running."""
        if not self._is_ready:
            why = "the recording has not begun yet: ask again"
            wording.answer(flow, Marked(why="not-recorded", sentence=why))

    def done(self) -> None:
        """Close what is replayed from, and put in its place what was recorded anew."""
        if self._replay is not None:
            self._replay.close()
        self._open.close()
        if self._tape is not None and self._recorder is not None:
            self._tape.end(well=not self._recorder.failure)

    def _added(self) -> Addons:
        options: Any = ctx.options
        service = _service(options)
        if options.nemo_replay:
            self._replay = Replay(options.nemo_replay, speed="recorded")
            return replaying_addons(service, self._replay.player, token_hex(4))
        if not options.nemo_cassette:
            raise ValueError("say --set nemo_cassette=FILE, or --set nemo_replay=FILE")
        path = Path(options.nemo_cassette)
        chosen = plan(mode(options.nemo_mode), path)
        rules = Rules.load(options.nemo_rules) if options.nemo_rules else Rules()
        if chosen.replays:
            cassette = self._open.enter_context(Cassette.open(path))
            self._replay = Replay(Whole(cassette) if chosen.records else cassette, speed="recorded")
        player = None if self._replay is None else self._replay.player
        if player is not None and not chosen.records:
            return replaying_addons(service, player, token_hex(4))
        redactor = Redactor(rules, known=known_secrets())
        self._tape = Tape(path, header_of(service.origin), chosen, redactor.check)
        self._recorder = Recorder(
            writer=self._tape.writer,
            redactor=redactor,
            folder=spool_of(path),
            now=time.monotonic,
            assets=Assets(service.origin),
            later=Later(),
            failed=_failed,
        )
        session = Session(upstream=service, recorder=self._recorder, guard=Guard())
        session.failed = _failed
        return recording_addons(session, player)


class _Begun:
    """The last addon: when it runs, all do."""

    def __init__(self, begun: Callable[[], None]) -> None:
        self._begun = begun

    def running(self) -> None:
        """Say so."""
        self._begun()


def _service(options: Any) -> Upstream:
    url = options.nemo_upstream
    if not url and options.mode and options.mode[0].startswith("reverse:"):
        url = options.mode[0].removeprefix("reverse:").partition("@")[0]
    return upstream_of(url)


def _failed(why: str) -> None:
    logger.error("nemo-proxy: %s", why)
    master: Any = ctx.master
    master.shutdown()


addons = [Nemo()]
