from __future__ import annotations

from functools import reduce
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import Change, Describe, Order, Put, Remove
from nemovideo_fakeserver.core.plan import (
    Beat,
    Call,
    Drop,
    Edit,
    Made,
    Plan,
    Result,
    Say,
    Scene,
    Sign,
    Trouble,
)
from nemovideo_fakeserver.scenario import Script, named, of, parse, ready
from nemovideo_fakeserver.scenario.turns import TROUBLE, plan
from nemovideo_pytest.darkroom import Darkroom
from support.scenarios import RICH
from support.script import script as spelt

CDN = "http://127.0.0.1/cdn"


def uploaded(filename: str) -> Asset:
    """A clip of the user."""
    source = Synthetic(kind="video", seconds=9.0, label=filename, seed=1)
    return Asset(
        kind="video",
        filename=filename,
        url=f"{CDN}/uploads/k/{filename}",
        seconds=9.0,
        width=1280,
        height=720,
        fps=30.0,
        hash="h",
        source=source,
        origin="uploaded",
    )


def scene(**more: Any) -> Scene:
    """A session in which nothing has happened yet."""
    empty: dict[str, Any] = {
        "draft": {},
        "assets": (),
        "generated": (),
        "width": 1921,
        "height": 1080,
        "language": "en",
        "cdn": CDN,
        "number": 1,
        "chance": Chance("0"),
    }
    return Scene(**{**empty, **more})


def played(steps: list[Any], where: Scene | None = None, **turn: Any) -> Plan:
    """The plan of a turn with these steps."""
    scenario = of({"turns": [{"steps": steps, **turn}]})
    return plan(scenario.turns[0], where or scene())


def test_a_step_becomes_a_beat_at_its_time() -> None:
    """Text, calls, results and signs of life come when the scenario says; a step without a time at the one before."""
    made = played(
        [
            {"at": "250ms", "text": "Hi"},
            {"at": "1m", "tool_call": {"name": "t", "args": {"a": 1}}},
            {"tool_result": {"name": "t", "result": {"b": 2}}},
            {"at": "90s", "heartbeat": True},
        ]
    )

    assert made.beats == (
        Beat(0.25, Say("Hi")),
        Beat(60.0, Call("t", {"a": 1})),
        Beat(60.0, Result("t", {"b": 2})),
        Beat(90.0, Sign()),
    )
    assert (made.lasts, made.failed, made.kind, made.price) == (90.0, False, "text", None)


def test_a_draft_step_changes_the_draft_operation_by_operation() -> None:
    """All five operations, in the draft's own words; null takes a key away."""
    made = played(
        [
            {
                "draft": [
                    {"put": {"track": "text", "id": "a", "d": "3s", "m": {"text": "x"}, "extra": {"q": 1}}},
                    {"put": {"track": "audio", "id": "b", "s": 5, "d": 6, "src": "u", "in": 7, "new_track": True}},
                    {"change": {"id": "a", "s": 8, "src": None, "m": {"text": None}, "extra": {"q": None}}},
                    {"remove": "b"},
                    {"order": ["a", "b"]},
                    {"describe": {"title": "T", "width": None, "extra": {"q": 2}}},
                ]
            }
        ]
    )  # fmt: skip

    assert [beat.act for beat in made.beats] == [
        Edit(Put(7, {"id": "a", "s": 0, "d": 3000, "m": {"text": "x"}, "q": 1})),
        Edit(Put(1, {"id": "b", "s": 5, "d": 6, "src": "u", "in": 7}, new_track=True)),
        Edit(Change("a", {"s": 8, "src": None, "m": {"text": None}, "q": None})),
        Edit(Remove("b")),
        Edit(Order(("a", "b"))),
        Edit(Describe({"title": "T", "width": None, "q": 2})),
    ]
    assert made.kind == "edit"


def test_media_come_into_being_and_a_put_can_name_them() -> None:
    """They have a place of their own, the size of the canvas unless told, and usual lengths."""
    made = played(
        [
            {"at": 1, "media": {"kind": "video", "label": "dawn"}},
            {"media": {"kind": "audio", "label": "hum", "seconds": "8s", "notes": {"bpm": 80}}},
            {"media": {"kind": "image", "label": "card", "width": 640, "height": 480}},
            {"draft": [{"put": {"track": "video", "id": "v", "d": 5, "src": "media:dawn"}}]},
        ]
    )

    film, music, card = (b.act.asset for b in made.beats if isinstance(b.act, Made))
    put = made.beats[-1].act
    assert made.kind == "generate"
    assert (film.kind, film.seconds, film.width, film.height, film.fps) == (
        "video",
        5,
        1920,
        1080,
        30,
    )
    assert (music.kind, music.seconds, music.width, music.fps) == ("audio", 8, 0, 0)
    assert (card.kind, card.seconds, card.width, card.fps) == ("image", 0, 640, 0)
    assert isinstance(music.source, Synthetic)
    assert music.source.notes == {"bpm": 80}
    assert [a.filename.rpartition(".")[2] for a in (film, music, card)] == ["mp4", "mp3", "png"]
    assert len({film.url, music.url, card.url}) == 3
    assert film.url == f"{CDN}/generated/{film.filename}"
    assert isinstance(put, Edit)
    assert put.operation == Put(0, {"id": "v", "s": 0, "d": 5, "src": film.url})


