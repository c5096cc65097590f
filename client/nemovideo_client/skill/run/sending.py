"""Sends requests to the fake within bounds, and remembers what was answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nemovideo_client.skill.deviations import ATTRIBUTION
from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.answers import NOTHING, Answers, at, parsed, written
from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.outcomes import Outcome, Ran, Skipped
from nemovideo_client.skill.run.outgoing import Outgoing
from nemovideo_client.skill.run.showing import displayed

BUDGET_SECONDS = 60.0
"""Real seconds that a whole skill has."""

ONE_SECONDS = 30.0
"""Real seconds that one request has."""

MOST = 100
"""Requests of a skill that are sent."""

Headers = tuple[tuple[str, str], ...]


class Sender:
    """Sends what may leave to the fake at `base`; `now` is a clock in seconds.

    `outcomes` is what became of it so far, `who` the attribution sent last, `draft` the state's as long as
    nothing was sent that may have changed it.
    """

    def __init__(self, base: str, folder: Path, now: Callable[[], float], who: Headers) -> None:
        self.base = base
        self.folder = folder
        self.answers = Answers()
        self.outcomes: list[Outcome] = []
        self.who = who
        self.draft: str | None = None
        self._now = now
        self._end = now() + BUDGET_SECONDS
        self._sent = 0

    def send(
        self, leaving: Outgoing, line: int, note: str, *, own: bool = False
    ) -> curl.Answer | None:
        """Send a request for the command at `line`; None if there is no time or number left for it.

        `own`: it is one of the check's, which no skill is blamed for.
        """
        left = min(ONE_SECONDS, self._end - self._now())
        command = displayed(leaving, self.base)
        if left <= 0 or self._sent >= MOST:
            why = (
                f"the {BUDGET_SECONDS:g} s are over" if left <= 0 else f"{MOST} requests were sent"
            )
            self.outcomes.append(Skipped(line, command, why))
            return None
        self._sent += 1
        answer = curl.send(leaving, self.folder, left)
        where = f"{leaving.method} {leaving.url.removeprefix(self.base)}"
        self.outcomes.append(Ran(line, masked(where), command, answer, note, own=own))
        self._learn(leaving, answer)
        return answer

    def _learn(self, leaving: Outgoing, answer: curl.Answer) -> None:
        attributed = tuple(one for one in leaving.headers if one[0].title() in ATTRIBUTION)
        self.who = attributed or self.who
        self._learn_render(leaving)
        value = parsed(answer.body)
        if leaving.url.endswith("/latest"):
            draft = at(value, ".data.state.draft")
            self.draft = None if draft is NOTHING else written(draft)
        elif leaving.method != "GET":
            self.draft = None
        if value is not NOTHING:
            self.answers.learn(value)

    def _learn_render(self, leaving: Outgoing) -> None:
        """Remember the id of a render, which is the client's to make."""
        ordered = parsed(leaving.body or "")
        is_order = leaving.url.endswith(("/render/proxy/lambda", "/render/proxy/draft"))
        if is_order and isinstance(ordered, dict) and isinstance(ordered.get("id"), str):
            self.answers.learn({"render_id": ordered["id"]})
