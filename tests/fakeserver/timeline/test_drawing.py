"""What a drawing looks like."""

from __future__ import annotations

from textwrap import dedent

import pytest

from nemovideo_fakeserver.timeline import ASCII, draw
from support.facts_of import (
    ACCOUNT,
    CHAT,
    CREDITS,
    DOWNLOAD,
    OPEN,
    POLL,
    SESSION,
    STATE,
    TOKEN,
    Telling,
    a_film,
)

FILM = a_film().facts


def test_a_session_is_drawn() -> None:
    """Two turns, the second silent with a broken stream, an upload and an export, on one page."""
    assert draw(FILM, SESSION) == dedent("""\
        session ses_5f3a · account anon_4e1b
        1:58.5 from 2033-03-03T03:33:33Z
                                                                                 credits       left + frozen
        0:00.0    token     200  anon_4e1b                                       +100 granted            100
                  session   200  ses_5f3a
        0:01.0    upload    200  clip.mp4
        0:02.0  ╭ chat      200  “Trim the clip to five seconds and add a titl…  −50 frozen          50 + 50
        0:03.5  ├ “…” · call · ♥
        0:18.0  ├ draft          + video "clip.mp4" 0-5s  (1 track, 5 s)
        0:20.0  ├ draft          + title "Hello" 0-3s  (2 tracks, 5 s)
        0:20.5  ├ result · “…”
        0:22.0  ╰ end            5 frames                                        −50 spent                50
        0:22.5    state     200
        0:30.5  ╭ chat      200  “把标题改成红色” · silent
        0:42.5  ├ call
                ├ fault          f1 break reset, before turn.heartbeat[1]
                ╳ broken         reset · 1 frame
        0:43.5  ┊ state     200  ×3 in 0:06.0
        0:51.5  ├ draft          ~ title "Hello" red  (2 tracks, 5 s)
        0:52.5  ╰ done           edit
        0:54.5    state     200
        0:55.5    credits   200
        0:57.5    render    200  render_1
        1:27.5    poll      200  ×2 in 0:30.0  processing 60% → completed
        1:58.5    download  200""")


def test_everything_is_drawn_where_nothing_is_named() -> None:
    """With one account and one session, all of it is that session."""
    assert draw(FILM) == draw(FILM, SESSION) == draw(FILM, account=ACCOUNT)


def test_a_narrow_page_puts_credits_behind_the_words() -> None:
    """Without room for columns of credits, there are none; ASCII has other signs for the same."""
    assert draw(FILM[:26], SESSION, 56, signs=ASCII) == dedent("""\
        session ses_5f3a, account anon_4e1b
        0:22.5 from 2033-03-03T03:33:33Z

        0:00.0    token     200  anon_4e1b  +100 granted (100)
                  session   200  ses_5f3a
        0:01.0    upload    200  clip.mp4
        0:02.0  , chat      200  "Trim the clip to five secon...
        0:03.5  | "...", call, beat
        0:18.0  | draft          + video "clip.mp4" 0-5s  (1 ...
        0:20.0  | draft          + title "Hello" 0-3s  (2 tra...
        0:20.5  | result, "..."
        0:22.0  ` end            5 frames  -50 spent (50)
        0:22.5    state     no reply""")


def test_chinese_in_ascii_is_escaped() -> None:
    """The plain drawing has no character that a plain terminal lacks."""
    assert draw(FILM, signs=ASCII).isascii()
    assert r"\u628a\u6807" in draw(FILM, signs=ASCII)


def three_in_parallel() -> Telling:
    """Two sessions of one account and one of another, at the same time."""
    told = Telling().connect()
    one = told.chat("make a dog", work="generate", price=100)
    other = Telling("anon_2", "ses_2")
    other.facts, other.now = told.facts, told.now
    other.connect(500).later(2)
    two = other.chat("hi", work="text", price=0)
    second = Telling("anon_2", "ses_3")
    second.facts, second.now, second.balance = told.facts, other.now, other.balance
    three = second.later(1).chat("trim")
    for seconds, telling, request in ((3, told, one), (1, second, three), (1, other, two)):
        telling.now = second.now
        second.later(seconds)
        telling.stream(request, [(seconds, "text")], how=None)
    other.of_session("stream.ended", request=two.number, turn="ses_2/1", how="end", frames=1)
    return second


