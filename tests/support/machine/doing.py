"""What clients do: one request of NemoVideo's API for each deed, or something that only a reader does."""

from __future__ import annotations

from typing import Any

from support.machine import projects, renders, tokens
from support.machine.acting import Act, Ask, Told
from support.machine.deeds import picked
from support.machine.model import Session, World
from support.machine.routes import Route
from support.machine.walk import Walk

NOBODY = "nmv_usr_" + "x" * 43
NOWHERE = "1" * 19
DRAFT = {"t": [{"tt": 0, "sg": [{"id": "mine", "s": 0, "d": 1000}]}], "d": 1000}
"""A draft that somebody made up."""

CLIENTS = ("client-0", "client-1", "client-2", "client-3", None)


def _wrong_method(_world: World, _act: Act) -> Told:
    return Told(status=405, code=405)


def _nothing(_world: World, _act: Act) -> Told:
    return Told(status=404, code=None)


STRAYS = (
    (Ask("GET", "/v1/run"), Route(_nothing)),
    (Ask("DELETE", "/run_sse"), Route(_wrong_method)),
)
ROUTES: dict[str, Route] = {
    "token": Route(tokens.anonymous),
    "session": Route(projects.create, "write"),
    "claim": Route(
        projects.claim, "write", offered=lambda world: world.variants.claim_link == "ct"
    ),
    "say": Route(projects.say, "write"),
    "upload": Route(projects.upload, "upload", projects.check_upload),
    "state": Route(projects.state, "read"),
    "balance": Route(tokens.balance, "read"),
    "create_token": Route(tokens.create, "write"),
    "revoke_token": Route(tokens.revoke, "write"),
    "render": Route(renders.submit, "render", renders.check_export),
    "poll": Route(renders.poll, "read"),
    "cancel": Route(renders.cancel, "render"),
    "download": Route(renders.download, "read"),
}


OWN = 5
"""Of so many numbers in eight each means a living token of the right account; the others mean a wrong one."""


def _bearer(walk: Walk, number: int, owner: str | None = None) -> str:
    """Return a token: of `owner`, if there is one, and living; else a dead one, another's, or none at all."""
    world, now = walk.here.model, walk.here.now
    living = [t for t in world.tokens if t.state(now) == "living"]
    own = [t for t in living if owner in (None, t.account)]
    dead = [t for t in world.tokens if t not in living]
    others = [t for t in living if t not in own]
    kind = number % 8
    found = own if kind < OWN else (dead, others, [])[kind - OWN]
    if found:
        return found[kind % len(found)].value
    return world.claims[-1] if world.claims else NOBODY


def _session(world: World, number: int) -> Session:
    """Return one of the sessions there are, or one that there is not."""
    return picked(list(world.sessions.values()), number) or Session(NOWHERE, "task_x", "nobody")


def _film(walk: Walk, number: int) -> tuple[str, str | None]:
    """Return the id of a render, and whose it is; the last number means one that there is not."""
    found = picked(list(walk.here.model.renders.values()), number)
    return (found.id, found.account) if found is not None else ("render_x", None)


def token(walk: Walk, client: int) -> None:
    """A client asks for a token."""
    ask = Ask("POST", "/api/auth/anonymous-token", client=CLIENTS[client % len(CLIENTS)])
    walk.ask(ask, ROUTES["token"])


def session(walk: Walk, token: int) -> None:
    """Somebody opens a session."""
    path = "/api/tasks/me/with-session/nemo_agent"
    body = {"task_name": "project", "language": "en"}
    walk.ask(Ask("POST", path, _bearer(walk, token), body=body), ROUTES["session"])


def claim(walk: Walk, token: int, session: int, task: int) -> None:
    """Somebody wants a link to a session; with an odd task it is that of another."""
    world = walk.here.model
    found, other = _session(world, session), _session(world, session + task % 2)
    body = {"task_id": other.task, "session_id": found.id}
    bearer = _bearer(walk, token, found.account)
    walk.ask(Ask("POST", "/api/auth/claim-token", bearer, body=body), ROUTES["claim"])


def _message(walk: Walk, token: int, session: int, message: str) -> Ask:
    found = _session(walk.here.model, session)
    body = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": found.id,
        "new_message": {"parts": [{"text": message}]},
    }
    return Ask("POST", "/run_sse", _bearer(walk, token, found.account), body=body)


