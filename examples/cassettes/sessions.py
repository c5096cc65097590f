"""The sessions that `cassettes/` holds: the fake each was recorded from, and what was done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from examples.cassettes import acts
from examples.cassettes.stage import Stage


@dataclass(frozen=True, slots=True)
class Session:
    """`name` is that of the file, `about` says what it shows; the fake has these `flags` and this `seed`."""

    name: str
    about: str
    act: Callable[[Stage], None]
    flags: tuple[str, ...] = ()
    seed: int = 0


def _dialect(name: str) -> tuple[str, ...]:
    return ("--variant", f"sse_dialect={name}")


def _scenario(name: str) -> tuple[str, ...]:
    return ("--scenario", name)


WORKFLOW = "The whole workflow: token, session, upload, music, a title, credits, film"
SESSIONS = (
    Session("workflow", f"{WORKFLOW}.", acts.workflow, _dialect("typed"), seed=2),
    Session("workflow-adk", f"{WORKFLOW}, in ADK events.", acts.workflow, _dialect("adk"), seed=2),
    Session(
        "workflow-flat", f"{WORKFLOW}, in flat events.", acts.workflow, _dialect("flat"), seed=2
    ),
    Session("conversation-zh", "Music, a title and a film, in Chinese.", acts.conversation_zh),
    Session(
        "silent-edit",
        "An edit without a word, and the state that shows it.",
        acts.silent_edit,
        _scenario("silent-edit"),
    ),
    Session("two-stage", "A generation in two stages, with heartbeats.", acts.generation),
    Session(
        "cut-stream",
        "A stream that is reset at minute four, while the work goes on.",
        acts.generation,
        _scenario("cut-stream"),
    ),
    Session(
        "code-1001",
        "A token that expired, and a new one.",
        acts.token_expired,
        _scenario("expired-token"),
    ),
    Session("code-1002", "A session that is not there.", acts.session_unknown),
    Session(
        "code-2001",
        "A generation that cannot be paid for.",
        acts.credits_short,
        _scenario("no-credits"),
    ),
    Session("code-4001", "A file that is no media.", acts.file_unsupported),
    Session(
        "status-402",
        "An export that the plan does not allow.",
        acts.export_blocked,
        _scenario("free-plan-export-blocked"),
    ),
    Session("status-429", "A second token for the same client.", acts.rate_limited),
)