def test_media_of_an_earlier_turn_can_be_named() -> None:
    """The latest with that label counts; what was never made is left out."""
    steps = [{"draft": [{"put": {"track": "video", "id": "v", "d": 5, "src": "media:dawn"}}]}]
    first = {"steps": [{"media": {"kind": "video", "label": "dawn"}}]}
    scenario = of({"turns": [first, {"steps": steps}]})
    old, new = (
        plan(scenario.turns[0], scene(chance=Chance(seed))).beats[0].act for seed in ("1", "2")
    )
    assert isinstance(old, Made)
    assert isinstance(new, Made)

    later = plan(scenario.turns[1], scene(generated=(old.asset, new.asset))).beats[0].act
    never = plan(scenario.turns[1], scene()).beats[0].act

    assert later == Edit(Put(0, {"id": "v", "s": 0, "d": 5, "src": new.asset.url}))
    assert never == Edit(Put(0, {"id": "v", "s": 0, "d": 5}))


@pytest.mark.parametrize(
    ("src", "filename"),
    [("upload:1", "a.mp4"), ("upload:2", "b.mp4"), ("upload:b.mp4", "b.mp4")],
)
def test_an_upload_can_be_named_by_number_or_name(src: str, filename: str) -> None:
    """Scripted edits work on whatever the user brought."""
    uploads = (uploaded("a.mp4"), uploaded("b.mp4"))

    made = played([{"draft": [{"change": {"id": "v", "src": src}}]}], scene(assets=uploads))

    assert made.beats[0].act == Edit(Change("v", {"src": f"{CDN}/uploads/k/{filename}"}))


@pytest.mark.parametrize("src", ["upload:3", "upload:0", "upload:c.mp4"])
def test_an_upload_that_never_came_is_left_out(src: str) -> None:
    """A change keeps what was there, and a put shows a card."""
    uploads = (uploaded("a.mp4"),)

    made = played([{"draft": [{"change": {"id": "v", "d": 5, "src": src}}]}], scene(assets=uploads))

    assert made.beats[0].act == Edit(Change("v", {"d": 5}))


def test_silence_keeps_heartbeats_away_and_may_be_the_end() -> None:
    """For so long from its time; a turn is over when its last silence is."""
    made = played([{"at": 5, "silence": "1m"}, {"at": 10, "text": "Hi"}])

    assert made.quiet == ((5.0, 65.0),)
    assert made.lasts == 65.0
    assert played([{"at": 5, "silence": "1m"}, {"at": 10, "end": "ok"}]).lasts == 10.0


@pytest.mark.parametrize(("end", "told"), [("error", TROUBLE), ({"error": "It broke"}, "It broke")])
def test_an_end_in_error_is_reported_and_costs_nothing(end: Any, told: str) -> None:
    """The turn fails at that moment, with a text."""
    made = played([{"at": 3, "end": end}], price=70)

    assert made.beats == (Beat(3.0, Trouble(told)),)
    assert (made.failed, made.lasts, made.price) == (True, 3.0, 70)


@pytest.mark.parametrize(("end", "how"), [("cut", "reset"), ({"cut": "stall"}, "stall")])
def test_a_cut_breaks_the_connection_and_the_work_goes_on(end: Any, how: Any) -> None:
    """What comes after the cut happens all the same."""
    made = played([{"at": 3, "end": end}, {"at": 9, "text": "unheard"}])

    assert made.beats == (Beat(3.0, Drop(how)), Beat(9.0, Say("unheard")))
    assert (made.failed, made.lasts) == (False, 9.0)


def test_the_same_turn_in_the_same_scene_is_the_same_plan() -> None:
    """Ids and urls come from the scene's place in the tree of draws."""
    turn = parse(RICH).turns[0]

    assert plan(turn, scene(), 0) == plan(turn, scene(), 0)
    assert plan(turn, scene(), 0) != plan(turn, scene(chance=Chance("1")), 0)


SCRIPTED = [r.name for r in ready() if named(r.name).turns]


@pytest.mark.parametrize("name", SCRIPTED)
def test_the_turns_of_ready_scenarios_leave_a_draft_to_export(name: str) -> None:
    """Each can be played, twice, and what it puts names media that exist."""
    for turn in named(name).turns:
        made = plan(turn, scene())
        acts = [beat.act for beat in made.beats] * 2
        nothing: drafts.Draft = {}
        draft = reduce(drafts.apply, (a.operation for a in acts if isinstance(a, Edit)), nothing)
        urls = {a.asset.url for a in acts if isinstance(a, Made)}
        assert drafts.ready_for_export(draft)
        assert {s["src"] for s in drafts.segments(draft) if "src" in s} <= urls
        assert all("src" in s for tt in (0, 1) for s in drafts.segments(draft, tt))


def test_a_scripted_turn_is_played_by_the_service() -> None:
    """Through the API: the stream says what is written, the draft shows the generated film, the price is paid."""
    agent = Script(named("demo"), otherwise=spelt)
    with (
        Fake(agent=agent, studio=Darkroom()) as fake,
        httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900) as http,
    ):
        token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"}).json()
        http.headers["Authorization"] = f"Bearer {token['data']['token']}"
        opened = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "x"}).json()
        session = opened["data"]["session_id"]
        told = http.post(
            "/run_sse",
            json={
                "app_name": "nemo_agent",
                "session_id": session,
                "new_message": {"parts": [{"text": "Make the  demo film"}]},
            },
        ).text
        state = http.get(f"/api/state/nemo_agent/me/{session}/latest").json()["data"]["state"]
        credits_ = http.get("/api/credits/balance/simple").json()["data"]["available"]

    film, music = state["generated_media"]
    sources = [track["sg"][0].get("src") for track in state["draft"]["t"]]
    assert "The paper boat" in told
    assert sources == [film["cdn_url"], music["cdn_url"], None]
    assert state["draft"]["d"] == 12_000
    assert credits_ == 0
