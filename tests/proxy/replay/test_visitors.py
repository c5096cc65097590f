"""Who a client is, and which values it is given."""

from __future__ import annotations

import asyncio
import threading

import httpx
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.model import Interaction
from nemovideo_proxy.replay.replay import Replay
from nemovideo_proxy.replay.visitors import another
from support.proxy_replay import BASE, Guest, Recording, exchange, guest, recording

ENTER = "POST /api/auth/anonymous-token"
OPEN = "POST /api/tasks/me/with-session/nemo_agent"
SAY = "POST /run_sse"
BALANCE = "GET /api/credits/balance/simple"


def _conversation(name: str) -> list[Interaction]:
    token, session = f"nmv_usr_{name}0000001", f"98470321{ord(name[0])}"
    return [
        exchange(ENTER, {"token": token, "user_id": f"anon_{name}1"}, token=None, client=name),
        exchange(OPEN, {"session_id": session}, token=token, body={"task_name": "project"}),
        exchange(SAY, {"said": name}, token=token, body={"session_id": session, "text": "go"}),
        exchange(BALANCE, {"of": name}, token=token),
    ]


def _talks() -> Recording:
    first, second = _conversation("ann"), _conversation("bob")
    return recording(*(each for pair in zip(first, second, strict=True) for each in pair))


def _enter(replay: Replay, client: str) -> Guest:
    made = guest(replay, token=None, X_Client_Id=client)
    token = made.told(ENTER)["token"]
    return Guest(made.http, {"Authorization": f"Bearer {token}"})


def _talk(client: Guest) -> tuple[str, str]:
    session = client.told(OPEN, {"task_name": "project"})["session_id"]
    said = client.told(SAY, {"session_id": session, "text": "go"})["said"]
    return said, client.told(BALANCE)["of"]


def test_the_first_visitor_gets_the_very_bytes_that_were_recorded() -> None:
    """Nothing is bound otherwise, so nothing is touched."""
    talk = _talks()
    with Replay(talk) as replay:
        answer = guest(replay, token=None, X_Client_Id="somebody else").ask(ENTER)

    response = talk.interaction(talk.entries[0]).response
    assert response is not None
    assert answer.content == response.body


def test_each_visitor_is_given_a_conversation_that_nobody_has_taken() -> None:
    """In order of arrival, whatever their client ids were when they were recorded."""
    with Replay(_talks()) as replay:
        one, two = _enter(replay, "x"), _enter(replay, "y")

        assert _talk(two) == ("bob", "bob")
        assert _talk(one) == ("ann", "ann")
        replay.assert_all_played()


def test_when_all_are_taken_the_first_is_given_again_with_values_of_its_own() -> None:
    """Two clients of one recorded conversation are told apart by token and session."""
    talk = recording(*_conversation("ann"))
    with Replay(talk) as replay:
        one, two = _enter(replay, "x"), _enter(replay, "y")
        tokens = [each.sent["Authorization"] for each in (one, two)]
        sessions = [each.told(OPEN, {"task_name": "project"})["session_id"] for each in (one, two)]
        for client, session in zip((two, one), reversed(sessions), strict=True):
            assert client.told(SAY, {"session_id": session, "text": "go"}) == {"said": "ann"}

    assert len(set(tokens)) == len(set(sessions)) == 2
    assert len({len(each) for each in tokens}) == len({len(each) for each in sessions}) == 1
    assert sessions[1].isdecimal()
    assert tokens[1].startswith("Bearer nmv_usr_")


def test_a_visitor_cannot_use_the_session_of_another() -> None:
    """What was given to one is nobody else's."""
    with Replay(recording(*_conversation("ann"))) as replay:
        one, two = _enter(replay, "x"), _enter(replay, "y")
        session = one.told(OPEN, {"task_name": "project"})["session_id"]
        two.told(OPEN, {"task_name": "project"})

        assert two.miss(SAY, {"session_id": session, "text": "go"})["differences"]


