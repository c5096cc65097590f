"""URLs on other hosts are reached here, however they are written."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from nemovideo_proxy.model import Interaction, Response
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import BASE, exchange, guest, recording

FILM = "https://cdn.test/film.mp4?Expires=1&Signature=abc"
POLL = "GET /api/state/nemo_agent/me/s-100001/latest"
ORDER = "POST /api/render/proxy/lambda"


def _told(text: str, **more: object) -> Interaction:
    body = text.encode()
    response = Response(
        status=200,
        headers=(("Content-Type", "application/json"), ("Content-Length", str(len(body)))),
        body=body,
    )
    return exchange(POLL, **{"response": response, **more})  # type: ignore[arg-type]


def _fetched(content: str = "film", **more: object) -> Interaction:
    return exchange(f"GET {FILM}", content, token=None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        (json.dumps({"url": FILM}), json.dumps({"url": f"{BASE}/__asset__/2"})),
        (
            json.dumps({"url": FILM}).replace("&", "\\u0026"),
            json.dumps({"url": f"{BASE}/__asset__/2"}),
        ),
        (
            json.dumps({"url": FILM}).replace("/", "\\/"),
            json.dumps({"url": f"{BASE}/__asset__/2"}).replace("/", "\\/"),
        ),
        (
            json.dumps(f"[film]({FILM}), or {FILM}."),
            json.dumps(f"[film]({BASE}/__asset__/2), or {BASE}/__asset__/2."),
        ),
        (
            json.dumps(json.dumps({"url": FILM}).replace("/", "\\/")),
            json.dumps(json.dumps({"url": f"{BASE}/__asset__/2"}).replace("/", "\\/")),
        ),
        (json.dumps("https://cdn.test/other.mp4"), json.dumps("https://cdn.test/other.mp4")),
    ],
)
def test_every_spelling_of_a_recorded_url_becomes_ours(recorded: str, told: str) -> None:
    """Plain, escaped as JSON may, in the midst of text; what was not fetched stays."""
    with Replay(recording(_told(recorded), _fetched())) as replay:
        answer = guest(replay).ask(POLL)

    assert answer.text == told
    assert answer.headers["content-length"] == str(len(told))


def test_what_an_asset_stands_for_can_be_fetched_and_sent_back() -> None:
    """A draft that comes back names the asset as it was recorded."""
    talk = recording(
        _told(json.dumps({"draft": {"src": FILM}})),
        _fetched(),
        exchange(ORDER, {"ok": 1}, body={"id": "render_100001", "draft": {"src": FILM}}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        draft = client.told(POLL)["draft"]

        assert client.told(f"GET {draft['src'].removeprefix(BASE)}") == "film"
        assert client.told(ORDER, {"id": "r", "draft": draft}) == {"ok": 1}
        replay.assert_all_played()


def test_an_asset_in_json_within_json_is_sent_back_as_it_was_recorded() -> None:
    """However its slashes are written there."""
    inner = json.dumps({"src": FILM}).replace("/", "\\/")
    talk = recording(
        _told(json.dumps({"draft": inner})),
        _fetched(),
        exchange(ORDER, {"ok": 1}, body={"id": "r", "draft": inner}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        draft = client.told(POLL)["draft"]

        assert "cdn.test" not in draft
        assert client.told(ORDER, {"id": "r", "draft": draft}) == {"ok": 1}


def test_the_address_of_an_asset_names_its_visitor() -> None:
    """Who comes without any header is known by it."""
    opened = exchange("POST /api/tasks/me/with-session/nemo_agent", {}, body={})
    talk = recording(opened, _told(json.dumps({"url": FILM})), _fetched("one"), _fetched("two"))
    with Replay(talk) as replay:
        urls = []
        for token in ("t1", "t2"):
            client = guest(replay, token)
            client.told("POST /api/tasks/me/with-session/nemo_agent", {})
            urls.append(client.told(POLL)["url"].removeprefix(BASE))
        nobody = guest(replay, token=None)
        told = [nobody.told(f"GET {url}") for url in (urls[0], urls[1], urls[0], urls[1], urls[1])]

    assert urls == ["/__asset__/3", "/__asset__/3~2"]
    assert told == ["one", "one", "two", "two", "two"]


def test_two_spellings_of_a_signed_url_keep_apart() -> None:
    """Each is sent back as it was told."""
    other = FILM.replace("abc", "xyz")
    talk = recording(
        _told(json.dumps([FILM, other])),
        _fetched(),
        exchange(ORDER, {}, body={"id": "r", "draft": {"a": other, "b": FILM}}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        first, second = client.told(POLL)

        assert first != second
        client.told(ORDER, {"id": "r", "draft": {"a": second, "b": first}})
        assert client.told(f"GET {second.removeprefix(BASE)}") == "film"


@pytest.mark.parametrize(
    "written",
    [
        json.dumps({"data": {"cdn_url": FILM}}),
        json.dumps({"data": {"thumbnail_url": FILM}}),
        json.dumps({"output": {"url": FILM}}).replace("/", "\\/"),
        json.dumps({"outputUrl": FILM}).replace("&", "\\u0026"),
        json.dumps({"draft": json.dumps({"src": FILM})}),
    ],
)
def test_a_file_that_nobody_fetched_leads_to_a_miss_and_not_out(written: str) -> None:
    """It has an address here, and goes back as it was recorded."""
    told = json.loads(written)
    talk = recording(_told(written), exchange(ORDER, {"ok": 1}, body={"id": "r", "draft": told}))
    with Replay(talk) as replay:
        client = guest(replay)
        answer = client.ask(POLL)
        found = re.search(rf"{BASE}(/__asset__/0)\b", answer.text.replace("\\", ""))

        assert found
        assert "cdn.test" not in answer.text
        assert answer.headers["content-length"] == str(len(answer.content))
        assert "cdn.test" in client.miss(f"GET {found[1]}")["request"]
        assert client.told(ORDER, {"id": "r", "draft": answer.json()}) == {"ok": 1}


def test_files_that_nobody_fetched_keep_apart() -> None:
    """And so does what is no file: a link in a sentence stays as it is."""
    other = FILM.replace("film", "other")
    told = {"url": FILM, "src": other, "text": f"see {other}", "urls": [{"url": FILM}]}
    talk = recording(
        _told(json.dumps(told)), exchange(ORDER, {"ok": 1}, body={"id": "r", "draft": told})
    )
    with Replay(talk) as replay:
        client = guest(replay)
        seen = client.told(POLL)

        assert seen["url"] == seen["urls"][0]["url"] != seen["src"]
        assert seen["text"] == told["text"]
        assert client.told(ORDER, {"id": "r", "draft": seen}) == {"ok": 1}


def test_a_part_of_an_asset_is_answered_by_the_same_part() -> None:
    """Where that was fetched; else by what was."""
    part = _fetched("part", headers=(("Range", "bytes=0-3"),))
    with Replay(recording(_fetched("whole"), part)) as replay:
        client = guest(replay, token=None)

        assert client.told("GET /__asset__/1", Range="bytes=0-3") == "part"
        assert client.told("GET /__asset__/1") == "whole"
        assert client.told("GET /__asset__/1", Range="bytes=9-") == "part"


def test_an_asset_that_is_none_is_a_miss() -> None:
    """Numbers that were not fetched from another host stand for nothing."""
    with Replay(recording(_told("{}"))) as replay:
        client = guest(replay)
        client.miss("GET /__asset__/1")
        client.miss("GET /__asset__/99")
        client.miss("GET /__asset__/x")


def test_a_redirect_to_an_asset_leads_here() -> None:
    """Its Location is an address like any other."""
    response = Response(status=302, headers=(("Location", FILM),))
    talk = recording(exchange("GET /api/render/proxy/r1/download", response=response), _fetched())
    with Replay(talk) as replay:
        client = httpx.Client(
            transport=replay.transport(), base_url=BASE, headers={"Authorization": "Bearer t"}
        )

        assert client.get("/api/render/proxy/r1/download", follow_redirects=True).json() == "film"


def _redirecting(to: str) -> Interaction:
    response = Response(status=302, headers=(("Location", to), ("Content-Length", "0")))
    return exchange(POLL, response=response)


@pytest.mark.parametrize(
    ("to", "status"),
    [(FILM, 200), ("https://api.test/api/x", 503), ("https://cdn.test/other", 503)],
)
def test_no_redirect_leads_out_of_a_replay(to: str, status: int) -> None:
    """It leads to what was recorded, or to a marked miss; the world outside is not asked."""
    with Replay(recording(_redirecting(to), _fetched())) as replay:
        found = guest(replay).ask(POLL).headers["location"]
        assert found.startswith(f"{BASE}/")
        followed = guest(replay, token=None).ask(f"GET {found.removeprefix(BASE)}")

    assert followed.status_code == status
    assert followed.headers.get("x-nemo-proxy") == (None if status == 200 else "miss")


OWN = "https://api.test/cdn/film.mp4"


def test_a_file_of_the_service_itself_that_was_fetched_by_its_path_is_replayed() -> None:
    """A client in-process follows the service's own URLs; the replay finds what it got, by address or path."""
    fetched = exchange("GET /cdn/film.mp4", "film")
    with Replay(recording(_told(json.dumps({"url": OWN})), fetched)) as replay:
        client = guest(replay)
        address = client.ask(POLL).json()["url"]
        assert address == f"{BASE}/__asset__/2"
        assert client.ask(f"GET {address.removeprefix(BASE)}").json() == "film"
        assert client.ask("GET /cdn/film.mp4").json() == "film"
        replay.assert_all_played()
        assert not replay.misses


def test_the_api_is_no_file() -> None:
    """A URL of it that stands in a sentence stays as it is, though it was asked for."""
    link = "https://api.test/api/credits/balance/simple"
    asked = exchange("GET /api/credits/balance/simple", {"data": 1})
    with Replay(recording(_told(json.dumps(f"see {link}")), asked)) as replay:
        assert guest(replay).ask(POLL).json() == f"see {link}"
