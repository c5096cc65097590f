"""What the routes of renders and downloads should do."""

from __future__ import annotations

from typing import Any

from nemovideo_pytest.darkroom import FILM
from support.machine.acting import Act, No, Told, Waits
from support.machine.audit import hold, same
from support.machine.filming import INVALID, Render
from support.machine.model import World
from support.machine.striking import Words

USUAL = (20.0, 90.0)


def check_export(world: World, act: Act) -> None:
    """An export needs the headers of a skill behind it, and a plan that exports."""
    person, variants = world.caller(act), world.variants
    exhausted = person.kind == "anonymous" and person.available <= 0
    asked = variants.attribution_mode in ("always", "auth") or (
        variants.attribution_mode == "exhausted" and exhausted
    )
    if act.ask.bare and asked:
        raise No(402)
    if person.plan == "free" and variants.free_plan_export == "block":
        raise No(402)


def submit(world: World, act: Act) -> Told:
    """Somebody orders a film."""
    body = act.ask.body
    session = world.session_of(act, body["sessionId"])
    if not isinstance(body["draft"], dict):
        raise No(422)
    used = world.renders.get((session.account, body["id"]))
    if used is not None:
        if world.variants.duplicate_render == "error":
            raise No(409)
        return _status(world, act, used)
    who = {"account": session.account, "session": session.id}
    with act.reaching.moment("render.submitted", **who):
        render = _ordered(world, act, who)
    return _status(world, act, render)


def _ordered(world: World, act: Act, who: dict[str, str]) -> Render:
    body, reaching = act.ask.body, act.reaching
    ready = any(track.get("sg") for track in body["draft"].get("t", ()))
    stillborn = reaching.failing("render.submitted", "before", "after", **who)
    fails = stillborn or _outcome(world, len(world.renders))
    if ready and fails is None:
        fails = reaching.failing("render.completed", "before", **who)
    timing: Words = (world.scenario.get("renders") or {}).get("timing", {})
    polls = timing.get("polls") if ready and not stillborn else None
    ends_at = act.take("render.submitted", **who, render=body["id"]).what["ends_at"]
    if polls:
        same(ends_at, None, "a render that polls decide has no time of its own")
    else:
        least, most = (INVALID, INVALID) if not ready else timing.get("seconds", USUAL)
        least, most = (0, 0) if stillborn else (least, most)
        hold(least <= ends_at - act.now <= most, "a render takes as long as it should", ends_at)
    render = Render(
        id=body["id"],
        account=who["account"],
        session=who["session"],
        submitted_at=act.now,
        ends_at=ends_at,
        ready=ready,
        fails=fails is not None,
        polls=(polls["processing"], polls["completed"]) if polls else None,
        made=not world.slow,
    )
    world.renders[render.account, render.id] = render
    return render


def _outcome(world: World, number: int) -> str | None:
    renders: Words = world.scenario.get("renders") or {}
    outcomes = renders.get("outcomes", ())
    if not outcomes or (number >= len(outcomes) and not renders.get("last_sticks")):
        return None
    outcome = outcomes[min(number, len(outcomes) - 1)]
    return None if outcome == "complete" else str(outcome["fail"])


def named(world: World, act: Act) -> Render:
    """Return the render that the path names."""
    parts = act.ask.path.split("/")
    id_ = parts[-2] if parts[-1] in ("cancel", "download") else parts[-1]
    render = world.renders.get((world.caller(act).uid, id_))
    if render is None:
        raise No(404)
    return render


def poll(world: World, act: Act) -> Told:
    """Somebody looks how a render stands."""
    render = named(world, act)
    looks = render.looks
    render.look()
    if render.looks > looks:
        act.take("render.polled", render=render.id, looks=render.looks)
    return _status(world, act, render)


def cancel(world: World, act: Act) -> Told:
    """Somebody stops a render."""
    render = named(world, act)
    before = render.cancelled_at
    render.cancel(act.now)
    if render.cancelled_at != before:
        act.take("render.cancelled", render=render.id)
    return _status(world, act, render)


def download(world: World, act: Act) -> Told:
    """Somebody fetches a film."""
    render = named(world, act)
    if render.waits(act.now):
        raise Waits(render)
    if render.status(act.now) != "completed":
        raise No(409)
    return Told(code=None, raw=FILM)


def again(world: World, act: Act, render: Render) -> Told:
    """Return what a look that has waited for the file is told in the end."""
    if act.ask.path.endswith("/download"):
        return download(world, act)
    return _status(world, act, render)


def _status(world: World, act: Act, render: Render) -> Told:
    if render.waits(act.now):
        raise Waits(render)
    status = render.status(act.now)
    if status == "completed" and not render.seen:
        who = {"account": render.account, "session": render.session}
        with act.reaching.moment("render.completed", **who):
            render.seen = True
            act.take("render.shown", render=render.id)
    return Told(code=None, check=_stands(status))


def _stands(status: str) -> Any:
    def check(whole: Any) -> None:
        told = whole.get("data", whole)
        same(told["status"], status, "a render stands as time, or polls, have it")
        hold(0 <= told["progress"] <= 100, "progress is in per cent", told)
        hold((told["progress"] == 100) == (status == "completed"), "100 is the end", told)

    return check
