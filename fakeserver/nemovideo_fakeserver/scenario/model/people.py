"""Who is there when a world begins: accounts, their tokens and their sessions.

Values of tokens are never given: the fake derives them from its seed, so no scenario holds a secret.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from nemovideo_fakeserver.core.accounts import ANONYMOUS_SCOPES, FREE_CREDITS, WEEK
from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.model.part import Credits, Name, Part, Seconds, says

Scope = Literal["read", "write", "upload", "render", "*"]
ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Token(Part, frozen=True, kw_only=True):
    """A bearer token of an account; its value comes from the seed."""

    name: Annotated[
        Name, says("What the token is called; it must differ from the account's others")
    ]
    age: Annotated[Seconds, says("How long ago it was issued, such as 6d")] = msgspec.field(
        default_factory=Seconds
    )
    lasts: Annotated[
        Seconds, says("How long it lives from its issue; 7d unless told otherwise")
    ] = msgspec.field(default_factory=lambda: Seconds(WEEK))
    scopes: Annotated[
        tuple[Scope, ...] | None,
        says(
            "What it may do; read, write, upload for an anonymous account, * for a registered one"
        ),
    ] = None
    revoked: Annotated[bool, says("Whether it has been revoked")] = False


class Session(Part, frozen=True, kw_only=True):
    """A project that is there already, empty."""

    name: Annotated[Name | None, says("What faults call it by")] = None
    task_name: Annotated[Name, says("The name of its task")] = "project"
    language: Annotated[
        str, says("The language it was opened with, such as en or zh-CN", max_length=35)
    ] = "en"


def _default_tokens() -> tuple[Token, ...]:
    return (Token(name="default"),)


class Account(Part, frozen=True, kw_only=True):
    """Somebody who is there when the world begins."""

    name: Annotated[Name, says("What turns and faults call the account by")]
    kind: Annotated[
        Literal["anonymous", "registered"], says("Whether the account has been registered")
    ] = "anonymous"
    plan: Annotated[
        Literal["free", "paid"], says("The plan; a paid one takes a registered account")
    ] = "free"
    credits: Annotated[Credits, says("Credits available at the start")] = FREE_CREDITS
    client_id: Annotated[
        ClientId | None, says("The X-Client-Id under which an anonymous account comes back")
    ] = None
    tokens: Annotated[
        tuple[Token, ...], says("Its tokens; without this key one fresh token called default")
    ] = msgspec.field(default_factory=_default_tokens)
    sessions: Annotated[tuple[Session, ...], says("Projects it has already")] = ()

    def __post_init__(self) -> None:
        if self.plan == "paid" and self.kind == "anonymous":
            raise Wrong("an anonymous account is on the free plan: make it registered", ("plan",))
        if self.client_id is not None and self.kind == "registered":
            raise Wrong("only an anonymous account has a client_id", ("client_id",))
        seen: set[str] = set()
        for number, token in enumerate(self.tokens):
            if token.name in seen:
                raise Wrong(
                    f"this account has two tokens called {shown(token.name)}",
                    ("tokens", number, "name"),
                )
            seen.add(token.name)

    def scopes(self, token: Token) -> tuple[str, ...]:
        """Return what a token of this account may do."""
        usual = ANONYMOUS_SCOPES if self.kind == "anonymous" else ("*",)
        return usual if token.scopes is None else token.scopes


class Newcomers(Part, frozen=True, kw_only=True):
    """What whoever asks for an anonymous token finds."""

    credits: Annotated[Credits, says("Credits that come with an anonymous token")] = FREE_CREDITS