def test_several_streams_run_side_by_side() -> None:
    """Each has its line; accounts are letters, sessions their numbers."""
    assert draw(three_in_parallel().facts) == dedent("""\
        0:09.0 from 2033-03-03T03:33:33Z
        A anon_4e1b: 1 ses_5f3a
        B anon_2: 1 ses_2, 2 ses_3
                                                                                 credits       left + frozen
        0:00.0      A   token     200  anon_4e1b                                 +100 granted            100
                    A1  session   200  ses_5f3a
                ╭   A1  chat      200  “make a dog”                              −100 frozen         0 + 100
                │   B   token     200  anon_2                                    +500 granted            500
                │   B1  session   200  ses_2
        0:02.0  │╭  B1  chat      200  “hi”
        0:03.0  ││╭ B2  chat      200  “trim”                                    −50 frozen         450 + 50
        0:06.0  ├││ A1  “…”
        0:08.0  ││├ B2  “…”
        0:09.0  │├│ B1  “…”
                │╰│ B1  end            1 frame""")


def test_a_session_has_what_its_account_did_outside_of_sessions() -> None:
    """Its token and its credits are there; what other sessions did is not."""
    drawn = draw(three_in_parallel().facts, "ses_3")

    assert "“trim”" in drawn
    assert "+500 granted" in drawn
    assert "“hi”" not in drawn
    assert "anon_4e1b" not in drawn


def test_credits_of_another_session_are_not_drawn() -> None:
    """What a turn moves belongs to the session of the turn."""
    told = Telling().connect(500)
    told.chat("one")
    told.end_of_turn()
    other = Telling(session="ses_2")
    other.facts, other.now, other.balance = told.facts, told.now, told.balance
    other.ask(OPEN)
    other.add("session.created", account=ACCOUNT, session="ses_2", task="task_2")
    other.chat("two", price=70)

    drawn = draw(told.facts, "ses_2")

    assert "−70 frozen" in drawn
    assert "50 " not in drawn.replace("500", "").replace("450", "")


def test_requests_of_nobody_are_drawn_where_there_is_one_account() -> None:
    """A download without a token can only be its; among several accounts it could be anyone's."""
    told = three_in_parallel()
    told.ask(DOWNLOAD, account=None, token=None, code=None)

    assert "download" in draw(FILM, SESSION)
    assert "download" not in draw(told.facts, "ses_3")
    assert "download" in draw(told.facts)


def test_a_drawing_begins_with_what_it_is_of() -> None:
    """What concerns everybody is drawn from the account's first fact on."""
    told = Telling()
    told.add("clock", jump=60.0, to=told.now, by="hand")
    told.later(60).connect().later(1).add("clock", rate=60)

    drawn = draw(told.facts, SESSION)

    assert "+1:00.0" not in drawn
    assert "0:01.0  clock          rate 60" in drawn
    assert "+1:00.0" in draw(told.facts)


def test_an_account_has_all_of_its_sessions() -> None:
    """And nothing of any other account."""
    drawn = draw(three_in_parallel().facts, account="anon_2")

    assert "“trim”" in drawn
    assert "“hi”" in drawn
    assert "dog" not in drawn


@pytest.mark.parametrize(
    ("session", "account", "words"),
    [
        ("nope", None, "session nope\nNothing is known of it."),
        (None, "nope", "account nope\nNothing is known of it."),
    ],
)
def test_what_nobody_knows_is_said_to_be_unknown(
    session: str | None, account: str | None, words: str
) -> None:
    """No drawing of somebody else's things."""
    assert draw(three_in_parallel().facts, session, account=account) == words


def test_nothing_is_drawn_as_nothing() -> None:
    """A journal without facts has its sentence."""
    assert draw([]) == "Nothing has happened."


def rows_of(told: Telling) -> list[str]:
    """Return the rows of a drawing, without times and gutters."""
    return [line[8:].strip() for line in draw(told.facts, width=120).splitlines()[3:]]


def test_refusals_are_told_with_their_message() -> None:
    """HTTP status, business code where it is another, what was said, when to come again."""
    told = Telling()
    told.ask(TOKEN, account=None, status=429, code=429, message="One token per client.")
    told.ask("GET /api/v1/x", status=404, code=None)
    request = told.asked(CHAT)
    told.of_session("turn.refused", code=2001, price=50, available=0)
    told.answered(request, code=2001)
    request = told.asked(CHAT)
    told.later(30).answered(request, status=503, code=None, retry_after=5)

    assert rows_of(told) == [
        "token     429  One token per client.",
        "GET /api/v1/x  404",
        "chat      200 2001  costs 50, 0 available",
        "chat      503  answered after 0:30.0 · retry after 5 s",
    ]


