"""The description of a world: complete for every reading of the documents, and true to the tables."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from nemovideo_fakeserver import Options, Variants, preset
from nemovideo_fakeserver.api.control.routes import ROUTES as CONTROL
from nemovideo_fakeserver.api.openapi.control import NOUNS as STEERING
from nemovideo_fakeserver.api.openapi.document import text
from nemovideo_fakeserver.api.openapi.service import NOUNS as SERVED
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.core.presets import PRESETS
from nemovideo_fakeserver.core.variants import legal_values
from nemovideo_fakeserver.provenance import REGISTRY
from support.description import Description, references
from support.stage import client, scripted_fake

READINGS: dict[str, Variants] = {
    **{version: preset(version) for version in PRESETS},
    **{
        f"{key}={value}": Variants().changed(key, value)
        for key, values in legal_values().items()
        for value in values
    },
    "token_ttl=never": Variants().changed("token_ttl", "never"),
}
BASE = "http://127.0.0.1:8765"


def described(variants: Variants | None = None) -> Description:
    """Return the description of a world with these variants."""
    return Description(json.loads(text(variants or Variants(), BASE, ROUTES, CONTROL)))


@pytest.mark.parametrize("variants", READINGS.values(), ids=READINGS)
def test_every_route_that_is_offered_has_an_operation_and_no_other_has(variants: Variants) -> None:
    """For each value of each variant and each preset."""
    offered = [r for r in ROUTES if r.offered is None or r.offered(variants)]

    assert set(described(variants).operations) == {r.name for r in (*offered, *CONTROL)}


def test_nothing_is_described_that_no_table_has() -> None:
    """Nor twice."""
    for nouns, routes in ((SERVED, ROUTES), (STEERING, CONTROL)):
        lines = [line for noun in nouns for line in noun.operations(Variants())]

        assert sorted(lines) == sorted(route.name for route in routes)


@pytest.mark.parametrize("reading", ["1.9", "4.4", "sse_dialect=adk", "error_http=mapped"])
def test_a_validator_accepts_it(reading: str) -> None:
    """It is OpenAPI 3.1 to somebody who wrote none of it."""
    told = described(READINGS[reading]).document

    assert [error.message for error in OpenAPIV31SpecValidator(told).iter_errors()] == []


def test_every_component_is_there_and_of_use() -> None:
    """What is referred to exists, and nothing lies about that nobody refers to, in whatever reading."""
    used: set[str] = set()
    for variants in READINGS.values():
        told = described(variants).document
        there = {
            f"#/components/{kind}/{name}"
            for kind in ("schemas", "headers")
            for name in told["components"][kind]
        }
        meant = {reference for reference in references(told) if reference.startswith("#")}
        used |= meant
        assert meant <= there
    assert there <= used


def test_every_operation_has_a_name_of_its_own_and_a_sentence() -> None:
    """The id is one word and unique; the summary is the first sentence of the handler."""
    told = described().operations
    ids = [operation["operationId"] for operation in told.values()]

    assert len(set(ids)) == len(ids)
    assert all(name.isalnum() for name in ids)
    assert all(len(operation["summary"]) > 10 for operation in told.values())
    assert told["GET /__fake__/clock"]["summary"] == "Show the virtual time and its rate."


def test_every_link_leads_to_an_operation_and_its_parameters() -> None:
    """By the id of the operation, with names that are in its path."""
    operations = described().operations.values()
    by_id = {operation["operationId"]: operation for operation in operations}
    links = [
        link
        for operation in operations
        for reply in operation["responses"].values()
        for link in reply.get("links", {}).values()
    ]

    assert links
    for link in links:
        names = {parameter["name"] for parameter in by_id[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= names


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_an_operation_of_the_service_says_what_it_rests_on(route: Any) -> None:
    """The registry's own row, and the scope that the table demands."""
    operation = described().operations[route.name]
    known = asdict(REGISTRY[route.name])

    assert operation["x-provenance"] == {key: known[key] for key in ("basis", "source", "says")}
    assert operation["security"] == ([] if route.scope is None else [{"bearer": [route.scope]}])


