"""The control paths: what steers this world, or the whole fake, and what shows how it stands."""

from __future__ import annotations

from typing import Literal

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import (
    accounts,
    description,
    faults,
    index,
    journal,
    ledger,
    provenance,
    reset,
    scenarios,
    snapshot,
    time,
)
from nemovideo_fakeserver.api.route import Handler, Route, route
from nemovideo_fakeserver.api.routes import ROUTES as SERVICE
from nemovideo_fakeserver.wire.messages import Reply


def _list(call: Call) -> Reply:
    """List the control paths, each with a sentence."""
    return index.listed(call, ROUTES)


def _describe(call: Call) -> Reply:
    """Describe every path, of the service and of these, as an OpenAPI 3.1 document."""
    return description.shown(call, SERVICE, ROUTES)


def _row(line: str, handler: Handler, body: Literal["none", "json"] = "none") -> Route:
    return route(line, None, handler, body)


ROUTES: tuple[Route, ...] = (
    _row("GET /__fake__/", _list),
    _row("GET /__fake__/openapi.json", _describe),
    _row("GET /__fake__/health", time.health),
    _row("GET /__fake__/clock", time.read_clock),
    _row("POST /__fake__/clock", time.set_clock, "json"),
    _row("POST /__fake__/reset", reset.world),
    _row("POST /__fake__/reset/all", reset.everything),
    _row("POST /__fake__/reset/accounts/{account}", reset.account),
    _row("GET /__fake__/scenario", scenarios.playing),
    _row("POST /__fake__/scenario", scenarios.play, "json"),
    _row("GET /__fake__/scenarios", scenarios.ready),
    _row("GET /__fake__/accounts", accounts.every),
    _row("POST /__fake__/accounts", scenarios.admit, "json"),
    _row("GET /__fake__/accounts/{account}", accounts.one),
    _row("POST /__fake__/accounts/{account}/upgrade", accounts.upgrade, "json"),
    _row("POST /__fake__/accounts/{account}/grant", accounts.grant, "json"),
    _row("POST /__fake__/accounts/{account}/spend", accounts.spend, "json"),
    _row("POST /__fake__/accounts/{account}/expire", accounts.expire, "json"),
    _row("POST /__fake__/accounts/{account}/revoke", accounts.revoke, "json"),
    _row("GET /__fake__/ledger", ledger.every),
    _row("GET /__fake__/ledger/{account}", ledger.one),
    _row("GET /__fake__/journal", journal.read),
    _row("POST /__fake__/journal/find", journal.find, "json"),
    _row("POST /__fake__/journal/verify", journal.check, "json"),
    _row("GET /__fake__/timeline", journal.timeline),
    _row("GET /__fake__/verdicts", journal.verdicts),
    _row("GET /__fake__/snapshot", snapshot.world),
    _row("GET /__fake__/snapshot/all", snapshot.everything),
    _row("GET /__fake__/faults", faults.report),
    _row("POST /__fake__/faults", faults.arm, "json"),
    _row("DELETE /__fake__/faults", faults.clear),
    _row("DELETE /__fake__/faults/{fault}", faults.disarm),
    _row("GET /__fake__/provenance", provenance.show),
)