def test_what_happens_beside_requests_is_told() -> None:
    """Clock, faults, controls, tokens and accounts have rows; waiting is told by the times alone."""
    told = Telling()
    told.add("clock", jump=604_800.0, to=told.now, by="hand")
    told.add("clock", jump=5.0, to=told.now, by="wait")
    told.add("clock", rate=60)
    told.add(
        "fault", fault="f1", place="upload.stored", side="after", do="status 503", request=None
    )
    told.add("control", did="armed faults", faults=["f1", "f2"], times=3)
    told.ledger("grant", 50, "control")
    told.add("token.expired", token="tok_1", account=ACCOUNT)
    told.add("account.upgraded", account=ACCOUNT, plan="pro", user_id="u_1")
    told.add("something.new", detail=1)

    assert rows_of(told) == [
        "clock          +7d 00:00:00.0",
        "clock          rate 60",
        "fault          f1 status 503, after upload.stored",
        "control        armed faults f1, f2 3",
        f"credits        control{' ' * 73}+50 granted    50",
        "token          tok_1 expired",
        "account        upgraded, pro, u_1",
        'something.new       {"detail": 1}',
    ]


def test_a_failed_turn_gives_its_credits_back() -> None:
    """The row of its end says so, and the balance runs on."""
    told = Telling().connect()
    request = told.chat("make a dog", work="generate", price=100, failed=True)
    told.stream(request, [(15, "heartbeat"), (15, "error")], how=None)
    told.end_of_turn(100, failed=True, work="generate")
    told.of_session("stream.ended", request=request.number, turn=told.turn, how="end", frames=2)

    last = draw(told.facts, width=90).splitlines()[-1]
    assert last.startswith("0:30.0  ╰ failed         2 frames · without a word  ")
    assert last.endswith("  +100 back               100")


def test_a_reader_who_leaves_does_not_end_the_work() -> None:
    """After the stream is left, the line of the work goes on to the last row there is."""
    told = Telling().connect()
    request = told.chat("make a dog", price=0)
    told.later(1).stream(request, [], how="left")
    told.later(1).ask(STATE)
    told.later(1).ask(CREDITS)

    assert draw(told.facts).splitlines()[-3:] == [
        "0:01.0  ╳ left           by the reader · 0 frames",
        "0:02.0  ┊ state     200",
        "0:03.0  ┊ credits   200",
    ]


def test_a_stream_that_ends_before_its_work_is_told_apart() -> None:
    """Two rows, where the two ends are two moments; the credits stand with the work."""
    told = Telling().connect()
    request = told.chat("trim")
    told.stream(request, [(1, "text")])
    told.later(4).end_of_turn()

    end, done = draw(told.facts).splitlines()[-2:]
    assert end == "        ├ end            1 frame"
    assert done.startswith("0:05.0  ╰ done           edit  ")
    assert done.split()[-3:] == ["−50", "spent", "50"]


def test_a_movement_at_another_time_has_its_own_row() -> None:
    """Credits that come back later are not told where the work ended."""
    told = Telling().connect()
    told.chat("trim")
    told.of_session("turn.ended", turn=told.turn, work="edit", spent=0, failed=False)
    told.later(9).ledger("release", 50, told.turn)

    assert draw(told.facts).splitlines()[-1].startswith("0:09.0    credits        ses_5f3a/1  ")


def test_requests_that_did_something_do_not_fold() -> None:
    """Two uploads of one file are two rows."""
    told = Telling().upload("a.mp4").later(1).upload("a.mp4")

    assert draw(told.facts).count("a.mp4") == 2


def test_a_request_that_waits_for_its_answer_does_not_fold() -> None:
    """What came before it and what comes after stay where they were."""
    told = Telling()
    told.ask(CREDITS)
    request = told.asked(CREDITS)
    told.later(30).answered(request)
    told.ask(CREDITS)

    assert rows_of(told) == [
        "credits   200",
        "credits   200  answered after 0:30.0",
        "credits   200",
    ]


