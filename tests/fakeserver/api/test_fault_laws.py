"""Whatever is armed and whatever is asked for: the books balance, and every firing is on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed
from nemovideo_fakeserver.core.faults.moments import MOMENTS, SIDES
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from support.caller import Caller
from support.faulty import kinds_of, rich_caller, staged_fake
from support.media import png
from support.routes import ROUTES
from support.stage import client

PLACES = (*(m.spelling.replace("[n]", "[2]") for m in MOMENTS.values()), *ROUTES)
ACTIONS = (
    *({"break": how} for how in ("reset", "truncated", "half_closed", "stall")),
    *({"status": 503}, {"code": 2001}, {"fail": "it broke"}),
    *({"delay": 3.5}, {"drip": 2}, {"malformed": True}),
)
PNG = png()


def _made(words: dict[str, Any]) -> Fault | None:
    with suppress(FaultUnknown):
        return Fault.of(words)
    return None


faults = st.builds(
    _made,
    st.fixed_dictionaries(
        {
            "at": st.sampled_from(PLACES),
            "do": st.sampled_from(ACTIONS),
            "side": st.sampled_from(SIDES),
            "times": st.sampled_from([1, 2, "always"]),
            "probability": st.sampled_from([0.5, 1.0]),
        }
    ),
).filter(bool)
deeds = st.lists(
    st.sampled_from(["say", "talk", "upload", "order", "poll", "fetch", "token", "wait", "leave"]),
    max_size=12,
)


class Traffic:
    """Somebody who asks for this and that, and is put off by nothing."""

    def __init__(self, fake: Fake, http: httpx.Client) -> None:
        self.fake = fake
        self.http = http
        self.caller = rich_caller(fake, http)
        self.orders = 0

    def do(self, deed: str) -> None:
        """Ask for one thing, and bear what comes of it."""
        with suppress(httpx.TransportError):
            getattr(self, f"_{deed}")()

    def _say(self) -> None:
        self.caller.post("/run_sse", self.caller.message("a beach at dawn"))

    def _talk(self) -> None:
        self.caller.post("/run_sse", self.caller.message("just talk"))

    def _leave(self) -> None:
        message = self.caller.message("a beach at dawn")
        headers = self.caller.headers
        with self.http.stream("POST", "/run_sse", headers=headers, json=message) as response:
            next(response.iter_raw(), None)

    def _upload(self) -> None:
        self.caller.upload("a.png", PNG)

    def _order(self) -> None:
        self.orders += 1
        draft = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}], "d": 1000}
        order = {"id": f"r{self.orders}", "sessionId": self.caller.session, "draft": draft}
        self.caller.post("/api/render/proxy/lambda", order)

    def _poll(self) -> None:
        self.caller.get(f"/api/render/proxy/lambda/r{self.orders}")

    def _fetch(self) -> None:
        self.caller.get(f"/api/render/proxy/r{self.orders}/download")

    def _token(self) -> None:
        self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": f"c{self.orders}"})

    def _wait(self) -> None:
        self.fake.clock.jump(40)


@settings(max_examples=60)
@given(armed=st.lists(faults, max_size=8), asked=deeds)
def test_whatever_goes_wrong_the_books_balance(armed: list[Fault], asked: list[str]) -> None:
    """Nothing is spent but by work that was done, nothing stays frozen, and journal, report and replies agree."""
    with staged_fake() as fake, client(fake) as http:
        traffic = Traffic(fake, http)
        place = fake.world()
        here = [place.faults.arm(fault, now=fake.clock.now()) for fault in armed]

        for deed in asked:
            traffic.do(deed)
        fake.clock.jump(100_000)

        books(fake)
        records(fake, here)
        stays(fake, traffic.caller)


def books(fake: Fake) -> None:
    """See that every credit is accounted for."""
    ended = list(kinds_of(fake, "turn.ended"))
    accepted = list(kinds_of(fake, "turn.accepted"))
    assert [turn["turn"] for turn in accepted] == [e["turn"] for e in sorted(ended, key=_number)]
    for account in fake.world().accounts:
        ledger = account.ledger
        given = sum(e.amount for e in ledger.entries if e.kind == "grant")
        spent = sum(e["spent"] for e in ended if e["account"] == account.uid)
        assert ledger.frozen == 0
        assert ledger.total == ledger.available == given - spent
    for turn, end in zip(accepted, sorted(ended, key=_number), strict=True):
        assert end["spent"] == (0 if turn["failed"] else turn["price"])


def _number(turn: dict[str, Any]) -> int:
    return int(turn["turn"].rpartition("/")[2])


def records(fake: Fake, armed: list[Armed]) -> None:
    """See that what fired is told alike by the report, by the facts, and by the replies it acted on."""
    told: dict[str, list[int | None]] = {}
    for fact in kinds_of(fake, "fault"):
        told.setdefault(fact["fault"], []).append(fact["request"])
    for one in armed:
        assert told.get(one.id, []) == [firing.request for firing in one.firings]
        assert one.fired == len(one.firings) <= one.reached
        assert one.left is None or one.left == one.fault.times - one.fired  # type: ignore[operator]  # a number
    replied = {reply["request"]: reply.get("fault", []) for reply in kinds_of(fake, "reply")}
    assert all(set(ids) <= set(_struck(told, number)) for number, ids in replied.items())
    requests = [fact.number for fact in fake.journal if fact.kind == "request"]
    assert list(replied) == requests
    assert all(number in requests for numbers in told.values() for number in numbers)


def _struck(told: dict[str, list[int | None]], request: int) -> Iterator[str]:
    return (id_ for id_, numbers in told.items() if request in numbers)


def stays(fake: Fake, caller: Caller) -> None:
    """See that once nothing goes wrong any more everything is there that was told to be."""
    fake.faults.clear(now=fake.clock.now())
    stored = list(kinds_of(fake, "upload.stored"))
    ended = [fact["stream"] for fact in kinds_of(fake, "reply") if "stream" in fact]

    assert len(caller.state()["video_infos"]) == len(stored)
    assert ended == [fact["turn"] for fact in kinds_of(fake, "stream.ended")]
    assert caller.balance()["frozen"] == 0
