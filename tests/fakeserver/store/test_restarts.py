from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake, Options, Variants
from nemovideo_fakeserver.clock import LATEST, SLOWEST
from nemovideo_fakeserver.store.keeper import AHEAD
from nemovideo_fakeserver.wire.messages import Head, Pending, Reply
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller
from support.lasting import differences, killed, lasting
from support.stage import client, darkroom
from support.visitor import versatile
from support.wire import content


@contextmanager
def begun(options: Options) -> Iterator[tuple[Fake, httpx.Client]]:
    """Begin a fake without an encoder, and reach it."""
    with Fake(options, agent=versatile, studio=Darkroom()) as fake, client(fake) as http:
        yield fake, http


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Options with a state file."""
    return Options(state=tmp_path / "state.db")


def date(reply: httpx.Response) -> float:
    """Return the time a reply tells."""
    return parsedate_to_datetime(reply.headers["Date"]).timestamp()


# Time


def test_where_time_stands_it_is_exact_after_a_kill(options: Options, tmp_path: Path) -> None:
    """At rate 0 a fake goes on at the very instant."""
    with begun(options) as (fake, http):
        http.post("/__fake__/clock", json={"jump": 1234.5678})
        with killed(fake, tmp_path) as after:
            assert after.clock.now() == EPOCH + 1234.5678


def test_where_time_runs_it_goes_on_a_little_ahead_after_a_kill(
    options: Options, tmp_path: Path
) -> None:
    """It is not behind what any reply has told, and no more ahead than a real second makes."""
    with begun(replace(options, rate=3600.0)) as (fake, http):
        caller = Caller(http).connect()
        told = date(caller.get("/api/credits/balance/simple"))
        latest = fake.clock.now()
        with killed(fake, tmp_path) as after:
            began = after.world().setting.clock._engine.line.virtual
            assert told <= began <= latest + 3600 * AHEAD


def test_where_time_runs_most_acts_write_nothing_for_it(options: Options) -> None:
    """What only looks is not written, until time has come to where it was written."""
    with begun(replace(options, rate=0.001)) as (_, http):
        caller = Caller(http).connect()
        state = options.state
        assert state is not None
        before = Path(f"{state}-wal").read_bytes()
        for _ in range(20):
            caller.balance()

        assert Path(f"{state}-wal").read_bytes() == before


def test_after_a_good_end_time_is_exact(options: Options) -> None:
    """Where time runs, too, it goes on where it ended."""
    with begun(replace(options, rate=3600.0)) as (fake, http):
        Caller(http).connect()
        fake.clock.set_rate(0.0)
        ended = fake.clock.now()

    with begun(replace(options, rate=3600.0)) as (fake, _):
        assert fake.clock.now() == ended


def test_a_rate_that_was_set_by_hand_lasts(options: Options, tmp_path: Path) -> None:
    """Each world keeps its own; others run as the options say, whatever they said before."""
    with begun(options) as (fake, http):
        http.post("/~fast/__fake__/clock", json={"rate": 60})
        http.get("/__fake__/clock")
        with killed(fake, tmp_path) as after:
            assert after.world("fast").setting.clock.rate == 60
            assert after.clock.rate == 0
    with begun(replace(options, rate=5.0)) as (fake, _):
        assert fake.world("fast").setting.clock.rate == 60
        assert fake.clock.rate == 5


def test_a_reply_that_a_fault_holds_back_takes_time_along(options: Options, tmp_path: Path) -> None:
    """Its reader has seen a later time, and a fake that begins after a kill is not behind it."""
    with begun(options) as (fake, http):
        http.post("/__fake__/faults", json={"at": "GET /register", "do": {"delay": 500}})
        told = date(http.get("/register"))
        with killed(fake, tmp_path) as after:
            assert EPOCH + 500 <= told <= after.clock.now()


def test_time_that_is_at_its_end_stays_there(options: Options, tmp_path: Path) -> None:
    """What is written ahead is not beyond the last instant there is."""
    with begun(replace(options, start=LATEST - 1, rate=3600.0)) as (fake, http):
        Caller(http).connect()
        with killed(fake, tmp_path) as after:
            assert after.clock.now() == LATEST


# Renders


def test_a_render_seen_completed_is_completed_after_a_kill(
    options: Options, tmp_path: Path
) -> None:
    """Time running, a film that was there is there again, of the same size and at the same address."""
    with begun(replace(options, rate=3600.0)) as (fake, http):
        caller = Caller(http).connect()
        caller.say("generate 40")
        caller.submit("r1")
        while (seen := caller.get("/api/render/proxy/lambda/r1").json())["status"] != "completed":
            pass
        with killed(fake, tmp_path) as after, client(after) as other:
            again = other.get("/api/render/proxy/lambda/r1", headers=caller.headers).json()
            path = again["output"]["url"].removeprefix("http://127.0.0.1")

            assert again == seen
            assert len(other.get(path).content) == seen["output"]["size"]


def test_what_was_shown_completed_is_waited_for_however_long(
    options: Options, tmp_path: Path
) -> None:
    """Time running, the file of such a render is made again: it is neither processing nor to be cancelled."""
    with begun(options) as (fake, http):
        caller = Caller(http).connect()
        caller.say("generate 40")
        caller.submit("r1")
        fake.clock.jump(90)
        caller.get("/api/render/proxy/lambda/r1")
        with killed(fake, tmp_path) as after:
            darkroom(after).slow = True
            after.clock.set_rate(SLOWEST)
            headers = tuple((name.lower(), value) for name, value in caller.headers.items())
            path = "/api/render/proxy/lambda/r1"
            cancelled = after.admit(Head(method="POST", path=f"{path}/cancel", headers=headers))
            polled = after.admit(Head(method="GET", path=path, headers=headers))
            (job,) = darkroom(after).jobs
            job.set_result(darkroom(after).film({}))

            for reply in (cancelled, polled):
                assert isinstance(reply, Reply)
                assert isinstance(reply.body, Pending)
                assert reply.body.patience is None
                assert b'"completed"' in content(reply.body.resume())


def test_a_film_is_made_again_when_it_is_needed(options: Options, tmp_path: Path) -> None:
    """Not before; from the same order; and then once."""
    with begun(options) as (fake, http):
        caller = Caller(http).connect()
        caller.upload_url("a.mp4")
        caller.say("generate 40")
        caller.submit("r1", output={"resolution": "360p", "format": "gif", "quality": "low"})
        http.post("/__fake__/clock", json={"jump": 1})
        with killed(fake, tmp_path) as after, client(after) as other:
            poll = ("GET", "/api/render/proxy/lambda/r1")
            other.request(*poll, headers=caller.headers)
            assert darkroom(after).orders == []
            other.post("/__fake__/clock", json={"jump": 100})
            for _ in range(2):
                assert other.request(*poll, headers=caller.headers).json()["status"] == "completed"

            assert darkroom(after).orders == darkroom(fake).orders
            assert len(darkroom(after).orders[0].media) == 2
            assert darkroom(after).orders[0].format == "gif"
            assert darkroom(after).orders[0].quality == "low"


def test_a_render_that_was_over_stays_as_it_was(options: Options, tmp_path: Path) -> None:
    """Cancelled, and failed for want of a segment."""
    with begun(options) as (fake, http):
        caller = Caller(http).connect()
        caller.submit("failed")
        caller.say("generate 40")
        caller.submit("cancelled")
        caller.post("/api/render/proxy/lambda/cancelled/cancel")
        http.post("/__fake__/clock", json={"jump": 100})
        paths = [f"/api/render/proxy/lambda/{id_}" for id_ in ("failed", "cancelled")]
        seen = [caller.get(path).json() for path in paths]
        with killed(fake, tmp_path) as after, client(after) as other:
            again = [other.get(path, headers=caller.headers).json() for path in paths]

    assert again == seen
    assert [one["status"] for one in again] == ["failed", "cancelled"]


# What is under way


def test_work_goes_on_after_a_kill(options: Options, tmp_path: Path) -> None:
    """A turn that was accepted comes to its end at its time: draft, media and credits as ever."""
    with begun(options) as (fake, http):
        caller = Caller(http).connect()
        with http.stream(
            "POST", "/run_sse", headers=caller.headers, json=caller.message("generate 40")
        ):
            pass
        with killed(fake, tmp_path) as after:
            for one in (fake, after):
                one.clock.jump(39.5)
                one.world().settle()
            midway = lasting(after.world()), lasting(fake.world())
            for one in (fake, after):
                one.clock.jump(100)
                one.world().settle()

            assert list(differences(*midway)) == []
            assert list(differences(lasting(after.world()), lasting(fake.world()))) == []
            (session,) = after.world().sessions
            assert (len(session.generated), session.account.ledger.total) == (1, 0)


def test_no_request_id_comes_twice(options: Options) -> None:
    """However often a fake begins with the same file; without a file, they are those of the seed."""
    seen = []
    for _ in range(3):
        with begun(options) as (_, http):
            seen += [http.get("/register").headers["X-Request-Id"] for _ in range(3)]
    with begun(Options()) as (_, http):
        first = http.get("/register").headers["X-Request-Id"]

    assert len(set(seen)) == 9
    assert seen[0] == first


def test_ids_go_on_after_those_that_were(options: Options) -> None:
    """Sessions, tokens, claim tokens and faults get the ids they would have had without a restart."""
    made = []
    for end in (False, True):
        state = options.state
        assert state is not None
        chosen = replace(options, state=state.with_name(f"{end}.db"))
        with begun(chosen) as (fake, http):
            caller = Caller(http).connect()
            if end:
                fake.close()
        if end:
            with begun(chosen) as (_, http):
                caller.http = http
                made.append(_more(caller, http))
        else:
            with begun(Options()) as (_, http):
                caller = Caller(http).connect()
                made.append(_more(caller, http))

    assert made[0] == made[1]


def _more(caller: Caller, http: httpx.Client) -> list[object]:
    fault = {"at": "GET /nowhere", "do": {"status": 503}}
    return [
        caller.post("/api/tokens", {"name": "n", "scopes": ["read"]}).json()["data"]["id"],
        caller.post(
            "/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session}
        ).json()["data"]["claim_token"],
        caller.open().session,
        http.post("/__fake__/faults", json=fault).json()["faults"][0]["id"],
    ]


def test_ids_of_faults_are_not_given_again(options: Options) -> None:
    """A fault that was taken away before the end has had its number."""
    with begun(options) as (_, http):
        fault = {"at": "GET /nowhere", "do": {"status": 503}}
        http.post("/__fake__/faults", json=fault)
        http.delete("/__fake__/faults")
    with begun(options) as (_, http):
        armed = http.post("/__fake__/faults", json=fault).json()["faults"]

    assert [one["id"] for one in armed] == ["f2"]


def test_limits_last(options: Options) -> None:
    """A client that has had its token gets no second one, until a week has passed."""
    ask = ("POST", "/api/auth/anonymous-token")
    with begun(options) as (_, http):
        http.request(*ask, headers={"X-Client-Id": "me"})
    with begun(options) as (_, http):
        assert http.request(*ask, headers={"X-Client-Id": "me"}).status_code == 429
        http.post("/__fake__/clock", json={"jump": 7 * 86_400})
        assert http.request(*ask, headers={"X-Client-Id": "me"}).status_code == 200


# Worlds and options


def test_all_worlds_last(options: Options) -> None:
    """Each with its own, in the order in which they were made."""
    with begun(options) as (_, http):
        for world in ("zeta", "alpha"):
            Caller(http).get(f"/~{world}/register")
            http.post(f"/~{world}/api/auth/anonymous-token", headers={"X-Client-Id": f"of {world}"})
    with begun(options) as (fake, _):
        clients = {
            name: [account.client for account in fake.world(name).accounts]
            for name in ("zeta", "alpha")
        }

    assert clients == {"zeta": ["of zeta"], "alpha": ["of alpha"]}


def test_a_world_keeps_its_seed_and_its_readings(options: Options) -> None:
    """Other options make other new worlds; but readings that they name are followed everywhere."""
    first = replace(options, seed=7, variants=Variants(sse_dialect="adk"))
    with begun(first) as (fake, http):
        Caller(http).connect()
        path = fake.world().setting.chance.path
    with begun(replace(options, seed=8, variants=Variants(heartbeat_kind="empty"))) as (fake, _):
        old, new = fake.world().setting, fake.world("new").setting

    assert old.chance.path == path
    assert old.variants == Variants(sse_dialect="adk", heartbeat_kind="empty")
    assert (new.chance.seed, new.variants) == ("8", Variants(heartbeat_kind="empty"))


def test_a_reset_lasts(options: Options, tmp_path: Path) -> None:
    """After a reset and a kill nothing is there of what was before, and what came after is."""
    with begun(options) as (fake, http):
        Caller(http).connect("before")
        http.post("/__fake__/clock", json={"jump": 50})
        http.post("/__fake__/reset")
        with killed(fake, tmp_path) as after:
            assert (list(after.world().accounts), after.clock.now()) == ([], EPOCH + 50)
        Caller(http).connect("later")
        with killed(fake, tmp_path) as after:
            assert [account.client for account in after.world().accounts] == ["later"]


def test_a_reset_of_all_worlds_lasts(options: Options, tmp_path: Path) -> None:
    """Also of those that the request does not go to; and a stream of before writes nothing any more."""
    with begun(options) as (fake, http):
        caller = Caller(http).connect()
        http.post("/~other/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
        with http.stream(
            "POST", "/run_sse", headers=caller.headers, json=caller.message("generate 40")
        ) as stream:
            http.post("/~other/__fake__/reset/all")
            stream.read()
        with killed(fake, tmp_path) as after:
            assert [list(after.world(name).accounts) for name in ("", "other")] == [[], []]
            assert after.clock.now() == fake.clock.now()
