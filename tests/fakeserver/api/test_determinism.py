"""Same seed, same requests at the same times: the same replies, byte for byte, whoever else is about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.wire.messages import Brain, Head
from support.stage import scripted_fake
from support.wire import Whole, exchange

PHASE_SECONDS = 50.0


class Client:
    """Goes through a whole workflow, one request at each `next`, in phases that end with None."""

    def __init__(self, brain: Brain, name: str) -> None:
        self._brain = brain
        self._headers = {"x-client-id": name, "x-skill-source": "a", "x-skill-version": "1", "x-skill-platform": "x"}  # fmt: skip
        self.heard: list[Whole] = []
        self.way = self._workflow()

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        raw = b"" if body is None else json.dumps(body).encode()
        head = Head(method=method, path=path, headers=tuple(self._headers.items()))
        self.heard.append(exchange(self._brain, head, raw))
        said = self.heard[-1].body
        return json.loads(said) if said.startswith(b"{") else None

    def _workflow(self) -> Iterator[str | None]:
        token = self._ask("POST", "/api/auth/anonymous-token")["data"]["token"]
        self._headers["authorization"] = f"Bearer {token}"
        yield "token"
        project = {"task_name": "project", "language": "en"}
        session = self._ask("POST", "/api/tasks/me/with-session/nemo_agent", project)["data"]
        ids = {"task_id": session["task_id"], "session_id": session["session_id"]}
        yield "session"
        upload = f"/api/upload-video/nemo_agent/me/{ids['session_id']}"
        self._ask("POST", upload, {"urls": ["https://x.test/a.mp4", "https://x.test/b.png"]})
        yield "upload"
        self._ask("POST", "/api/auth/claim-token", ids)
        yield "claim"
        say = {"session_id": ids["session_id"], "new_message": {"parts": [{"text": "edit 20"}]}}
        self._ask("POST", "/run_sse", say)
        yield "edit"
        self._ask("GET", "/api/credits/balance/simple")
        yield None
        path = f"/api/state/nemo_agent/me/{ids['session_id']}/latest"
        state = self._ask("GET", path)["data"]["state"]
        yield "state"
        order = {"id": "r1", "sessionId": ids["session_id"], "draft": state["draft"]}
        self._ask("POST", "/api/render/proxy/lambda", order)
        yield "render"
        self._ask("POST", "/api/tokens", {"name": "another"})
        yield "another token"
        self._ask("POST", "/api/auth/claim-token", ids)
        yield None
        self._ask("GET", "/api/render/proxy/lambda/r1")
        yield "poll"
        self._ask("POST", "/run_sse", say)
        yield "free edit"
        self._ask("GET", "/api/tokens")
        yield None
        self._ask("GET", "/api/render/proxy/lambda/r1")
        self._ask("GET", "/api/render/proxy/r1/download")
        self._ask("GET", "/nowhere")


def run(options: Options, order: Sequence[int]) -> list[list[Whole]]:
    """Let two clients go, whose requests take turns by `order`; return what each heard."""
    with scripted_fake(options) as fake:
        clients = [Client(fake, "ann"), Client(fake, "bob")]
        turns = [*order]
        while any(_phase(clients, turns)):
            fake.clock.jump(PHASE_SECONDS)
        return [client.heard for client in clients]


def _phase(clients: Sequence[Client], turns: list[int]) -> list[bool]:
    """Let both come to the end of their phase; say whether there is another."""
    goes_on: dict[int, bool] = {}
    while len(goes_on) < len(clients):
        waiting = [number for number in range(len(clients)) if number not in goes_on]
        number = turns.pop(0) if turns else waiting[0]
        if number in goes_on:
            number = waiting[0]
        try:
            if next(clients[number].way) is None:
                goes_on[number] = True
        except StopIteration:
            goes_on[number] = False
    return list(goes_on.values())


@pytest.fixture(scope="module", params=["typed", "adk", "flat"])
def options(request: pytest.FixtureRequest) -> Options:
    """The same beginning, in each dialect."""
    return Options(seed=7, variants=Variants(sse_dialect=request.param))


def test_two_fakes_with_one_seed_say_the_same(options: Options) -> None:
    """Every status, header and byte of a whole workflow is the same again."""
    assert run(options, []) == run(options, [])


def test_the_workflow_says_yes_to_everything_but_nowhere(options: Options) -> None:
    """What is compared here is a workflow that succeeds."""
    for heard in run(options, []):
        assert [whole.status for whole in heard] == [200] * (len(heard) - 1) + [404]
        assert not any(whole.body.startswith(b'{"code":1') for whole in heard)


@settings(max_examples=40)
@given(order=st.lists(st.integers(0, 1), max_size=40))
def test_nobodys_replies_depend_on_who_was_served_first(options: Options, order: list[int]) -> None:
    """However two accounts' requests take turns within the same moments, each hears the same."""
    assert run(options, order) == run(options, [])


def test_another_seed_says_something_else() -> None:
    """Ids and durations come from the seed."""
    assert run(Options(seed=1), [])[0][0] != run(Options(seed=2), [])[0][0]


def test_a_worlds_name_is_part_of_its_seed() -> None:
    """Two worlds of one fake do not give out the same ids."""

    def first(fake: Fake, prefix: str) -> bytes:
        head = Head(method="POST", path=f"{prefix}/api/auth/anonymous-token", headers=(("x-client-id", "a"),))  # fmt: skip
        return exchange(fake, head).body

    with scripted_fake() as fake:
        assert len({first(fake, prefix) for prefix in ("", "/~one", "/~two")}) == 3
