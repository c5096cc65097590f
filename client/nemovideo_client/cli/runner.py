"""Runs what a command asks for: shows what comes, and remembers what was learnt as soon as it is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from nemovideo_client.cli.failures import Interrupted, Misused
from nemovideo_client.cli.front import Front
from nemovideo_client.cli.memory import Known, Memory
from nemovideo_client.client import NemoClient
from nemovideo_client.display import Problem, Say, Shown, Working
from nemovideo_client.errors import UsageError
from nemovideo_client.events import Notice
from nemovideo_client.flows.exchange import have_token
from nemovideo_client.models import Render, Session
from nemovideo_client.options import BASE_URL, url_from
from nemovideo_client.settings import Settings
from nemovideo_client.streams import Stream

T = TypeVar("T")


class Runner:
    """A client, somebody to show things to, and a memory."""

    def __init__(self, client: NemoClient, front: Front, memory: Memory, known: Known) -> None:
        self.client = client
        self.front = front
        self._memory = memory
        self._known = known
        self._lent = client.session
        self._keeps_token = not os.environ.get("NEMO_TOKEN")

    def run(self, stream: Stream[Any, T], *, meanwhile: str = "") -> T:
        """Show a stream to its end and return its result.

        Raises Interrupted on Ctrl-C; `meanwhile` says what goes on without us.
        """
        try:
            with stream:
                for thing in stream:
                    self._remember()
                    self.front.show(shown(thing))
        except KeyboardInterrupt:
            raise Interrupted("Interrupted.", next_step=meanwhile) from None
        finally:
            self._remember()
        return stream.result

    def _remember(self) -> None:
        """Keep what is new."""
        now = self._learnt()
        if now == self._known:
            return
        self._known = now
        try:
            self._memory.write(now)
        except OSError as problem:
            error = UsageError(
                f"The connection cannot be remembered in {self._memory.path.parent}: {problem.strerror}",
                next_step="Set NEMO_TOKEN, and name the session with --session.",
            )
            self.front.show(Problem(str(error), error))

    def _learnt(self) -> Known:
        """Return what is known now; a token of the environment's and a session named are not ours to keep."""
        known, client = self._known, self.client
        renewed = self._keeps_token and client.token != known.token
        if renewed:
            known = replace(known, token=client.token, user_id=None)
        if client.user_id is not None:
            known = replace(known, user_id=client.user_id)
        if client.session is not self._lent:
            session = client.session
            known = replace(
                known,
                session_id=session.session_id if session else None,
                task_id=session.task_id if session else None,
            )
        return known


@contextmanager
def opened(asked: argparse.Namespace, front: Front) -> Iterator[Runner]:
    """Give a runner for the connection that is asked for, with a token. Raises Misused and NemoError."""
    runner, memory = _prepared(asked, front)
    if runner.client.token is None:
        # Of two commands that begin at once, one asks for the token, and the other finds it here.
        with memory.alone():
            runner, _ = _prepared(asked, front)
            if runner.client.token is None:
                runner.run(runner.client.drive(have_token))
    with runner.client:
        yield runner


def _prepared(asked: argparse.Namespace, front: Front) -> tuple[Runner, Memory]:
    """Return a runner with what is remembered now; nothing is sent yet."""
    try:
        base_url = url_from(asked.base_url, os.environ, "NEMO_API_URL", BASE_URL)
        memory = Memory.of(base_url, os.environ, Path.home())
        known = memory.read()
        client = NemoClient(**settings(asked, base_url, known))
    except ValueError as problem:
        raise Misused(str(problem)) from None
    return Runner(client, front, memory, known), memory


def settings(asked: argparse.Namespace, base_url: str, known: Known) -> Settings:
    """Return what the flags and the memory say; what they leave open is the client's to find."""
    told = Settings(
        base_url=base_url,
        skill=asked.skill,
        session=_session(asked.session, known),
    )
    if not os.environ.get("NEMO_TOKEN"):
        told["token"] = known.token
    if asked.language is not None:
        told["language"] = asked.language
    if getattr(asked, "poll_interval", None) is not None:
        told["poll_interval"] = asked.poll_interval
    if getattr(asked, "max_polls", None) is not None:
        told["max_polls"] = asked.max_polls or None
    return told


def _session(named: str | None, known: Known) -> Session | None:
    if named is not None:
        return Session(session_id=named, user_id=known.user_id)
    if known.session_id is not None:
        return Session(session_id=known.session_id, task_id=known.task_id, user_id=known.user_id)
    return None


def shown(thing: Any) -> Shown:
    """Return what to show for something that a flow shows: its own words, or how a render stands."""
    match thing:
        case Notice(text):
            return Say(text)
        case Render(progress=progress):
            return Working("render", progress or 0, 100, f"⏳ {progress or 0}%")
    displayed: Shown = thing
    return displayed