def test_a_restless_stream_is_told_by_its_beginning_and_its_end() -> None:
    """Of very many changes in one run, the middle is left out."""
    told = Telling()
    request = told.chat("hi", price=0)
    told.stream(request, [(1, "text"), (1, "heartbeat")] * 20, how=None)

    assert draw(told.facts).splitlines()[-1] == (
        "0:01.0  ├ “…” · ♥ · “…” · ♥ · … 32 more … · “…” · ♥ · “…” · ♥"
    )


def test_more_streams_than_lines_are_drawn_without() -> None:
    """Six at once have a line each; the seventh has its rows."""
    told = Telling()
    for n in range(7):
        told.later(1).chat(f"message {n}", price=0)

    last = draw(told.facts).splitlines()[-1]

    assert last == "0:06.0  ││││││ chat      200  “message 6”"


def test_a_legend_names_eight_accounts() -> None:
    """And says how many there are beyond; beyond Z letters are doubled."""
    told = Telling()
    for n in range(28):
        told.ask(CREDITS, account=f"anon_{n}")
    for n in range(9):
        told.ask(STATE, account="anon_0", session=f"ses_{n}")

    drawn = draw(told.facts).splitlines()

    assert drawn[1].startswith("A anon_0: 1 ses_0, 2 ses_1, ")
    assert drawn[1].endswith(", and 1 more")
    assert drawn[9] == "and 20 accounts more"
    assert drawn[11 + 26].split() == ["AA", "credits", "200"]


def test_the_sessions_of_one_account_are_explained_without_its_name() -> None:
    """It stands in the first line."""
    told = Telling()
    for n in range(2):
        told.ask(STATE, account="anon_0", session=f"ses_{n}")

    drawn = draw(told.facts).splitlines()

    assert (drawn[0], drawn[2]) == ("account anon_0", "sessions: 1 ses_0, 2 ses_1")


def test_an_account_of_a_scenario_is_told_by_its_name() -> None:
    """With what it is, as the scenario has it."""
    told = Telling()
    made = {"account": "user_1", "kind": "registered", "plan": "paid"}
    told.add("account.created", **made, name="studio")

    assert draw(told.facts).endswith("account        created studio, registered, paid")


def a_long_wait() -> Telling:
    """Heartbeats and polls for eleven minutes, then two messages that fill a page."""
    told = Telling().connect()
    request = told.chat("make a dog", work="generate", price=100)
    for n in range(44):
        told.stream(request, [(15, "heartbeat")], how=None)
        if n % 4 == 3:
            told.ask(STATE)
    for n in range(40):
        told.later(1).draft("Put", f'title "{n}"', n)
    return told


def test_heartbeats_and_polls_fold() -> None:
    """However long one waits, it is two rows."""
    drawn = draw(a_long_wait().facts)

    assert "├ ♥×44\n" in drawn
    assert "│ state     200  ×11 in 10:00.0\n" in drawn


def test_jumps_between_polls_fold_as_the_polls_do() -> None:
    """A test that moves the clock by hand before each poll is drawn in two rows."""
    told = Telling()
    for progress in (5, 40, 80, 100):
        told.later(30).add("clock", jump=30.0, to=told.now, by="hand")
        status = "completed" if progress == 100 else "processing"
        shown = {"render": "render_1", "status": status, "progress": progress}
        told.ask(POLL, render="render_1", code=None, shows=shown)

    assert rows_of(told) == [
        "clock          +0:30.0 ×4",
        "poll      200  ×4 in 1:30.0  processing 80% ×3 → completed",
    ]


def test_too_many_rows_are_left_out_in_the_middle() -> None:
    """At most so many rows; what is missing is counted, and the lines of streams pass it."""
    drawn = draw(a_long_wait().facts, most=7).splitlines()[3:]

    assert len(drawn) == 7
    assert drawn[4] == "         │ 39 rows left out: 38 draft changes, 11 requests"
    assert drawn[-1] == '11:40.0  ├ draft          + title "39"  (39 tracks, 5 s)'


def test_facts_that_the_journal_let_go_are_told() -> None:
    """The drawing begins where the journal does, and says so."""
    drawn = draw(FILM[10:]).splitlines()

    assert drawn[-1] == "the journal has let its first 10 facts go"


def test_things_are_drawn_when_they_happened() -> None:
    """A fact that was written late stands at its own time."""
    told = Telling()
    told.later(10).ask(STATE)
    told.later(-5).draft("Put", "title", 1)
    told.later(5).ask(CREDITS)

    assert [row.split()[0] for row in rows_of(told)] == ["draft", "state", "credits"]
