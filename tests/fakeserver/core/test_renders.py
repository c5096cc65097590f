from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.account import Plan as AccountPlan
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import VIDEO, Put
from nemovideo_fakeserver.core.outputs import MEDIA_TYPES, Output
from nemovideo_fakeserver.core.plan import Beat, Edit, Made, Plan
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder
from nemovideo_fakeserver.core.refusals import ExportBlocked, RenderConflict, RenderUnknown
from nemovideo_fakeserver.core.render import Render, view
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.sizes import size
from nemovideo_fakeserver.core.variants import Variants

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

DRAFT: dict[str, Any] = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 4000}]}], "d": 4000}
FILM = Film(path=Path("film.mp4"), seconds=4.0, size=99)


def submit(
    stage: Stage,
    session: Session,
    id_: str = "render_1",
    draft: dict[str, Any] = DRAFT,
    **output: Any,
) -> Render:
    """Order a film."""
    asked = Output(**output)
    return stage.world.renders.submit(session, id_, draft, asked, cdn="http://fake.test/cdn")


# Submitting


def test_a_render_takes_a_documented_time_and_costs_nothing(stage: Stage) -> None:
    """Any id gives 20 to 90 seconds, not always the same, and no entry in the ledger."""
    session = stage.session()
    entries = list(session.account.ledger.entries)

    lasts = [submit(stage, session, f"render_{n}").lasts for n in range(30)]

    assert 20 <= min(lasts) < max(lasts) <= 90
    assert session.account.ledger.entries == entries


def test_the_result_has_an_address_that_finds_the_render(stage: Stage) -> None:
    """The URL lies under the CDN and ends in the id; its key finds the render."""
    render = submit(stage, stage.session())

    head, _, key, name = render.url.rsplit("/", 3)
    assert (head, name) == ("http://fake.test/cdn", "render_1.mp4")
    assert stage.world.renders.by_key(key) is render
    assert stage.world.renders.by_key("0" * 32) is None


