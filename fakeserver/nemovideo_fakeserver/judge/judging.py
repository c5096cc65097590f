"""From facts to a report."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.gathering import gather
from nemovideo_fakeserver.judge.report import Report
from nemovideo_fakeserver.judge.rule import Finding, Rule
from nemovideo_fakeserver.judge.table import RULES
from nemovideo_fakeserver.judge.verdict import Tally, Verdict


def judge(facts: Sequence[Fact], dropped: int = 0) -> Report:
    """Judge what a client did by the documents' own rules.

    `facts` are a journal's, in order of writing; `dropped` is how many older ones it has let go. Nobody
    is accused for what cannot be seen.
    """
    evidence = gather(facts)
    verdicts: list[Verdict] = []
    tallies: list[Tally] = []
    for rule in RULES:
        findings = list(rule.check(evidence))
        breaches = [finding for finding in findings if finding.did]
        verdicts += [_verdict(rule, breach) for breach in breaches]
        kept = len(findings) - len(breaches)
        tallies.append(Tally(rule=rule, kept=kept, broken=len(breaches)))
    verdicts.sort(key=lambda verdict: (verdict.at, verdict.requests[-1:]))
    return Report(verdicts=tuple(verdicts), rules=tuple(tallies), facts=len(facts), dropped=dropped)


def _verdict(rule: Rule, finding: Finding) -> Verdict:
    last = finding.asks[-1] if finding.asks else None
    return Verdict(
        rule=rule.name,
        severity=rule.severity,
        source=rule.source,
        did=finding.did,
        at=finding.at,
        requests=tuple(dict.fromkeys(ask.number for ask in finding.asks)),
        request_id=last.id if last else None,
        account=finding.account,
        session=finding.session,
        turn=finding.turn,
        cost=finding.cost,
        open=finding.open,
    )
