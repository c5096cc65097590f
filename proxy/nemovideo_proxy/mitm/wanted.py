"""What is asked of a recording by flags, and what makes no sense of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nemovideo_proxy.cassette import BrokenCassette
from nemovideo_proxy.mitm.patience import LONGEST
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.plans import Plan, plan
from nemovideo_proxy.recording.upstream import BadUpstream, Upstream, upstream_of
from nemovideo_proxy.redaction import BadRules, Rules
from nemovideo_proxy.replay.modes import mode


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


def service_of(wanted: Wanted, *, is_asked: bool) -> Upstream:
    """Return the service; `is_asked` says whether it will be contacted. Raises WrongUsage."""
    try:
        service = upstream_of(wanted.upstream)
    except BadUpstream as problem:
        raise WrongUsage(f"--upstream: {problem}") from None
    if service.is_at(wanted.host, wanted.port):
        raise WrongUsage("--upstream is the address that the recorder itself listens on")
    if wanted.patience > LONGEST:
        raise WrongUsage(f"--patience is at most {LONGEST:g} seconds")
    _authorities(wanted)
    if is_asked and not service.is_private:
        _opted_in(wanted, service)
    return service


def _authorities(wanted: Wanted) -> None:
    if wanted.upstream_ca is None:
        return
    try:
        wanted.upstream_ca.open("rb").close()
    except OSError as problem:
        raise WrongUsage(f"--upstream-ca {wanted.upstream_ca}: {problem.strerror}") from None


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


def plan_of(wanted: Wanted) -> Plan:
    """Return what the mode comes to; raises WrongUsage, and NotRecorded for a cassette that is broken."""
    try:
        return plan(mode(wanted.mode), wanted.cassette)
    except BrokenCassette as problem:
        raise NotRecorded(str(problem)) from None
    except ValueError as problem:
        raise WrongUsage(str(problem)) from None
    except OSError as problem:
        why = f"{wanted.cassette}: {problem.strerror}" if problem.strerror else str(problem)
        raise WrongUsage(why) from None


def rules_of(wanted: Wanted) -> Rules:
    """Return the user's rules; raises WrongUsage."""
    if wanted.rules is None:
        return Rules()
    try:
        return Rules.load(wanted.rules)
    except BadRules as problem:
        raise WrongUsage(str(problem)) from None
    except OSError as problem:
        raise WrongUsage(f"--rules {wanted.rules}: {problem.strerror}") from None


def ca_file(wanted: Wanted) -> str | None:
    """Return the authorities of a private service, if any."""
    return None if wanted.upstream_ca is None else str(wanted.upstream_ca)