@pytest.mark.parametrize(
    "draft", [{}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": "x"}, {"t": [None]}]
)
def test_an_empty_draft_is_taken_and_fails(stage: Stage, draft: dict[str, Any]) -> None:
    """A draft without a segment is pending, then failed as invalid draft; nothing is encoded."""
    render = submit(stage, stage.session(), draft=draft)

    assert view(render, render.submitted_at).status == "pending"
    assert view(render, render.ends_at - 0.001).status == "processing"
    seen = view(render, render.ends_at)
    assert (seen.status, seen.film) == ("failed", None)
    assert seen.error
    assert seen.error.startswith("invalid draft")
    assert stage.studio.orders == []


def test_an_id_is_taken_once(stage: Stage) -> None:
    """The same id again is a conflict, whatever became of the first; nothing more is encoded."""
    session = stage.session()
    other = stage.session(session.account)
    render = submit(stage, session)
    stage.world.renders.cancel(render)

    for where in (session, other):
        with pytest.raises(RenderConflict, match="'render_1' exists already"):
            submit(stage, where)

    assert len(stage.studio.orders) == 1
    assert stage.world.renders.get(session.account, "render_1") is render


def test_a_used_id_may_give_the_render_there_is(new_stage: type[Stage]) -> None:
    """Under the other reading a second order with one id is the first one, whatever it asks for."""
    stage = new_stage(variants=Variants(duplicate_render="existing"))
    session = stage.session()
    render = submit(stage, session)

    assert submit(stage, session, draft={}) is render
    assert submit(stage, stage.session(session.account)) is render
    assert len(stage.studio.orders) == 1
    assert [fact["render"] for fact in stage.noted("render.submitted")] == ["render_1"]


def test_accounts_do_not_share_ids(stage: Stage) -> None:
    """Two accounts may use one id, each finds its own render, and a third finds none."""
    ann, bob, eve = (stage.account(name) for name in ("ann", "bob", "eve"))
    anns, bobs = submit(stage, stage.session(ann)), submit(stage, stage.session(bob))

    assert stage.world.renders.get(ann, "render_1") is anns
    assert stage.world.renders.get(bob, "render_1") is bobs
    assert anns.url != bobs.url
    with pytest.raises(RenderUnknown, match="'render_1' was not submitted by this account"):
        stage.world.renders.get(eve, "render_1")


# Cancelling


def test_cancelling_is_for_good(stage: Stage) -> None:
    """A cancelled render stays cancelled where it stood, and its encoder is called off."""
    render = submit(stage, stage.session())
    stage.later(10.0)
    stage.world.renders.cancel(render)
    stopped = view(render, stage.clock.now())

    for seconds in (5.0, 1_000.0):
        stage.later(seconds)
        stage.world.renders.cancel(render)

    assert stopped.status == "cancelled"
    assert 5 < stopped.progress < 95
    assert view(render, stage.clock.now()) == stopped
    assert stage.studio.jobs[0].cancelled()
    assert len(stage.noted("render.cancelled")) == 1


@pytest.mark.parametrize("late", [0.0, 100.0])
def test_what_is_over_cannot_be_cancelled(stage: Stage, late: float) -> None:
    """From its end on a render stays what it is."""
    render = submit(stage, stage.session())
    stage.studio.jobs[0].set_result(FILM)
    stage.at(render.ends_at + late)

    stage.world.renders.cancel(render)

    assert view(render, stage.clock.now()).status == "completed"
    assert stage.noted("render.cancelled") == []


def test_a_render_that_would_fail_can_be_cancelled(stage: Stage) -> None:
    """An invalid draft that is not over is cancelled like any other."""
    render = submit(stage, stage.session(), draft={})

    stage.world.renders.cancel(render)
    stage.later(100.0)

    assert view(render, stage.clock.now()).status == "cancelled"


# The end


def test_with_a_world_its_renders_end(stage: Stage) -> None:
    """What is made is discarded; and so is what a request orders that is still under way, or made anew."""
    session = stage.session()
    first = submit(stage, session)
    failed = submit(stage, session, "render_2", draft={})

    stage.world.end()
    late = submit(stage, session, "render_3")
    first.job = None
    stage.at(first.ends_at)
    stage.world.renders.look(first)

    assert [job.cancelled() for job in stage.studio.jobs] == [True, True, True]
    assert (failed.job, late.job) == (None, stage.studio.jobs[1])


# What the operator is told


@pytest.mark.parametrize(
    ("problem", "told"),
    [(OSError("disk full"), True), (RenderError("invalid draft: x"), False), (None, False)],
)
def test_a_defect_is_logged_and_nothing_else(
    stage: Stage, caplog: pytest.LogCaptureFixture, problem: Exception | None, told: bool
) -> None:
    """The log has the trace of what clients are not told; a refused or cancelled order is no defect."""
    render = submit(stage, stage.session())
    if problem is None:
        stage.world.renders.cancel(render)
    else:
        stage.studio.jobs[0].set_exception(problem)

    logged = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert logged == ([problem] if told else [])


# Who may export


@pytest.mark.parametrize(
    ("plan", "reading", "blocked"),
    [
        (None, "allow", False),
        (None, "block", True),
        ("free", "block", True),
        ("paid", "block", False),
    ],
)
def test_the_plan_blocks_export_where_the_variant_says_so(
    new_stage: type[Stage], plan: AccountPlan | None, reading: str, blocked: bool
) -> None:
    """Only the free plan is blocked, only under that reading, and the words say it is not about credits."""
    stage = new_stage(variants=Variants().changed("free_plan_export", reading))
    account = stage.account()
    if plan is not None:
        account.register(plan)

    if not blocked:
        stage.world.renders.check_export(account)
        return
    with pytest.raises(ExportBlocked, match="not of credits"):
        stage.world.renders.check_export(account)


# What the studio is asked for


def ordered(stage: Stage, draft: dict[str, Any] = DRAFT, **output: Any) -> RenderOrder:
    """The order that comes of a submission."""
    submit(stage, stage.session(), draft=draft, **output)
    return stage.studio.orders[-1]


@pytest.mark.parametrize(
    ("canvas", "lines", "expected"),
    [
        (None, None, (1920, 1080)),
        ({"width": 1080, "height": 1920}, None, (1080, 1920)),
        ({"width": 1080, "height": 1920}, 720, (720, 1280)),
        (None, 480, (853, 480)),
        ({"width": "wide", "height": 720}, None, (1920, 1080)),
        ({"width": 0, "height": 720}, None, (1920, 1080)),
        ({"width": 1280, "height": -720}, None, (1920, 1080)),
        ({"width": float("nan"), "height": 720}, None, (1920, 1080)),
        ({"width": float("inf"), "height": 720}, None, (1920, 1080)),
        ({"width": True, "height": 720}, None, (1920, 1080)),
        ({"width": 0.5, "height": 0.5}, None, (1920, 1080)),
        ({"width": 1280.0, "height": 720.0}, None, (1280, 720)),
        ({"width": 8, "height": 100_000}, None, (16, 1920)),
        ({"width": 10**9, "height": 10**9}, None, (1080, 1080)),
        ({"width": 10_000, "height": 10_000}, None, (1080, 1080)),
        ({"width": 9 * 10**9, "height": 16 * 10**9}, 720, (720, 1280)),
        ({"width": 1, "height": 1}, None, (16, 16)),
        ({"width": 1, "height": 2}, None, (16, 32)),
        ({"width": 1, "height": 1}, 360, (360, 360)),
        ("no object", None, (1920, 1080)),
        ({"width": 3840, "height": 2160}, None, (1920, 1080)),
        ({"width": 1440, "height": 1920}, None, (1080, 1440)),
        ({"width": 2560, "height": 1080}, 1080, (1920, 810)),
        ({"width": 4096, "height": 16}, 1080, (1920, 16)),
        ({"width": 640, "height": 360}, None, (640, 360)),
    ],
)
def test_the_canvas_is_the_drafts_scaled_to_the_lines_asked_for(
    stage: Stage, canvas: object, lines: int | None, expected: tuple[int, int]
) -> None:
    """Any size is brought within the limits in its shape, nonsense is the session's; lines scale the short side."""
    order = ordered(stage, {**DRAFT, "m": canvas}, **({"lines": lines} if lines else {}))

    assert (order.width, order.height) == expected


@given(st.tuples(*[st.integers(1, 10**12) | st.floats(1, 1e100)] * 2), st.sampled_from([None, 360]))
def test_no_size_is_beyond_the_limits(sides: tuple[float, float], lines: int | None) -> None:
    """Whatever pixels a draft has: at least 16 and at most 1080x1920; within a pixel in shape, unless so long."""
    width, height = size({"m": {"width": sides[0], "height": sides[1]}}, (1920, 1080), lines)

    short, long = sorted((width, height))
    assert 16 <= short <= 1080
    assert long <= 1920
    shape = max(sides) / min(sides)
    assert abs(short - long / shape) <= 1 or (short == 16 and long / shape < 16)
    assert (width - height) * (sides[0] - sides[1]) >= 0


def test_equal_orders_of_a_session_are_equal(stage: Stage) -> None:
    """What is ordered depends on draft, output and session, not on the id: a studio may make it once."""
    session = stage.session()
    other = stage.session(session.account)
    for where, id_ in ((session, "a"), (session, "b"), (other, "c")):
        submit(stage, where, id_)

    first, again, elsewhere = stage.studio.orders
    assert first == again
    assert first.seed != elsewhere.seed


@pytest.mark.parametrize("format_", MEDIA_TYPES)
def test_the_address_ends_in_the_format(stage: Stage, format_: str) -> None:
    """The order says in which format and quality, the address what that makes of the name."""
    render = submit(stage, stage.session(), format=format_, quality="low")

    (order,) = stage.studio.orders
    assert (order.format, order.quality) == (format_, "low")
    assert render.url.endswith(f"/{render.key}/render_1.{format_}")
    assert render.file_name == f"render_1.{format_}"


@pytest.mark.parametrize(("output", "fps"), [({}, 30), ({"fps": 24}, 24)])
def test_the_rate_is_30_unless_asked(stage: Stage, output: dict[str, Any], fps: int) -> None:
    """Frames per second come from the output asked for."""
    assert ordered(stage, **output).fps == fps


def test_the_studio_may_open_the_sessions_media_only(stage: Stage, clip: Asset, cdn: str) -> None:
    """The order carries the client's draft, and uploads and generated media by their URLs."""
    session, other = stage.session(), stage.session(stage.account("bob"))
    [mine] = stage.world.uploads.fetch(session, ["https://a.test/a.mp4"], cdn=cdn)
    stage.world.uploads.fetch(other, ["https://a.test/b.mp4"], cdn=cdn)
    beats = (Beat(1.0, Made(clip)), Beat(2.0, Edit(Put(VIDEO, {"id": "a", "s": 0, "d": 1}))))
    stage.say(session, Plan(kind="generate", beats=beats, lasts=3.0))
    stage.later(3.0)

    submit(stage, session, draft=session.draft)

    [order] = stage.studio.orders
    assert order.draft == session.draft
    assert order.media == {mine.url: mine, clip.url: clip}
