from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.judge import RULES, Report, Verdict, judge
from support.conduct import Deed, deeds, live, merged
from support.history import DOWNLOAD, WEEK, History, Person

MUTE = ("tool_call", "tool_result")


def test_nothing_is_judged_of_nothing() -> None:
    """No fact: every rule stands in the report, and none was seen."""
    report = judge([])

    assert report.verdicts == ()
    assert [tally.rule for tally in report.rules] == list(RULES)
    assert report.totals["rules_not_seen"] == len(RULES)


def test_a_skill_that_follows_the_documents_is_not_accused(history: History, ann: Person) -> None:
    """From the token to the film, with a silent edit, a break, a failure and an expiry on the way."""
    session = ann.session()
    ann.upload(session, "notes.txt", code=4001)
    ann.upload(session)
    ann.say("Make a loop", session)
    ann.read(ann.send("Add a title", session, price=0), *MUTE)
    ann.look(session)
    ann.broke("Add an intro", session, lasts=40)
    for wait in (30, 60):
        history.wait(wait)
        ann.look(session)
    ann.refused("Make a film", session, 100)
    for stands in ("failed", "completed"):
        ann.look(session)
        render = ann.submit(session)
        history.wait(30)
        ann.poll(render)
        history.wait(30)
        ann.poll(render, stands)
    ann.ask(DOWNLOAD, render=render, code=None)
    history.wait(WEEK)
    ann.look(session, code=1001)
    ann.arrive()
    ann.look(session)

    report = history.report()

    assert report.verdicts == ()
    assert report.totals["rules_kept"] >= 20


def careless(history: History) -> Report:
    """Judge somebody who sends twice, looks at nothing, and leaves out headers."""
    ann = history.person("ann")
    session = ann.session()
    ann.broke("Add a title", session, lasts=100)
    history.wait(10)
    ann.say("Add a title", session, headers={"accept": "*/*"})
    return history.report()


def test_what_two_rules_find_is_paid_for_once(history: History) -> None:
    """Sent again while it worked, after a break, and without a look: 50 credits in all."""
    report = careless(history)

    assert [v.cost for v in report.verdicts if v.turn] == [50, 50, 50]
    assert (report.cost, report.totals["cost"]) == (50, 50)


def test_verdicts_stand_in_order_of_time_and_by_severity(history: History) -> None:
    """A reader finds them in order, or those of a kind."""
    report = careless(history)

    assert sorted(v.at for v in report.verdicts) == [v.at for v in report.verdicts]
    assert {v.severity for v in report.of("error", "hint")} == {"error", "hint"}
    assert len(report.of("error")) == report.totals["errors"]


def test_a_rule_that_was_broken_is_not_kept(history: History, ann: Person, session: str) -> None:
    """Each rule is broken, kept, or was never seen; the tallies say how often."""
    ann.look(session)
    ann.look(session, headers={"user-agent": "curl"})

    report = history.report()

    tally = next(t for t in report.rules if t.rule.name == "attribution-missing")
    assert (tally.seen, tally.kept, tally.broken) == (3, 2, 1)
    counted = (report.totals[f"rules_{state}"] for state in ("broken", "kept", "not_seen"))
    assert sum(counted) == len(RULES)


def test_a_report_is_ready_for_json(history: History) -> None:
    """Verdicts, rules and totals, with the time in words, too."""
    report = careless(history)

    told = json.loads(json.dumps(report.as_dict()))

    assert told.keys() == {"verdicts", "rules", "totals"}
    first, rule = told["verdicts"][0], told["rules"][0]
    assert first["time"].startswith("2033-03-03T03:3")
    assert first.keys() == {*Verdict.__slots__, "time"}
    assert rule.keys() == {"name", "severity", "source", "says", "seen", "kept", "broken"}
    assert told["totals"] == report.totals


def plain(report: Report, account: str) -> list[tuple[object, ...]]:
    """Return the verdicts on an account, without the numbers of facts."""
    return [
        (v.rule, v.did, v.at, v.session, v.turn, v.cost, v.open, len(v.requests))
        for v in report.verdicts
        if v.account == account
    ]


@given(deeds, deeds, st.lists(st.booleans(), max_size=200))
def test_what_others_do_changes_no_verdict(
    mine: list[Deed], theirs: list[Deed], turns: list[bool]
) -> None:
    """However the facts of two accounts are shuffled, each is judged as if it were alone."""
    ann, bob = live("ann", mine), live("bob", theirs)

    both = judge(merged(ann.facts, bob.facts, turns))

    assert plain(both, "anon_ann") == plain(ann.report(), "anon_ann")
    assert plain(both, "anon_bob") == plain(bob.report(), "anon_bob")


@given(deeds, st.integers(0, 400))
def test_a_verdict_is_never_taken_back(done: list[Deed], cut: int) -> None:
    """What follows changes no verdict but those that said they were open."""
    facts = live("ann", done).facts

    before = judge(facts[: cut % len(facts)])

    assert {v for v in before.verdicts if not v.open} <= set(judge(facts).verdicts)


@given(deeds, st.integers(0, 400))
def test_nobody_is_accused_for_what_has_been_dropped(done: list[Deed], cut: int) -> None:
    """Whoever breaks a rule in what is left of the facts broke it in all of them.

    A message sent again is another one to a judge who has not seen the first; and a change may show
    later, where the session of a render is not known any more.
    """
    facts = live("ann", done).facts
    whole = judge(facts)

    rest = judge(facts[cut % len(facts) :], dropped=cut % len(facts))

    assert breaches(rest) <= breaches(whole)


def breaches(report: Report) -> set[tuple[str, int]]:
    """Return the rules that were broken, and by which requests."""
    same = {"resent-while-working": "sent-while-working"}
    late = ("attribution-changes",)
    return {
        (same.get(v.rule, v.rule), 0 if v.rule in late else v.requests[-1]) for v in report.verdicts
    }


@given(deeds)
def test_judging_twice_says_the_same(done: list[Deed]) -> None:
    """It is a function of the facts."""
    history = live("ann", done)

    assert history.report() == history.report()
