"""For every rule somebody who breaks it, before a real fake: what the judge says, and what it cost."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge import RULES
from support.bad_client import playing
from support.misdeeds import DEEDS


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_whoever_breaks_a_rule_is_found_out(rule: str) -> None:
    """By its name and severity, with the request, and the credits that the ledger says it cost."""
    deed = DEEDS[rule]
    with playing(deed.scenario) as bad:
        reply = deed.do(bad)
        report = bad.fake.verdicts()
        facts = bad.fake.journal.facts()

    assert {verdict.rule for verdict in report.verdicts} == {rule, *deed.also}
    [verdict] = [verdict for verdict in report.verdicts if verdict.rule == rule]
    assert verdict.severity == deed.severity
    assert verdict.request_id == reply.headers.get("X-Request-Id")
    assert facts[verdict.requests[-1] - 1].what["path"] == reply.request.url.path
    assert {verdict.account, verdict.session} <= {None, bad.uid, bad.session}
    assert verdict.cost == deed.costs
    assert report.cost == _frozen(facts, verdict.turn)


@pytest.mark.parametrize("asked", [0, 5])
def test_whoever_waits_as_long_as_a_fault_asks_is_not_accused(asked: int) -> None:
    """A 429 that was made up has its Retry-After, too, which may be less than the documented 30 s."""
    limit = {"at": "token.issued", "do": {"status": 429, "retry_after": asked}}
    with playing({"faults": [limit]}) as bad:
        refused = bad.arrive()
        bad.wait(asked)
        bad.arrive()

        assert refused.headers["Retry-After"] == f"{asked}"
        assert bad.fake.verdicts().verdicts == ()


def test_every_deed_is_for_a_rule() -> None:
    """And none is left over from a rule that is gone."""
    assert DEEDS.keys() == {rule.name for rule in RULES}


def _frozen(facts: tuple[Fact, ...], turn: str | None) -> int:
    """Return the credits that the ledger froze for a turn."""
    entries = (fact.what for fact in facts if fact.kind == "ledger")
    return sum(e["amount"] for e in entries if (e["entry"], e["reference"]) == ("freeze", turn))
