"""Accounts, their tokens, and who may have one.

Documented: an anonymous token lives 7 days and comes with 100 credits; one per client and 7 days,
ten per address and 7 days; anonymous scopes are read, write and upload; a claim token lives 7 days,
may be used again and opens no API (vendor skill 1.8, 1.9). Other versions say otherwise: `variants`.
Assumed: a client that asks again gets its account back, filled up to 100 credits once in 7 days; who
names no client id, where none is needed, gets an account of its own each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from nemovideo_fakeserver.core.account import Account, Kind, Plan, Token
from nemovideo_fakeserver.core.ledger import Entry, Ledger
from nemovideo_fakeserver.core.limits import SecondChance, Window
from nemovideo_fakeserver.core.refusals import RateLimited, TokenRefused
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.units import DAY, in_words

WEEK = 7 * DAY
FREE_CREDITS = 100
SEEDED = ""
"""The address of whoever has a token from the start."""

FREE = "anonymous token"
"""What the ledger calls the free credits."""
AT_START = "from the start"
"""What it calls those that an account is seeded with."""


class Accounts:
    """All accounts and tokens of a world. `free_credits` come with an anonymous token."""

    free_credits = FREE_CREDITS

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._by_client: dict[str, Account] = {}
        self._by_uid: dict[str, Account] = {}
        self._tokens: dict[str, Token] = {}
        self._nameless: dict[str, int] = {}
        self._per_client = Window(setting.variants.client_limit, WEEK)
        self._per_address = Window(setting.variants.ip_limit, setting.variants.ip_window)
        self._second_chance = SecondChance()

    def anonymous(self, client_id: str | None, address: str) -> Token:
        """Issue an anonymous token to a client, None being one that does not say who it is; raises `RateLimited`."""
        now, variants = self._setting.now, self._setting.variants
        self._check_limits(client_id, address, now)
        uid = self._uid(client_id) if client_id else None
        with self._setting.moment("token.issued", account=uid):
            account = self._of_client(client_id) if client_id else self._of_nobody(address)
            self._fill_up(account, now)
            return self._issue(
                account, "anonymous", variants.anon_scopes, variants.token_ttl, address=address
            )

    def seed(
        self, name: str, *, kind: Kind, plan: Plan, credits_: int, client_id: str | None
    ) -> Account:
        """Open an account that is there from the start; its uid follows from its name."""
        account = self._opened(
            self.seeded(name, kind), client_id, kind=kind, plan=plan, called=name
        )
        account.ledger.grant(credits_, at=self._setting.now, reference=AT_START)
        return account

    def seeded(self, name: str, kind: Kind) -> str:
        """Return the uid of the account of this name that is there from the start."""
        prefix = "anon_" if kind == "anonymous" else "user_"
        return prefix + self._setting.chance.hex(16, "seeded account", name)

    def is_seeded(self, name: str) -> bool:
        """Say whether an account of this name has been seeded."""
        return self.get(self.seeded(name, "registered")) is not None

    def knows_client(self, client_id: str) -> bool:
        """Say whether a client has an account."""
        return client_id in self._by_client

    def seed_token(
        self,
        account: Account,
        name: str,
        scopes: tuple[str, ...],
        *,
        age: float,
        lasts: float | None,
    ) -> Token:
        """Issue a token as it would be after `age` seconds of the `lasts` that it lives."""
        address = SEEDED if account.client is not None else None
        return self._issue(account, name, scopes, lasts, address=address, age=age)

    def create_token(
        self, caller: Token, name: str, scopes: tuple[str, ...], seconds: float
    ) -> Token:
        """Issue a further token for the caller's account, with no more rights than the caller has."""
        for scope in scopes:
            caller.require(scope)
        with self._setting.moment("token.issued", account=caller.account.uid):
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
        if token.expires_at is not None and token.expires_at <= self._setting.now:
            raise TokenRefused(
                "token has expired: ask POST /api/auth/anonymous-token again with the same X-Client-Id"
            )
        return token

    def forget(self, uid: str) -> Account | None:
        """Drop an account and its tokens; its client may come again at once. None when there is none."""
        account = self.get(uid)
        if account is None:
            return None
        del self._by_uid[account.uid]
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
        """Return the account with this uid or user id."""
        return self._by_uid.get(uid) or self._by_uid.get(uid.replace("user_", "anon_", 1))

    def __iter__(self) -> Iterator[Account]:
        return iter(tuple(self._by_uid.values()))

    def revoke(self, account: Account, token_id: str) -> Token | None:
        """Revoke one of the account's own tokens for good; None when it has none of that id."""
        for token in account.tokens:
            if token.id == token_id:
                if not token.revoked:
                    token.revoked = True
                    self._setting.note("token.revoked", token=token.id, account=account.uid)
                return token
        return None

    def _opened(
        self,
        uid: str,
        client: str | None,
        *,
        kind: Kind = "anonymous",
        plan: Plan = "free",
        called: str | None = None,
    ) -> Account:
        """Open an account with nothing in it; `called` is its name in a scenario."""
        ledger = Ledger(partial(self._entered, uid))
        account = Account(uid=uid, client=client, kind=kind, plan=plan, ledger=ledger)
        self._enter(account)
        named = {} if called is None else {"name": called}
        self._setting.note("account.created", account=uid, kind=kind, plan=plan, **named)
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
            else:
                self._nameless[token.address] = self._nameless.get(token.address, 0) + 1
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

    def _of_client(self, client_id: str) -> Account:
        account = self._by_client.get(client_id)
        if account is None:
            account = self._opened(self._uid(client_id), client_id)
        return account

    def _uid(self, client_id: str) -> str:
        """Return the uid of the account that a client has or will have."""
        known = self._by_client.get(client_id)
        return known.uid if known else "anon_" + self._setting.chance.hex(16, "account", client_id)

    def _of_nobody(self, address: str) -> Account:
        number = self._nameless.get(address, 0) + 1
        here = self._setting.chance.hex(16, "nameless account", address, number)
        return self._opened(f"anon_{here}", None)

    def _fill_up(self, account: Account, now: float) -> None:
        ledger = account.ledger
        begun = (FREE, AT_START)
        lately = any(e.reference in begun and e.at > now - WEEK for e in ledger.entries)
        if not lately and ledger.total < self.free_credits:
            ledger.grant(self.free_credits - ledger.total, at=now, reference=FREE)

    def _check_limits(self, client_id: str | None, address: str, now: float) -> None:
        client, ip = self._per_client, self._per_address
        waits = {
            _rule(client, "client"): client.wait(client_id, now) if client_id else 0,
            _rule(ip, "IP address"): ip.wait(address, now),
        }
        rule, wait = max(waits.items(), key=lambda told: told[1])
        if wait and self._setting.variants.rate_limit_transient:
            wait = self._second_chance.wait(client_id or address, now)
        if wait:
            raise RateLimited(f"rate limit: {rule}; the next one in {wait} seconds", wait)

    def _issue(  # noqa: PLR0913 each says something of the token
        self,
        account: Account,
        name: str,
        scopes: tuple[str, ...],
        seconds: float | None,
        *,
        address: str | None = None,
        age: float = 0.0,
    ) -> Token:
        created = self._setting.now - age
        here = self._setting.chance.at(account.uid, "token", len(account.tokens))
        token = Token(
            value="nmv_usr_" + here.base64url("value"),
            id="tok_" + here.hex(12, "id"),
            name=name,
            account=account,
            scopes=scopes,
            created_at=created,
            expires_at=None if seconds is None else created + seconds,
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


def _rule(window: Window, whom: str) -> str:
    tokens = "1 token" if window.limit == 1 else f"{window.limit} tokens"
    return f"{tokens} per {whom} per {in_words(window.seconds)}"


def _not_found(value: str) -> str:
    if value.startswith("clm_"):
        return (
            "invalid authentication token: a claim token opens a project in a browser, not the API"
        )
    if not value.startswith("nmv_usr_"):
        return "invalid authentication token: a token begins with nmv_usr_"
    return "token not found: ask POST /api/auth/anonymous-token for one"
