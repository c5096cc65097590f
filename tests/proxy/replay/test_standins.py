"""A request with a secret in its free text is replayed for the client that says it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy import Recording, Replay
from nemovideo_proxy.matching.standins import alike, fits, marked, pieces
from nemovideo_proxy.redaction import Rules
from nemovideo_proxy.redaction.pseudonyms import pseudonym
from support.proxy_replay import BASE, exchange, guest, recording
from support.proxy_served_replay import served

TOKEN = "nmv_usr_Zq8LrT5wKx2Vb7Nc"
MAIL = "mail me at tom.jones@example.com, please"
NAME = "a video for Ann Other and her cat"
RULES = Rules(secrets=("Ann Other",))

Sends = Callable[[httpx.Client], httpx.Response]


def _record(path: Path, *sends: Sends, rules: Rules = RULES) -> Path:
    """Record what is sent to a service that counts its answers."""
    answers = iter(range(1, 100))

    def answered(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"n": next(answers)})

    with Recording(path, upstream=BASE, rules=rules) as tape:
        transport = tape.transport(httpx.MockTransport(answered))
        with httpx.Client(transport=transport, base_url=BASE, headers=_headers()) as http:
            for send in sends:
                assert send(http).status_code == 200
    return path


def _headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKEN}", "X-Client-Id": "client-of-tom-4711"}


def _chat(text: str) -> Sends:
    said = {"app_name": "nemo", "new_message": {"parts": [{"text": text}]}}
    return lambda http: http.post("/run_sse", json=said)


def _upload(http: httpx.Client) -> httpx.Response:
    files = {"file": ("notes of Ann Other.txt", b"by Ann Other, for you", "text/plain")}
    return http.post("/api/upload", files=files)


SENDS: dict[str, Sends] = {
    "e-mail": _chat(MAIL),
    "name": _chat(NAME),
    "two in a text": _chat(f"{MAIL}; {NAME}; nmv_usr_0123456789abcdef"),
    "query": lambda http: http.get("/api/search", params={"q": f"who is {TOKEN}?"}),
    "path": lambda http: http.get(f"/api/of/{TOKEN}/things"),
    "client": lambda http: http.post("/api/unknown", json={"device": "client-of-tom-4711"}),
    "text": lambda http: http.post("/api/note", content=NAME.encode()),
    "form": lambda http: http.post("/api/note", data={"to": "tom.jones@example.com", "n": "1"}),
    "user number": lambda http: http.post("/api/note", json={"user_id": 471147114711}),
    "upload": _upload,
}


@pytest.mark.parametrize("send", SENDS.values(), ids=SENDS.keys())
def test_who_says_it_again_gets_the_recorded_answer(send: Sends, tmp_path: Path) -> None:
    """In a prompt, a query, a path, an unknown body, a form, a file; the cassette does not have it."""
    path = _record(tmp_path / "session.yaml", send)
    assert not re.search("jones|Other|Zq8L|4711", path.read_text())

    with (
        Replay(path) as replay,
        httpx.Client(transport=replay.transport(), base_url=BASE, headers=_headers()) as http,
    ):
        answer = send(http)

        assert (answer.status_code, answer.json()) == (200, {"n": 1}), answer.text
        replay.assert_all_played()


def test_a_served_replay_does_the_same(tmp_path: Path) -> None:
    """Over a socket, for both an e-mail address and a name of the user's rules."""
    path = _record(tmp_path / "session.yaml", _chat(MAIL), _chat(NAME))
    with served(path, "--speed", "instant", "--require-all") as replay:
        with httpx.Client(base_url=replay.url, headers=_headers()) as http:
            told = [_chat(text)(http).json() for text in (MAIL, NAME)]
        code, account, _ = replay.stop()

    assert told == [{"n": 1}, {"n": 2}]
    assert (code, account["misses"]) == (0, 0)