@pytest.mark.parametrize("route", CONTROL, ids=lambda route: str(route.name))
def test_a_control_path_is_nothing_of_nemovideos(route: Any) -> None:
    """It has no provenance and asks for no token; its tag says whose it is, and 403 who may not."""
    operation = described().operations[route.name]

    assert "x-provenance" not in operation
    assert operation["security"] == []
    assert operation["tags"][0].startswith("fake: ")
    assert operation["responses"]["403"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Refused"
    }
    assert all("X-Nemo-Fake" in reply["headers"] for reply in operation["responses"].values())


def test_business_codes_come_with_200_or_with_the_status_that_says_them() -> None:
    """As `error_http` has it."""
    line = "POST /run_sse"
    usual = described().operations[line]["responses"]
    mapped = described(READINGS["error_http=mapped"]).operations[line]["responses"]

    assert list(usual) == ["200", "403", "422"]
    assert list(mapped) == ["200", "401", "402", "403", "404", "422"]
    assert "application/json" in usual["200"]["content"]
    assert list(mapped["200"]["content"]) == ["text/event-stream"]


@pytest.mark.parametrize(("error_http", "required"), [("200", False), ("mapped", True)])
def test_a_header_of_a_success_is_promised_where_nothing_else_has_its_status(
    error_http: str, required: bool
) -> None:
    """A refusal over 200 has no ETag."""
    told = described(READINGS[f"error_http={error_http}"]).operations
    reply = told["GET /api/render/proxy/{render}/download"]["responses"]["200"]

    assert reply["headers"]["ETag"]["required"] is required


def test_retry_after_comes_with_429() -> None:
    """And is a whole number of seconds."""
    reply = described().operations["POST /api/auth/anonymous-token"]["responses"]["429"]

    assert reply["headers"]["Retry-After"]["required"] is True
    assert reply["headers"]["Retry-After"]["schema"] == {"type": "integer", "minimum": 0}


@pytest.mark.parametrize(
    ("variants", "required"),
    [("attribution_mode=always", True), ("attribution_mode=off", False)],
)
def test_attribution_is_required_of_an_export_where_it_is(variants: str, required: bool) -> None:
    """Three headers, which other readings only allow."""
    told = described(READINGS[variants]).operations["POST /api/render/proxy/lambda"]
    headers = {p["name"]: p.get("required", False) for p in told["parameters"]}

    assert headers == dict.fromkeys(
        ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"), required
    )


@pytest.mark.parametrize("required", ["on", "off"])
def test_a_client_id_is_required_where_it_is(required: str) -> None:
    """With its 400, or without."""
    told = described(READINGS[f"require_client_id={required}"])
    operation = told.operations["POST /api/auth/anonymous-token"]

    assert operation["parameters"][0].get("required", False) == (required == "on")
    assert ("400" in operation["responses"]) == (required == "on")


def test_a_world_describes_itself(http: httpx.Client) -> None:
    """The server's URL is the one by which it was asked, the readings are its own."""
    http.post("/~old/__fake__/scenario", json={"variants": {"claim_link": "none"}})
    usual, old = Description.of(http), Description.of(http, "/~old")

    assert usual.document["servers"][0]["url"] == "http://127.0.0.1"
    assert old.document["servers"][0]["url"] == "http://127.0.0.1/~old"
    assert "GET /workspace/claim" in usual.operations
    assert "GET /workspace/claim" not in old.operations


def test_it_is_built_once(http: httpx.Client) -> None:
    """Asking again is a look-up: the same bytes for the same readings, URL and tables."""
    url = "http://127.0.0.1:1"

    assert text(Variants(), url, ROUTES, CONTROL) is text(Variants(), url, ROUTES, CONTROL)


def test_a_server_that_nobody_asks_never_loads_it() -> None:
    """Serving imports nothing of the description, of scenarios, questions and the judge."""
    code = (
        "import sys; from nemovideo_fakeserver.cli import serve; from nemovideo_fakeserver import Fake;"
        " Fake().close(); names = ('api.openapi', 'scenario', 'verify', 'judge', 'timeline');"
        " print([m for m in sys.modules if m.startswith(tuple(f'nemovideo_fakeserver.{n}' for n in names))])"
    )
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("host", ["[::1]:8765", "localhost"])
def test_it_is_asked_for_by_any_name_of_this_machine(host: str) -> None:
    """And says that name."""
    with scripted_fake(Options()) as fake, client(fake) as http:
        told = http.get(f"http://{host}/__fake__/openapi.json").json()

    assert told["servers"][0]["url"] == f"http://{host}"
