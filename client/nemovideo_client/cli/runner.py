"""Runs what a command asks for: shows what comes, and remembers what was learnt as soon as it is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from nemovideo_client.cli.errands import begin
from nemovideo_client.cli.failures import Interrupted, Misused, Terminated
from nemovideo_client.cli.front import Front
from nemovideo_client.cli.memory import Known, Memory
from nemovideo_client.cli.underway import Underway, Watched
from nemovideo_client.client import NemoClient
from nemovideo_client.display import Problem, Say, Shown
from nemovideo_client.errors import UsageError
from nemovideo_client.events import Notice
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import have_token
from nemovideo_client.models import Session, Token
from nemovideo_client.options import BASE_URL, url_from
from nemovideo_client.settings import Settings
from nemovideo_client.wire.steps import Flow

T = TypeVar("T")


class Runner:
    """A client, somebody to show things to, and a memory."""

    def __init__(self, client: NemoClient, front: Front, memory: Memory, known: Known) -> None:
        self.client = client
        self.front = front
        self._memory = memory
        self._known = known
        self._lent = client.session
        self._lent_token = os.environ.get("NEMO_TOKEN")

    def begin(self, text: str = "") -> None:
        """See to it that there is a session; a new one is for somebody who begins with `text`.

        Of several commands that begin at once one makes it, and the others find it remembered.
        """
        if self.client.session is not None:
            return
        with self._memory.alone():
            self._recall()
            if self.client.session is None:
                self.run(partial(begin, text=text))

    def _recall(self) -> None:
        """Take the session that somebody else has remembered for our account since."""
        known = self._memory.read()
        if self.client.token in (self._lent_token, known.token):
            self._known = known
            self.client.session = self._lent = _remembered(known)

    def run(self, flow: Callable[[Context], Flow[T]], underway: Underway | None = None) -> T:
        """Show what a flow shows, and return its result.

        Raises Interrupted on Ctrl-C and Terminated on SIGTERM, which tell what is `underway` all the same.
        """
        underway = underway or Underway()
        see = underway.see
        stream = self.client.drive(lambda context: Watched(flow(context), see))
        try:
            with stream:
                for thing in stream:
                    self._remember()
                    self.front.show(shown(thing))
        except KeyboardInterrupt:
            raise _left(Interrupted, underway) from None
        except SystemExit:
            raise _left(Terminated, underway) from None
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
            self.front.show(Problem(error.sentence, error))

    def _learnt(self) -> Known:
        """Return what is known now; a token of the environment's and a session named are not ours to keep.

        The client never replaces a session that was named. A new token is kept all the same, as there
        is only one a week.
        """
        known, client = self._known, self.client
        if client.token not in (self._lent_token, known.token):
            known = replace(known, token=client.token, user_id=client.user_id)
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


def _left(kind: type[Interrupted], underway: Underway) -> Interrupted:
    return kind(f"{kind.__name__}.", next_step=underway.sentence, render_id=underway.render_id)


@contextmanager
def opened(asked: argparse.Namespace, front: Front) -> Iterator[Runner]:
    """Give a runner for the connection that is asked for, with a token. Raises Misused and NemoError."""
    runner, memory = _prepared(asked, front)
    if runner.client.token is None:
        # Of two commands that begin at once, one asks for the token, and the other finds it here.
        with memory.alone():
            runner, _ = _prepared(asked, front)
            if runner.client.token is None:
                runner.run(have_token)
    with runner.client:
        yield runner


def _prepared(asked: argparse.Namespace, front: Front) -> tuple[Runner, Memory]:
    """Return a runner with what is remembered now; nothing is sent yet."""
    try:
        name = "--base-url" if asked.base_url else "NEMO_API_URL"
        base_url = url_from(asked.base_url, os.environ, name, BASE_URL)
        memory = Memory.of(base_url, os.environ, Path.home())
        known = memory.read()
        client = NemoClient(**settings(asked, base_url, known))
    except ValueError as problem:
        raise Misused(str(problem)) from None
    return Runner(client, front, memory, known), memory


def settings(asked: argparse.Namespace, base_url: str, known: Known) -> Settings:
    """Return what the flags and the memory say; what they leave open is the client's to find.

    A session that was named is its id: the client never replaces it. What is remembered is a value,
    which the client may renew.
    """
    told = Settings(
        base_url=base_url,
        skill=asked.skill,
        session=_remembered(known) if asked.session is None else asked.session,
    )
    if (
        known.token is not None
    ):  # with NEMO_TOKEN set: the one that took its place when it was refused
        told["token"] = Token(value=known.token, user_id=known.user_id)
    if asked.language is not None:
        told["language"] = asked.language
    if getattr(asked, "poll_interval", None) is not None:
        told["poll_interval"] = asked.poll_interval
    if getattr(asked, "max_polls", None) is not None:
        told["max_polls"] = asked.max_polls or None
    return told


def _remembered(known: Known) -> Session | None:
    if known.session_id is None:
        return None
    return Session(session_id=known.session_id, task_id=known.task_id, user_id=known.user_id)


def shown(thing: Any) -> Shown:
    """Return what to show for something that a flow shows: a notice is words, to a terminal."""
    displayed: Shown = Say(thing.text) if isinstance(thing, Notice) else thing
    return displayed
