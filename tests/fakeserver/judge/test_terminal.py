from __future__ import annotations

from nemovideo_fakeserver.clock import EPOCH
from support.history import History, Person


def test_a_clean_report_is_two_sentences(history: History, ann: Person) -> None:
    """What was found, and how much was looked at."""
    ann.ask("GET /api/credits/balance/simple")

    first, empty, last = history.report().as_lines()

    assert (first, empty) == ("No errors, no warnings, no hints.", "")
    assert last.startswith("Rules: 0 broken, ")


def test_a_verdict_says_what_when_where_and_what_to_do(
    history: History, ann: Person, session: str
) -> None:
    """One breach, in full."""
    first = ann.send("Add a title", session)
    history.wait(5)
    second = ann.send("Add a title", session)

    lines = history.report().as_lines()

    facts = f"facts {first.request}, {second.request}"
    assert lines[:7] == [
        "1 error, no warnings, no hints; what was done cost 50 credits in vain.",
        "",
        "error: resent-while-working",
        '  Sent "Add a title" again after 5 s, while it was still being worked on.',
        f"    2033-03-03T03:33:38Z, {facts}, req_anon_ann_6, session {session}, 50 credits",
        "  -> Wait for the end of the stream; never send a message again while it is being worked on.",
        "     (7d8899f SKILL 1.9: never re-send, it duplicates and charges twice)",
    ]


def test_times_can_be_told_otherwise(history: History, ann: Person) -> None:
    """As a timeline tells them, that stands beside the report."""
    ann.ask("GET /api/credits/balance/simple", headers={"accept": "*/*"})

    lines = history.report().as_lines(when=lambda at: f"after {at - EPOCH:g} s")

    assert lines[3] == "  Left out X-Skill-Source, X-Skill-Version and X-Skill-Platform."
    assert lines[4].startswith("    after 0 s, fact ")


def test_what_is_worst_comes_first_and_alike_together(
    history: History, ann: Person, session: str
) -> None:
    """Errors, warnings, hints; of each rule as many in full as asked for."""
    for _ in range(5):
        ann.say("export", session, work="text", price=0, headers={"accept": "*/*"})

    lines = history.report().as_lines(each=2)

    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings[1:4] == [
        "error: attribution-missing",
        "warning: export-in-chat",
        "hint: event-stream-not-accepted",
    ]
    assert lines.count("  ... and 3 more") == 3


def test_hints_can_be_left_out(history: History, ann: Person, session: str) -> None:
    """They are counted all the same."""
    ann.say("Louder", session, headers={**ann.headers, "accept": "*/*"})

    lines = history.report().as_lines(hints=False)

    assert lines[0] == "No errors, no warnings, 1 hint."
    assert not any(line.startswith("hint:") for line in lines)


def test_an_open_verdict_and_dropped_facts_are_told(
    history: History, ann: Person, session: str
) -> None:
    """Both say how far the judge has seen."""
    ann.read(ann.send("Add a title", session), "tool_call")

    lines = history.report(dropped=1).as_lines()

    assert any(line.endswith(", so far") for line in lines)
    assert lines[-1] == "The oldest 1 facts are gone: what began in them is not judged."


def test_what_a_client_sent_cannot_steer_the_terminal(
    history: History, ann: Person, session: str
) -> None:
    """Control characters and ends of lines are not passed on, and long texts are cut."""
    nasty = "Louder\x1b[2J\n\u202e" + "x" * 3000
    for _ in range(2):
        ann.send(nasty, session)
    ann.ask("POST /v1/\x1b[31m", status=404, code=None)

    lines = history.report().as_lines()

    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 250
