"""`skill check`: what would go wrong with a SKILL.md, a line for each finding."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nemovideo_client.cli import running
from nemovideo_client.cli.capping import capped
from nemovideo_client.cli.clean import clean
from nemovideo_client.cli.failures import FAILED
from nemovideo_client.models import Json
from nemovideo_client.skill.check.checking import check as findings_in
from nemovideo_client.skill.check.rule import SEVERITIES, Finding, Severity
from nemovideo_client.skill.check.rules.sources import short
from nemovideo_client.skill.check.table import CHAPTERS
from nemovideo_client.skill.document import markdown, source
from nemovideo_client.skill.document.parts import Document


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, what it says, and what would go wrong."""

    file: str
    document: Document
    findings: tuple[Finding, ...]


def check(asked: argparse.Namespace) -> int:
    """Check the files that are asked for. Returns 1 where an error is found, with `--strict` a warning too.

    Raises SkillUnreadable for a file that cannot be read, UsageError where a library is missing.
    """
    if asked.rules:
        print(*(json.dumps({"result": rules()}),) if asked.json else rule_lines(), sep="\n")
        return 0
    checked = [_checked(file) for file in asked.files]
    if not asked.json:
        print(*lines(checked), sep="\n")
    runs = [_run(one, asked) for one in checked if asked.run]
    if asked.json:
        ran = {"runs": [running.facts(one) for one in runs]} if runs else {}
        print(json.dumps({"result": {**facts(checked), **ran}}))
    found = [finding.rule.severity for one in checked for finding in one.findings]
    found += [severity for one in runs for severity in one.severities]
    return exit_code(found, strict=asked.strict)


def _run(one: Checked, asked: argparse.Namespace) -> running.Run:
    ran = running.run(one.file, one.document)
    if not asked.json:
        print("", *running.lines(ran), sep="\n")
    return ran


def _checked(file: str) -> Checked:
    document = markdown.read(source.load(file))
    return Checked(file, document, findings_in(document))


def exit_code(severities: Sequence[Severity], *, strict: bool) -> int:
    """Return 1 if anything is that bad, else 0."""
    return FAILED if {"error", *(("warning",) if strict else ())} & {*severities} else 0


def lines(checked: Sequence[Checked]) -> Iterator[str]:
    """Tell of findings, as compilers do, and how many there are."""
    for one in checked:
        for finding, more in capped(one.findings, lambda finding: finding.rule.name):
            rule = finding.rule
            yield _line(
                f"{one.file}:{finding.line}: {rule.severity}: {rule.name}: {finding.what}  ({short(rule.source)})"
            )
            if more:
                yield _line(f"{one.file}: {rule.severity}: {rule.name}: and {more:,} more")
    found = [finding.rule.severity for one in checked for finding in one.findings]
    where = f" in {len(checked)} files" if len(checked) > 1 else ""
    yield f"{numbers(found)}{where}."


def _line(text: str) -> str:
    return clean(" ".join(text.split("\n")))


def numbers(severities: Sequence[Severity]) -> str:
    """Return how many there are of each: `1 error, no warnings, 2 hints`."""
    return ", ".join(_number(severities.count(one), one) for one in SEVERITIES)


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def facts(checked: Sequence[Checked]) -> Json:
    """Return the same for programs."""
    found = [finding.rule.severity for one in checked for finding in one.findings]
    return {
        "files": [
            {"file": one.file, "findings": [finding_facts(finding) for finding in one.findings]}
            for one in checked
        ],
        "totals": {f"{severity}s": found.count(severity) for severity in SEVERITIES},
    }


def finding_facts(finding: Finding) -> Json:
    """Return a finding for programs."""
    return {
        "line": finding.line,
        "rule": finding.rule.name,
        "severity": finding.rule.severity,
        "what": finding.what,
        "asks": finding.rule.asks,
        "source": finding.rule.source,
    }


def rule_lines() -> Iterator[str]:
    """Tell of the rules: what each asks, and where that is from."""
    for number, (chapter, found) in enumerate(CHAPTERS):
        yield from ("",) if number else ()
        yield f"{chapter}:"
        for rule in found:
            yield f"  {rule.name} ({rule.severity}): {rule.asks}  ({rule.source})"


def rules() -> Json:
    """Return the rules for programs, by name."""
    return {
        rule.name: {"severity": rule.severity, "asks": rule.asks, "source": rule.source}
        for _, found in CHAPTERS
        for rule in found
    }
