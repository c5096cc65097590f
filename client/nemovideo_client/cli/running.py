"""`skill check --run`: what became of each command, and what the judge of the fake says."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nemovideo_client.cli.capping import capped
from nemovideo_client.cli.clean import clean
from nemovideo_client.models import Json
from nemovideo_client.skill.check.rule import SEVERITIES, Severity
from nemovideo_client.skill.check.rules.sources import short
from nemovideo_client.skill.check.subject import subject
from nemovideo_client.skill.document.parts import Document
from nemovideo_client.skill.run import curl, fake
from nemovideo_client.skill.run.judging import Verdicts, verdicts
from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.outcomes import Outcome, Ran, Skipped
from nemovideo_client.skill.run.running import Running

LINES, WIDTH = 3, 160
"""How much of an answer is shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of the commands of a file, and what the judge says."""

    file: str
    outcomes: tuple[Outcome, ...]
    judged: Verdicts

    @property
    def severities(self) -> list[Severity]:
        """How bad it is: what was refused is an error, and so is what the judge calls one.

        Neither is held against the skill where the check itself has sent or left out what it comes from.
        """
        refused = [one for one in self.outcomes if isinstance(one, Ran) and one.blamed]
        judged = [one.get("severity") for one in self.judged.verdicts if self.blames(one)]
        found: list[Severity] = ["error" for _ in refused]
        return found + [severity for severity in SEVERITIES for one in judged if one == severity]

    def asked(self, verdict: Json) -> Ran | None:
        """Return the request that a verdict is about; None where it names none that was sent here.

        A request that leads nowhere gets no id; the verdict names its method and path.
        """
        sent = [one for one in self.outcomes if isinstance(one, Ran)]
        if id_ := verdict.get("request_id"):
            return next((one for one in sent if one.answer.request_id == id_), None)
        did = f"{verdict.get('did')},"
        return next((one for one in sent if f" {one.request}," in did), None)

    def blames(self, verdict: Json) -> bool:
        """Say whether a verdict is about something that the skill does."""
        request = self.asked(verdict)
        return request is None or not (request.own or request.because)


def run(file: str, document: Document) -> Run:
    """Run a skill against a fresh fake. Raises UsageError where curl or the fake is missing."""
    curl.program()
    with fake.served() as base, tempfile.TemporaryDirectory(prefix="nemo-skill-") as folder:
        running = Running(subject(document), base, Path(folder), time.monotonic)
        outcomes = tuple(running.outcomes())
        return Run(file, outcomes, verdicts(base, Path(folder)))


def lines(done: Run) -> Iterator[str]:
    """Tell of a run."""
    ran = [one for one in done.outcomes if isinstance(one, Ran)]
    yield f"Run of {done.file}, against a fake server at {fake.RATE} times the speed:"
    if not done.outcomes:
        yield "  There are no curl commands in it; nothing was run."
    for one, more in capped(
        done.outcomes, lambda one: one.why if isinstance(one, Skipped) else None
    ):
        yield from map(clean, _outcome(done.file, one))
        if more:
            yield f"{done.file}: not run: and {more:,} more like this"
    skipped = sum(isinstance(one, Skipped) for one in done.outcomes)
    refused = sum(one.refused for one in ran)
    pardoned = refused - sum(one.blamed for one in ran)
    held = f" ({pardoned} not held against the skill)" if pardoned else ""
    yield f"{len(ran)} requests, {refused} of them refused{held}; {skipped} commands not run."
    yield from map(clean, _judged(done))


def _outcome(file: str, one: Outcome) -> Iterator[str]:
    if isinstance(one, Ran):
        yield f"{file}:{one.line}: {one.request}"
        yield f"  $ {_short(one.command, 2 * WIDTH)}"
        yield from (f"  {line}" for line in _answer(one))
        if one.note:
            yield f"  ({one.note})"
        if one.because:
            yield f"  (not held against the skill: {one.because})"
    elif isinstance(one, Skipped):
        yield f"{file}:{one.line}: not run: {one.why}"
        yield f"  $ {_short(one.command, WIDTH)}"
    else:
        yield f"{file}:{one.line}: {one.name}={_short(one.value, WIDTH)}"


def _answer(one: Ran) -> Iterator[str]:
    code = "" if one.code is None else f", code {one.code}"
    yield f"-> {one.answer.failed or one.answer.status}{code}"
    found = [line for line in masked(one.answer.body).splitlines() if line.strip()]
    yield from (f"   {_short(line, WIDTH)}" for line in found[:LINES])
    if len(found) > LINES:
        yield f"   … {len(found) - LINES} more lines"


def _short(text: str, width: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: width - 1]}…"


def _judged(done: Run) -> Iterator[str]:
    judged = done.judged
    if judged.totals is None:
        yield "The judge did not answer."
        return
    if not judged.verdicts:
        yield f"The judge: no broken rules, {judged.totals.get('rules_kept', 0)} kept."
        return
    yield "The judge:"
    yield from dict.fromkeys(_verdict(done, one) for one in judged.verdicts)


def _verdict(done: Run, one: Json) -> str:
    request = done.asked(one)
    where = f"{done.file}:{request.line}" if request else done.file
    source = short(str(one.get("source")))
    pardon = (
        "" if done.blames(one) else "; not held against the skill, the check has brought it about"
    )
    return (
        f"  {where}: {one.get('severity')}: {one.get('rule')}: {one.get('did')}{pardon}  ({source})"
    )


def facts(done: Run) -> Json:
    """Return the same for programs."""
    return {
        "file": done.file,
        "outcomes": [_fact(one) for one in done.outcomes],
        "verdicts": [_verdict_fact(done, one) for one in done.judged.verdicts],
        "totals": done.judged.totals,
    }


def _verdict_fact(done: Run, one: Json) -> Json:
    request = done.asked(one)
    return {**one, "line": request.line if request else None, "blamed": done.blames(one)}


def _fact(one: Outcome) -> Json:
    if isinstance(one, Ran):
        return {
            "line": one.line, "ran": one.request, "command": one.command, "status": one.answer.status,
            "code": one.code, "refused": one.refused, "blamed": one.blamed, "because": one.because,
            "failed": one.answer.failed,
            "answer": masked(one.answer.body[: LINES * WIDTH]), "note": one.note,
        }  # fmt: skip
    if isinstance(one, Skipped):
        return {"line": one.line, "skipped": one.command, "why": one.why}
    return {"line": one.line, "set": one.name, "value": one.value}