def test_acts_are_played_in_order_whatever_their_secrets_were(tmp_path: Path) -> None:
    """Two prompts that differ in nothing but the address are one request, asked twice."""
    ann, tom = _chat("write to ann@example.com"), _chat("write to tom.jones@example.com")
    path = _record(tmp_path / "session.yaml", ann, tom)
    with (
        Replay(path) as replay,
        httpx.Client(transport=replay.transport(), base_url=BASE, headers=_headers()) as http,
    ):
        assert [send(http).json()["n"] for send in (ann, tom)] == [1, 2]
        assert "replayed already" in tom(http).json()["miss"]["why"]


def test_the_very_words_go_before_what_stands_for_them() -> None:
    """A recorded text that has no stand-in is played to who says it."""
    talk = recording(
        exchange("POST /run_sse", {"n": 1}, body={"text": "write to token1xxx"}),
        exchange("POST /run_sse", {"n": 2}, body={"text": "write to my friend"}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        assert client.told("POST /run_sse", {"text": "write to my friend"}) == {"n": 2}
        assert client.told("POST /run_sse", {"text": "write to your aunt"}) == {"n": 1}


def test_a_miss_does_not_tell_a_stand_in_as_a_difference(tmp_path: Path) -> None:
    """Only what is not the same otherwise."""
    path = _record(tmp_path / "session.yaml", _chat(MAIL))
    said = {"app_name": "other", "new_message": {"parts": [{"text": MAIL}]}}
    with Replay(path) as replay:
        miss = guest(replay, TOKEN).miss("POST /run_sse", said)

    assert [each["place"] for each in miss["differences"]] == ["body.app_name"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "write to ", "more": "x"},
        {"text": "write to ann", "more": "y"},
        {"text": "Write to ann", "more": "x"},
        {"text": 'write to ann","more":"x"}', "more": "z"},
        {"text": ["write to ann"], "more": "x"},
        {"text": "write to ann", "more": "x", "and": 1},
        "write to ann",
    ],
)
def test_all_else_has_to_be_the_same(body: Any) -> None:
    """A stand-in is any text within its string, and nothing more."""
    talk = recording(
        exchange("POST /run_sse", {"n": 1}, body={"text": "write to token1xxx", "more": "x"})
    )
    with Replay(talk) as replay:
        guest(replay).miss("POST /run_sse", body)


def test_each_interaction_is_read_once_however_many_are_asked_for() -> None:
    """And those of other routes, or without a body, are not read at all."""
    texts = [f"note {n}: write to token{n}xxx about {n}" for n in range(1, 60)]
    talk = recording(
        *(exchange("POST /run_sse", {"n": t}, body={"text": t}) for t in texts),
        exchange("POST /api/other", {}, body={"text": "to token1xxx"}),
        exchange("GET /run_sse", {}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        for text in reversed(texts):
            live = re.sub(r"token\d+xxx", "Ann", text)
            assert client.told("POST /run_sse", {"text": live}) == {"n": text}

    assert max(talk.read.values()) <= 5
    assert not {60, 61} & set(talk.read)


@given(
    texts=st.lists(st.text(alphabet="ab \n.,", max_size=5), min_size=2, max_size=4),
    secrets=st.lists(st.text(alphabet="abcxyz", min_size=5, max_size=9), min_size=3, max_size=3),
)
def test_any_secret_between_any_words_is_said_again(texts: list[str], secrets: list[str]) -> None:
    """By the form of what stands for it alone."""
    recorded, live = texts[0], texts[0]
    for number, (text, secret) in enumerate(zip(texts[1:], secrets, strict=False), 1):
        recorded += f" {pseudonym('token', number, secret + '-hq')} {text}"
        live += f" {secret}-hq {text}"

    assert alike(recorded, live)
    assert not alike(recorded, live + "!")


def test_no_text_takes_long_to_compare() -> None:
    """Many stand-ins, and a long text in which all but the last piece is found."""
    around = pieces("\ufdd0".join(["a"] * 5_000 + ["b"]))
    assert not fits(around, "a" * 200_000 + "c")


@pytest.mark.parametrize(
    "text", ["I wait 1000 ms", "in 10001 steps", "t", "a token", "x1 y2", "e.g. 2.0", ""]
)
def test_plain_words_and_numbers_stand_for_nothing(text: str) -> None:
    """Only what is long enough to have been made here does."""
    assert marked(text) == text