def say(walk: Walk, token: int, session: int, message: str) -> None:
    """Somebody sends a message and begins to read."""
    walk.ask(_message(walk, token, session, message), ROUTES["say"])


def shout(walk: Walk, session: int, message: str) -> None:
    """Somebody sends a message and goes away before a word of the answer."""
    before = len(walk.here.readers.open)
    say(walk, 0, session, message)
    if len(walk.here.readers.open) > before:
        walk.leave(-1)


def talk(walk: Walk, session: int, message: str, pieces: int) -> None:
    """Somebody talks through the in-process door, and reads so many pieces of the answer."""
    walk.talk(_message(walk, 0, session, message), ROUTES["say"], pieces)


def leave(walk: Walk, reader: int) -> None:
    """Somebody who reads a stream goes away."""
    walk.leave(reader)


def upload(walk: Walk, token: int, session: int, files: list[str]) -> None:
    """Somebody uploads files, or names URLs."""
    found = _session(walk.here.model, session)
    path = f"/api/upload-video/nemo_agent/me/{found.id}"
    bearer = _bearer(walk, token, found.account)
    if files[0].startswith("https:"):
        body = {"urls": files, "source_type": "url"}
        walk.ask(Ask("POST", path, bearer, body=body), ROUTES["upload"])
    else:
        walk.ask(Ask("POST", path, bearer, files=tuple(files)), ROUTES["upload"])


def state(walk: Walk, token: int, session: int) -> None:
    """Somebody looks at a session."""
    found = _session(walk.here.model, session)
    path = f"/api/state/nemo_agent/me/{found.id}/latest"
    walk.ask(Ask("GET", path, _bearer(walk, token, found.account)), ROUTES["state"])


def balance(walk: Walk, token: int) -> None:
    """Somebody asks what they have."""
    bearer = _bearer(walk, token)
    walk.ask(Ask("GET", "/api/credits/balance/simple", bearer), ROUTES["balance"])


def create_token(walk: Walk, token: int, scopes: list[str], days: int) -> None:
    """Somebody makes a further token."""
    body = {"name": "more", "scopes": scopes, "expires_in_days": days}
    ask = Ask("POST", "/api/tokens", _bearer(walk, token), body=body)
    walk.ask(ask, ROUTES["create_token"])


def revoke_token(walk: Walk, token: int, which: int) -> None:
    """Somebody revokes a token."""
    world = walk.here.model
    found = picked(world.tokens, which)
    path = f"/api/tokens/{found.id if found else 'tok_000000000000'}/revoke"
    bearer = _bearer(walk, token, found.account if found else None)
    walk.ask(Ask("POST", path, bearer), ROUTES["revoke_token"])


def render(walk: Walk, token: int, session: int, film: int) -> None:
    """Somebody orders a film: under one of four ids; of the draft, of none, badly, or without headers."""
    found = _session(walk.here.model, session)
    seen = next((s for s in walk.here.real.sessions if s.id == found.id), None)
    drafts: tuple[Any, ...] = (seen.draft if seen else {}, DRAFT, {}, [], DRAFT)
    kind = film // 4 % len(drafts)
    body = {"id": f"render_{film % 4}", "sessionId": found.id, "draft": drafts[kind]}
    bearer = _bearer(walk, token, found.account)
    ask = Ask("POST", "/api/render/proxy/lambda", bearer, body=body, bare=kind == 4)
    walk.ask(ask, ROUTES["render"])


def poll(walk: Walk, token: int, film: int) -> None:
    """Somebody looks how a render stands."""
    id_, owner = _film(walk, film)
    ask = Ask("GET", f"/api/render/proxy/lambda/{id_}", _bearer(walk, token, owner))
    walk.ask(ask, ROUTES["poll"])


def cancel(walk: Walk, token: int, film: int) -> None:
    """Somebody stops a render."""
    id_, owner = _film(walk, film)
    ask = Ask("POST", f"/api/render/proxy/lambda/{id_}/cancel", _bearer(walk, token, owner))
    walk.ask(ask, ROUTES["cancel"])


def download(walk: Walk, token: int, film: int) -> None:
    """Somebody fetches a film."""
    id_, owner = _film(walk, film)
    ask = Ask("GET", f"/api/render/proxy/{id_}/download", _bearer(walk, token, owner))
    walk.ask(ask, ROUTES["download"])


def stray(walk: Walk, kind: int) -> None:
    """Somebody asks for what there is not."""
    walk.ask(*STRAYS[kind % len(STRAYS)])
