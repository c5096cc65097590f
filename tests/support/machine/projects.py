"""What the routes of sessions, messages, uploads and states should do."""

from __future__ import annotations

from typing import Any

from support.machine import working
from support.machine.acting import Act, No, Told
from support.machine.audit import same
from support.machine.model import Session, World
from support.machine.routes import subset
from support.machine.striking import Words
from support.machine.working import Turn

BROKEN = "broken.mp4"
"""The one file that is no media."""


def create(world: World, act: Act) -> Told:
    """Somebody opens a session."""
    session = world.opened(act.take("session.created", account=world.caller(act).uid))
    return Told(check=subset(session_id=session.id, task_id=session.task))


def claim(world: World, act: Act) -> Told:
    """Somebody wants a link to a session for a browser."""
    body = act.ask.body
    session = world.session_of(act, body["session_id"])
    if session.task != body["task_id"]:
        raise No(1002)
    act.take("claim.issued", session=session.id)

    def check(whole: Any) -> None:
        world.claims.append(whole["data"]["claim_token"])

    return Told(check=check)


def check_upload(world: World, act: Act) -> None:
    """A session must be there before anything is uploaded to it."""
    world.session_of(act, act.ask.path.rpartition("/")[2])


def upload(world: World, act: Act) -> Told:
    """Somebody uploads files, or names URLs."""
    session = world.session_of(act, act.ask.path.rpartition("/")[2])
    names = act.ask.files or tuple(url.rpartition("/")[2] for url in act.ask.body["urls"])
    if BROKEN in names or any(name.endswith(".exe") for name in names):
        raise No(4001)
    who = {"account": session.account, "session": session.id}
    with act.reaching.moment("upload.stored", **who):
        for name in names:
            act.take("upload.stored", session=session.id, filename=name)
        session.uploads += names

    def check(whole: Any) -> None:
        told = [file["filename"] for file in whole["data"]["files"]]
        same(told, list(names), "an upload is acknowledged as it was sent")

    return Told(check=check)


def state(world: World, act: Act) -> Told:
    """Somebody looks at a session."""
    session = world.session_of(act, act.ask.path.split("/")[-2])

    def check(whole: Any) -> None:
        seen = whole["data"]["state"]
        uploads = [file["filename"] for file in seen["video_infos"]]
        same(uploads, session.uploads, "an upload that was acknowledged is in the state for ever")
        same(working.shape(seen["draft"]), session.draft.shape(), "only turns change a draft")
        same(len(seen["generated_media"]), session.media, "generated media are in the state")

    return Told(check=check)


def say(world: World, act: Act) -> Told:
    """Somebody sends a message."""
    body = act.ask.body
    session = world.session_of(act, body["session_id"])
    message = body["new_message"]["parts"][0]["text"]
    cue, words = _cue(world, message)
    turn = _planned(world, session, message, words, act.now)
    if turn.price > world.people[session.account].available:
        act.take("turn.refused", session=session.id, code=2001, price=turn.price)
        raise No(2001)
    with act.reaching.moment("turn.accepted", **turn.who):
        if turn.price:
            with act.reaching.moment("turn.frozen", **turn.who):
                _accept(world, act, session, turn, cue)
        else:
            _accept(world, act, session, turn, cue)
    return Told(code=None, stream=turn.id)


def _cue(world: World, message: str) -> tuple[int, Words]:
    """Return the scripted turn that answers, which one that is given once does not do twice."""
    for number, turn in enumerate(world.scenario["turns"]):
        if turn["when"]["says"] == message and not (turn.get("once") and number in world.played):
            return number, turn
    raise AssertionError(f"no turn of the scenario answers {message!r}")


def _planned(world: World, session: Session, message: str, words: Words, now: float) -> Turn:
    starts_at = max(now, session.busy_until)
    readings = world.variants
    return Turn(
        id=f"{session.id}/{len(session.turns) + 1}",
        number=len(session.turns) + 1,
        account=session.account,
        session=session.id,
        message=message,
        work=working.work(words),
        price=_price(world, session, words),
        accepted_at=now,
        starts_at=starts_at,
        ends_at=starts_at + working.lasts(words),
        failed=working.fails(words),
        passage=working.passage(
            words,
            accepted_at=now,
            starts_at=starts_at,
            interval=readings.heartbeat_interval,
            dialect=readings.sse_dialect,
        ),
    )


def _price(world: World, session: Session, words: Words) -> int:
    if "price" in words:
        return int(words["price"])
    generate, edit, text = [*map(int, str(world.variants.costs).split("/")), 0][:3]
    if working.work(words) == "edit":
        return 0 if session.edit_paid else edit
    return generate if working.work(words) == "generate" else text


def _accept(world: World, act: Act, session: Session, turn: Turn, cue: int) -> None:
    turn = working.struck(turn, act.reaching, world.variants.sse_dialect)
    act.take(
        "turn.accepted",
        turn=turn.id,
        session=turn.session,
        account=turn.account,
        work=turn.work,
        price=turn.price,
        failed=turn.failed,
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
    )
    if turn.price:
        world.people[turn.account].holds[turn.id] = turn.price
        act.take("ledger", entry="freeze", amount=turn.price, reference=turn.id)
    session.turns.append(turn)
    world.turns.append(turn)
    world.played.add(cue)
    act.explain(world.settle(act.now))
