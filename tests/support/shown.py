"""A world in which everything is there that the examples of an OpenAPI description speak of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import httpx

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.openapi import examples
from support.caller import Caller
from support.stage import grant

ORDERS = ("POST /api/render/proxy/lambda", "POST /api/render/proxy/draft")


class Shown:
    """A world in which everything is there that the examples speak of, under ids of its own."""

    def __init__(self, fake: Fake, http: httpx.Client, line: str) -> None:
        self.http = http
        caller = self.caller = Caller(http).connect(examples.CLIENT)
        grant(fake, caller, 900)
        caller.say("generate 20")
        self.claim = self._post(
            "/api/auth/claim-token", task_id=caller.task, session_id=caller.session
        )["claim_token"]
        self.spare = self._post("/api/tokens", name="spare")["id"]
        urls = ["https://example.com/beach.mp4"]
        self.upload = self._post(f"/api/upload-video/nemo_agent/me/{caller.session}", urls=urls)[
            "files"
        ][0]
        if line not in ORDERS:
            caller.submit(examples.RENDER)
            fake.clock.jump(100)
        if "anonymous-token" in line:
            fake.clock.jump(8 * 86_400)
        fake.arm("GET /nowhere", {"status": 503})

    def _post(self, path: str, **body: Any) -> Any:
        return self.caller.post(path, body).json()["data"]

    def real(self, text: str) -> str:
        """Return a text with the ids of this world in the place of the examples'."""
        caller = self.caller
        bearer = caller.headers["Authorization"].removeprefix("Bearer ")
        for shown, real in (
            (examples.TOKEN, bearer),
            (examples.CLAIM, self.claim),
            (examples.TOKEN_ID, self.spare),
            (examples.USER, caller.uid),
            (examples.SESSION, caller.session),
            (examples.TASK, caller.task),
        ):
            text = text.replace(shown, real)
        return text

    def path(self, line: str, parameters: list[dict[str, Any]]) -> str:
        """Return the path of a request, its variable parts as the examples have them."""
        path = line.partition(" ")[2]
        if path.startswith("/cdn/"):
            return self._file(path)
        shown = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
        return self.real(path.format(**shown))

    def _file(self, path: str) -> str:
        """Return the address of a file: no example could have it."""
        if "uploads" in path:
            url = self.upload["cdn_url"]
        elif "render-result" in path:
            poll = self.caller.get(f"/api/render/proxy/lambda/{examples.RENDER}").json()
            url = poll["output"]["url"]
        else:
            session = self.caller.get(f"/api/state/nemo_agent/me/{self.caller.session}/latest")
            url = session.json()["data"]["state"]["generated_media"][0]["cdn_url"]
        small = "/thumbnail.jpg" if path.endswith("/thumbnail.jpg") else ""
        return str(urlsplit(url).path) + small

    def ask(self, operation: dict[str, Any], line: str, body: Any) -> httpx.Response:
        """Send the request that the examples of an operation make up."""
        parameters = operation.get("parameters", [])
        told = {
            where: {
                p["name"]: self.real(p["schema"]["examples"][0])
                for p in parameters
                if p["in"] == where and p["schema"].get("examples")
            }
            for where in ("header", "query")
        }
        headers = dict(told["header"])
        if operation["security"]:
            headers["Authorization"] = self.caller.headers["Authorization"]
        return self.http.request(
            line.split(maxsplit=1)[0],
            self.path(line, parameters),
            params=told["query"],
            headers=headers,
            json=None if body is None else json.loads(self.real(json.dumps(body))),
        )
