"""What every flow knows: how to behave, and on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nemovideo_client.account import Account
from nemovideo_client.options import DETECTED, Options
from nemovideo_client.wire.messages import Request
from nemovideo_client.words import Wording, spoken


@dataclass(frozen=True, slots=True)
class Context:
    """`options` never change; `account` does, and is shared by all clients made from one."""

    options: Options
    account: Account

    def say(self, sentence: Wording[str]) -> str:
        """Return a sentence in the language of this user."""
        return sentence[spoken(self.language)]

    @property
    def language(self) -> str:
        """The language of this user: as told, else as last written, else English."""
        return self.options.language or self.account.language or "en"

    def session_language(self) -> str | None:
        """Return the language that a new session gets, None to leave it out."""
        asked = self.options.session_language
        return self.language if asked == DETECTED else asked

    def with_options(self, **changes: Any) -> Context:
        """Return a context with other options, for the same account."""
        return Context(replace(self.options, **changes), self.account)

    def dress(self, request: Request, *, authorized: bool = True) -> Request:
        """Return a request with attribution (all four skills: on every one), and with the token."""
        token = (("Authorization", f"Bearer {self.account.token}"),) if authorized else ()
        who = self.options.attribution
        attribution = who.headers() if who is not None else ()
        return replace(request, headers=(*token, *attribution, *request.headers))