def test_a_client_with_a_token_of_its_own_is_a_visitor_too() -> None:
    """A live token takes the place of the recorded one when it first comes."""
    with Replay(_talks()) as replay:
        one, two = guest(replay, "my_own_1"), guest(replay, "my_own_2")

        assert _talk(one) == ("ann", "ann")
        assert _talk(two) == ("bob", "bob")


def test_clients_that_say_nothing_of_themselves_are_new_each_time_they_ask_for_a_token() -> None:
    """As with the service itself: every such request makes an account."""
    with Replay(_talks()) as replay:
        nobody = guest(replay, token=None)
        tokens = {nobody.told(ENTER)["token"] for _ in range(3)}

    assert len(tokens) == 3


def test_visitors_in_threads_do_not_race() -> None:
    """Each of many threads gets a whole conversation, and none twice."""
    names = [f"{letter}" * 3 for letter in "abcdefgh"]
    talks = [_conversation(name) for name in names]
    heard: list[tuple[str, str]] = []
    with Replay(recording(*(each for step in zip(*talks, strict=True) for each in step))) as replay:

        def run(client: str) -> None:
            heard.append(_talk(_enter(replay, client)))

        threads = [threading.Thread(target=run, args=(f"client {n}",)) for n in range(len(names))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        replay.assert_all_played()
    assert sorted(heard) == [(name, name) for name in names]


def test_visitors_in_tasks_do_not_race() -> None:
    """The same through the asyncio door."""

    async def talk(http: httpx.AsyncClient, client: str) -> str:
        entered = await http.post(ENTER.partition(" ")[2], headers={"X-Client-Id": client})
        sent = {"Authorization": f"Bearer {entered.json()['token']}"}
        opened = await http.post(
            OPEN.partition(" ")[2], json={"task_name": "project"}, headers=sent
        )
        asked = {"session_id": opened.json()["session_id"], "text": "go"}
        return str((await http.post("/run_sse", json=asked, headers=sent)).json()["said"])

    async def all_talk(replay: Replay) -> list[str]:
        transport = replay.async_transport()
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as http:
            return list(await asyncio.gather(*(talk(http, name) for name in "xyz")))

    with Replay(_talks()) as replay:
        heard = asyncio.run(all_talk(replay))

    assert sorted(heard) == ["ann", "ann", "bob"]


@given(st.permutations([0, 0, 0, 0, 1, 1, 1, 1]))
def test_two_visitors_may_interleave_in_any_way(turns: list[int]) -> None:
    """Each hears its own conversation to its end, whoever comes first at each step."""
    with Replay(recording(*_conversation("ann"))) as replay:
        clients = [guest(replay, token=None, X_Client_Id=name) for name in ("x", "y")]
        told: list[list[dict[str, str]]] = [[], []]
        for who in turns:
            client, heard = clients[who], told[who]
            match len(heard):
                case 0:
                    heard.append(client.told(ENTER))
                    clients[who] = Guest(
                        client.http, {"Authorization": f"Bearer {heard[0]['token']}"}
                    )
                case 1:
                    heard.append(client.told(OPEN, {"task_name": "project"}))
                case 2:
                    asked = {"session_id": heard[1]["session_id"], "text": "go"}
                    heard.append(client.told(SAY, asked))
                case _:
                    heard.append(client.told(BALANCE))

        assert [each[2:] for each in told] == [[{"said": "ann"}, {"of": "ann"}]] * 2
        assert not replay.misses


@given(st.text(alphabet="abcdefABCDEF0123456789_-", min_size=6, max_size=40), st.integers(2, 99))
def test_another_value_is_of_the_same_kind(value: str, visitor: int) -> None:
    """The same length, and a digit, a small or a capital letter where there was one."""
    made = another(value, visitor, 1)

    assert len(made) == len(value)
    assert made == another(value, visitor, 1)
    for new, old in zip(made, value, strict=True):
        assert new.isalnum() == old.isalnum()
        assert not old.isupper() or new.isupper()
