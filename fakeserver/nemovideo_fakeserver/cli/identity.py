"""Who a command is that runs against a fake: somebody the scenario knows, or somebody new."""

from __future__ import annotations

from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.fake import Fake
from nemovideo_fakeserver.worlds import DEFAULT


def identity(fake: Fake, client: str, world: str = DEFAULT) -> dict[str, str]:
    """Return `NEMO_TOKEN`, and `NEMO_CLIENT_ID` to come back under where the scenario has one.

    Without accounts in the scenario the token is a new one, got under the client id `client`.
    """
    known = of_scenario(fake, world)
    return known or {"NEMO_TOKEN": fake.world(world).accounts.anonymous(client, client).value}


def of_scenario(fake: Fake, world: str = DEFAULT) -> dict[str, str]:
    """Return the same of whom the scenario knows, or nothing where it knows nobody.

    It is the first living token of the scenario's accounts; where all are dead, the first of them, for that
    is what the scenario is about.
    """
    here = fake.world(world)
    tokens = [(account.uid, token) for account in here.accounts for token in account.tokens]
    if not tokens:
        return {}
    now = here.setting.now
    uid, token = next((found for found in tokens if _lives(found[1], now)), tokens[0])
    client_id = _client_ids(fake, world).get(uid)
    return {"NEMO_TOKEN": token.value} | ({"NEMO_CLIENT_ID": client_id} if client_id else {})


def _lives(token: Token, now: float) -> bool:
    return not token.revoked and (token.expires_at is None or token.expires_at > now)


def _client_ids(fake: Fake, world: str) -> dict[str, str | None]:
    """Return the client ids that the scenario gives its accounts, by their uids."""
    scenario, playing = fake.world(world).scenario or {}, fake.playing(world) or {}
    uids = playing.get("accounts", {})
    return {uids[one["name"]]: one.get("client_id") for one in scenario.get("accounts", ())}
