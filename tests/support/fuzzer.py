"""schemathesis at a world that is served: it reads the description, and holds the server to what that says.

It knows nothing of us but the URL. A world is furnished first, so that it finds something there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.darkroom import Darkroom
from support.caller import ATTRIBUTION, Caller
from support.server import thread

CONFIG = Path(__file__).parents[1] / "oracles" / "schemathesis.toml"
RENDER = "r1"
_ANEW = "^/__fake__/(scenario|reset.*)$"
STAGE: Mapping[str, Any] = {
    "name": "fuzzed",
    "accounts": [
        {
            "name": "tester",
            "kind": "registered",
            "plan": "paid",
            "credits": 1_000_000_000,
            "tokens": [{"name": "main", "lasts": "3650d"}],
        }
    ],
    "turns": [
        {
            "steps": [
                {"text": "I'll add a title."},
                {"draft": [{"put": {"track": "text", "id": "title", "d": 3000}}]},
            ]
        }
    ],
    "renders": {"timing": {"polls": {"completed": 2}}},
}
"""Instant turns and renders, and more credits than anybody can spend."""

UNLIMITED = {"client_limit": "none", "ip_limit": "none"}
MAPPED = {**UNLIMITED, "error_http": "mapped"}
"""Whoever asks only in the words of HTTP hears a business code as a refusal."""

OVER_200 = "negative_data_rejection,positive_data_acceptance,ignored_auth,missing_required_header"
"""Checks that would take a business code, which comes with 200, for success."""


SERVICE = ("--exclude-path-regex", "^/__fake__/")
STEERING = ("--include-path-regex", "^/__fake__/", "--exclude-path-regex", _ANEW)
ANEW = ("--include-path-regex", _ANEW)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a run: how many cases, the unique failures, and all that was printed."""

    cases: int
    failures: tuple[str, ...]
    log: str


@contextmanager
def served() -> Iterator[str]:
    """Serve a fake whose films need no encoder, a thousand times as fast as on the wall; gives its URL."""
    options = Options(rate=1000, autojump=False)
    with Fake(options, studio=Darkroom()) as fake, thread(fake) as url:
        yield url


def fuzz(url: str, name: str, folder: Path, *flags: str, **variants: str) -> Report:
    """Furnish the world `name` with these variants, and let schemathesis loose on it."""
    base = f"{url}/~{name}"
    config, report = folder / f"{name}.toml", folder / f"{name}.json"
    config.write_text(Template(CONFIG.read_text("utf-8")).substitute(_furnished(base, variants)))
    cli = (sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()")
    asked = ("run", f"{base}/__fake__/openapi.json", "--report-json-path", str(report))
    usual = ("--checks", "all", "--continue-on-failure", "--no-color", "--warnings", "off")
    ran = subprocess.run(
        (*cli, "--config-file", str(config), *asked, *usual, *flags),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert report.exists(), ran.stdout + ran.stderr
    told = json.loads(report.read_text("utf-8"))
    failures = tuple(f"{f['title']}: {', '.join(f['operations'])}" for f in told["failures"])
    errors = tuple(map(str, told["errors"]))
    return Report(told["test_cases"]["generated"], (*failures, *errors), ran.stdout + ran.stderr)


def _furnished(base: str, variants: Mapping[str, str]) -> dict[str, str]:
    """Let a world begin with an account that has all there is to be asked for; return what it is called."""
    with httpx.Client(base_url=base, trust_env=False) as http:
        http.post("/__fake__/scenario", json={**STAGE, "variants": variants}).raise_for_status()
        account = http.get("/__fake__/accounts").json()["accounts"][0]
        token = account["tokens"][0]["value"]
        caller = Caller(http, {**ATTRIBUTION, "Authorization": f"Bearer {token}"})
        spare_session = caller.open().session
        caller.open().say("hello")
        upload = f"/api/upload-video/nemo_agent/me/{caller.session}"
        file = caller.post(upload, {"urls": ["https://example.com/a.mp4"]}).json()["data"]["files"][
            0
        ]
        caller.submit(RENDER)
        caller.get(f"/api/render/proxy/lambda/{RENDER}")
        caller.get(f"/api/render/proxy/lambda/{RENDER}")
        film = caller.get(f"/api/render/proxy/lambda/{RENDER}").text
        spare = caller.post("/api/tokens", {"name": "spare"}).json()["data"]["id"]
    return {
        "token": token,
        "session": caller.session,
        "spare_session": spare_session,
        "task": caller.task,
        "render": RENDER,
        "spare_token": spare,
        "account": account["account"],
        "upload_key": file["cdn_url"].split("/")[-2],
        "upload_name": file["filename"],
        "render_key": film.partition("/render-result/")[2].partition("/")[0],
    }
