"""Accounts, their tokens, and who may have one.

Documented: an anonymous token lives 7 days and comes with 100 credits; one per client and 7 days,
ten per address and 7 days; anonymous scopes are read, write and upload; a claim token lives 7 days,
may be used again and opens no API (vendor skill 1.8, 1.9).
Assumed: a client that asks again after expiry gets its account back, filled up to 100 credits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from nemovideo_fakeserver.core.ledger import Entry, Ledger
from nemovideo_fakeserver.core.limits import Window
from nemovideo_fakeserver.core.refusals import RateLimited, ScopeMissing, TokenRefused
from nemovideo_fakeserver.core.setting import Setting

WEEK = 7 * 86_400.0
FREE_CREDITS = 100
ANONYMOUS_SCOPES = ("read", "write", "upload")
SCOPES = ("read", "write", "upload", "render", "*")


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """Whoever pays: `uid` is `anon_` and 16 hex digits for an anonymous account; `client` is its client id."""

    uid: str
    kind: Literal["anonymous", "registered"] = "anonymous"
    client: str | None = None
    ledger: Ledger = field(default_factory=Ledger)
    tokens: list[Token] = field(default_factory=list, repr=False)


@dataclass(slots=True, kw_only=True, eq=False)
class Token:
    """A bearer token: `value` is the secret, `id` its public name.

    `address` is where an anonymous token was asked for; it counts against the limits.
    """

    value: str = field(repr=False)
    id: str
    name: str
    account: Account
    scopes: tuple[str, ...]
    created_at: float
    expires_at: float
    revoked: bool = False
    address: str | None = None

    def require(self, scope: str) -> None:
        """Raise `ScopeMissing` unless this token has `scope`.

        An anonymous account renders with `write`: its documented scopes have no `render`, and yet
        the documents let it export.
        """
        enough = {scope, "*"}
        if scope == "render" and self.account.kind == "anonymous":
            enough.add("write")
        if enough.isdisjoint(self.scopes):
            raise ScopeMissing(
                f"this token's scopes are {', '.join(self.scopes)}; this needs {scope}"
            )


class Accounts:
    """All accounts and tokens of a world."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._by_client: dict[str, Account] = {}
        self._by_uid: dict[str, Account] = {}
        self._tokens: dict[str, Token] = {}
        self._per_client = Window(1, WEEK)
        self._per_address = Window(10, WEEK)

    def anonymous(self, client_id: str, address: str) -> Token:
        """Issue an anonymous token to a client; raises `RateLimited`."""
        now = self._setting.now
        self._check_limits(client_id, address, now)
        account = self._by_client.get(client_id)
        if account is None:
            uid = "anon_" + self._setting.chance.hex(16, "account", client_id)
            account = self._opened(uid, client_id)
        missing = FREE_CREDITS - account.ledger.total
        if missing > 0:
            account.ledger.grant(missing, at=now, reference="anonymous token")
        with self._setting.moment("token.issued", account=account.uid):
            return self._issue(account, "anonymous", ANONYMOUS_SCOPES, WEEK, address)

    def create_token(
        self, caller: Token, name: str, scopes: tuple[str, ...], seconds: float
    ) -> Token:
        """Issue a further token for the caller's account, with no more rights than the caller has."""
        for scope in scopes:
            caller.require(scope)
        return self._issue(caller.account, name, scopes, seconds)

    def known(self, value: str | None) -> Token | None:
        """Return the token with this value, dead or alive."""
        return self._tokens.get(value) if value else None

    def authenticate(self, value: str | None) -> Token:
        """Return the live token with this value; raises `TokenRefused` saying what is wrong with it."""
        if not value:
            raise TokenRefused(
                "missing authentication token: send Authorization: Bearer <NEMO_TOKEN>"
            )
        token = self._tokens.get(value)
        if token is None:
            raise TokenRefused(_not_found(value))
        if token.revoked:
            raise TokenRefused(
                "token has been revoked: ask POST /api/auth/anonymous-token for a new one"
            )
        if token.expires_at <= self._setting.now:
            raise TokenRefused(
                "token has expired: ask POST /api/auth/anonymous-token again with the same X-Client-Id"
            )
        return token

    def forget(self, uid: str) -> Account | None:
        """Drop an account and its tokens; its client may come again at once. None when there is none."""
        account = self.get(uid)
        if account is None:
            return None
        del self._by_uid[uid]
        if account.client is not None:
            del self._by_client[account.client]
            self._per_client.forget(account.client)
        for token in account.tokens:
            del self._tokens[token.value]
            if token.address is not None:
                self._per_address.uncount(token.address, token.created_at)
        return account

    def restore(self, account: Account) -> None:
        """Take in an account that was here before, with its tokens; they count against the limits as they did."""
        account.ledger.note = partial(self._entered, account.uid)
        self._enter(account)
        for token in account.tokens:
            self._take(token)

    def get(self, uid: str) -> Account | None:
        """Return the account with this user id."""
        return self._by_uid.get(uid)

    def __iter__(self) -> Iterator[Account]:
        return iter(tuple(self._by_uid.values()))

    def revoke(self, account: Account, token_id: str) -> Token | None:
        """Revoke one of the account's own tokens for good; None when it has none of that id."""
        for token in account.tokens:
            if token.id == token_id:
                token.revoked = True
                self._setting.note("token.revoked", token=token.id, account=account.uid)
                return token
        return None

    def _opened(self, uid: str, client_id: str) -> Account:
        self._setting.note("account.created", account=uid, kind="anonymous", plan="free")
        account = Account(uid=uid, client=client_id, ledger=Ledger(partial(self._entered, uid)))
        self._enter(account)
        return account

    def _enter(self, account: Account) -> None:
        self._by_uid[account.uid] = account
        if account.client is not None:
            self._by_client[account.client] = account

    def _take(self, token: Token) -> None:
        self._tokens[token.value] = token
        if token.address is not None:
            if token.account.client is not None:
                self._per_client.count(token.account.client, token.created_at)
            self._per_address.count(token.address, token.created_at)

    def _entered(self, uid: str, entry: Entry) -> None:
        self._setting.journal.add(
            entry.at,
            "ledger",
            account=uid,
            entry=entry.kind,
            amount=entry.amount,
            reference=entry.reference,
            available=entry.available,
            frozen=entry.frozen,
        )

    def _check_limits(self, client_id: str, address: str, now: float) -> None:
        waits = {
            "1 token per client": self._per_client.wait(client_id, now),
            "10 tokens per IP address": self._per_address.wait(address, now),
        }
        rule, wait = max(waits.items(), key=lambda told: told[1])
        if wait:
            raise RateLimited(
                f"rate limit: {rule} per 7 days; the next one in {wait} seconds", wait
            )

    def _issue(
        self,
        account: Account,
        name: str,
        scopes: tuple[str, ...],
        seconds: float,
        address: str | None = None,
    ) -> Token:
        now = self._setting.now
        here = self._setting.chance.at(account.uid, "token", len(account.tokens))
        token = Token(
            value="nmv_usr_" + here.base64url("value"),
            id="tok_" + here.hex(12, "id"),
            name=name,
            account=account,
            scopes=scopes,
            created_at=now,
            expires_at=now + seconds,
            address=address,
        )
        self._take(token)
        account.tokens.append(token)
        self._setting.note(
            "token.issued",
            token=token.id,
            account=account.uid,
            scopes=list(scopes),
            expires_at=token.expires_at,
        )
        return token


def _not_found(value: str) -> str:
    if value.startswith("clm_"):
        return (
            "invalid authentication token: a claim token opens a project in a browser, not the API"
        )
    if not value.startswith("nmv_usr_"):
        return "invalid authentication token: a token begins with nmv_usr_"
    return "token not found: ask POST /api/auth/anonymous-token for one"
