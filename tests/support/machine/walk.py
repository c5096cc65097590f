"""A walk through a fake: requests and acts of steering, and everything that comes of each held to the model.

with Walk(scenario) as walk:
    do(walk, Deed("token", {"client": 0}))
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from itertools import product
from typing import Any, Self

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver import scenario as scenarios
from nemovideo_fakeserver.surfaces.pending import ready_sync
from nemovideo_fakeserver.wire.messages import Pending, Reply
from nemovideo_pytest.darkroom import FILM, Darkroom
from support.machine import hearing, renders
from support.machine.acting import Act, Ask, Told, Waits
from support.machine.audit import hold, same
from support.machine.door import Door, Left
from support.machine.encoder import Encoder
from support.machine.place import Place
from support.machine.readers import Reader, course
from support.machine.reading import View
from support.machine.routes import Route, answer, told_of
from support.machine.striking import SIDES, Armed, Reaching, Words

OTHER = "other"
"""The name of the second world."""


class Walk:
    """A fake that plays a scenario, in its words; `here` is the world in which the next deed is done."""

    def __init__(self, scenario: Words) -> None:
        self.scenario = scenario
        studio = Darkroom()
        self.encoder = Encoder(studio)
        self.fake = Fake(Options(scenario=scenarios.of(scenario)), studio=studio)
        self.door = Door(self.fake)
        self.places = [Place(self.fake, "", scenario)]
        self.here = self.places[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.door.http.close()
        self.fake.close()

    def elsewhere(self) -> None:
        """Go to the other world, which there is from then on."""
        if len(self.places) == 1:
            self.places.append(Place(self.fake, OTHER, self.scenario))
        self.here = self.places[self.here is self.places[0]]

    def ask(self, ask: Ask, route: Route) -> None:
        """Send a request of NemoVideo's API, and hold everything that comes of it to the model."""
        place, now = self.here, self.here.now
        reply = self.door.send(ask, place.prefix)
        number, act = place.act(ask, now)
        try:
            told = told_of(lambda: answer(place.model, act, route))
        except Waits as waits:
            hold(isinstance(reply.body, Pending), "a reply waits for the file of its render", ask)
            assert isinstance(reply.body, Pending)
            act.done()
            self.encoder.wait(place, number, act, waits.render, reply.body)
            return
        self._check(place, number, act, told, reply)

    def _check(self, place: Place, number: int, act: Act, told: Told | None, reply: Reply) -> None:
        act.done()
        hold(number not in place.audit.unanswered, "a request has a reply", act.ask)
        hold(not isinstance(reply.body, Pending), "a reply that need not wait is there", act.ask)
        said, sent = hearing.heard(reply), self.door.last
        sent.lasts = bool(said.steps or said.until or said.cut or said.drips)
        if told is None or told.raw is None or not self._poured(place, act, said):
            hearing.check(said, told, act.reaching, now=act.now, variants=place.model.variants)
        if said.steps is not None and told is not None and told.stream is not None:
            view = View(number, sent.number, iter(said.steps), said.until or act.now)
            goes = course(place.model, told.stream, act.reaching)
            place.readers.open.append(Reader(view, goes, place.audit))

    def _poured(self, place: Place, act: Act, said: hearing.Heard) -> bool:
        """Say whether faults have struck at the bytes of a file, and hold that it came as they left it."""
        render = renders.named(place.model, act)
        who = {"account": render.account, "session": render.session}
        pouring = Reaching(place.model.armed, deque(place.audit.read()), who)
        struck: list[Armed] = []
        for number, side in product((1, 2), SIDES):
            if not any("break" in armed.do for armed in struck):
                struck += pouring.reach(f"download.byte[{number}]", side)
        pouring.done()
        if struck:
            how = next((armed.do["break"] for armed in struck if "break" in armed.do), said.cut)
            same(said.cut, how, "a file breaks where it is to break")
            hold(FILM.startswith(said.body), "a file comes as it is", said.body[:20])
        return bool(struck)

    def leave(self, number: int) -> None:
        """Let one of the readers go away."""
        sent = self.here.readers.leave(number)
        if sent is not None:
            self.door.log.append(Left(sent))

    def talk(self, ask: Ask, route: Route, pieces: int) -> None:
        """Send a message through the in-process door and read so many pieces; time moves meanwhile."""
        place, now = self.here, self.here.now
        response = None
        with suppress(httpx.TransportError):
            response = self.door.stream(ask, place.prefix)
        sent = self.door.last
        sent.lasts = True
        number, act = place.act(ask, now)
        told = told_of(lambda: answer(place.model, act, route))
        act.done()
        hearing.check_http(response, told, act.reaching, variants=place.model.variants)
        if response is not None and number in place.audit.streams:
            stream = told.stream if told is not None else None
            assert stream is not None, "what is streamed was told"
            goes = course(place.model, stream, act.reaching)
            _read(response, pieces)
            goes.accompany(place.audit.read())
            place.audit.over(number)
        self.door.moved(place.prefix, place.now - now)
        self.door.log.append(Left(sent.number))

    def steer(self, method: str, path: str, body: Any = None) -> tuple[int, Any, Act]:
        """Send a request to the control paths; return status and JSON, and what there is to explain."""
        place, now = self.here, self.here.now
        ask = Ask(method, f"/__fake__/{path}", body=body, bare=True)
        said = hearing.heard(ready_sync(self.door.send(ask, place.prefix)))
        facts = place.settled(place.audit.read(), place.model.settle(now))
        assert said.status is not None, "no fault strikes who steers"
        hold(said.status < 500, "steering is answered", ask, said)
        act = Act(ask, now, facts, Reaching(place.model.armed, deque(), {}))
        return said.status, hearing.as_json(said.body), act

    def develop(self) -> None:
        """Let the encoder be done with everything."""
        self.encoder.develop(self.places, self._check)

    def finish(self) -> None:
        """End all that is open, and hold each journal to what can be said of it as a whole."""
        self.develop()
        for place in self.places:
            self.here = place
            while place.readers.open:
                self.leave(0)
            place.check()
            for audit in (place.audit, *place.past):
                audit.final()


def _read(response: httpx.Response, pieces: int) -> None:
    """Read so many pieces of a stream and go away; how it breaks is for the journal to tell."""
    try:
        for _, _piece in zip(range(pieces), response.iter_raw(), strict=False):
            pass
    except httpx.TransportError:
        pass
    finally:
        response.close()
