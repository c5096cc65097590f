"""A recording as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).

What HAR has no word for stands in fields that begin with an underscore, as the specification says: the
times of pieces, how a reply ended, numbers, and the header of the cassette. So the way back loses nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from nemovideo_proxy.convert.forms import post_data
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.convert.text import told
from nemovideo_proxy.model import Blob, Header, Headers, Interaction, Request, Response

CREATOR = "nemovideo-harness"


def har_of(recording: Recording) -> dict[str, Any]:
    """Return the whole document."""
    header = recording.header
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": CREATOR, "version": header.harness},
            "pages": [],
            "entries": [_entry(interaction, recording) for interaction in recording.interactions],
            "_cassette": asdict(header),
        }
    }


def _entry(interaction: Interaction, recording: Recording) -> dict[str, Any]:
    timings = _timings(interaction)
    return {
        "startedDateTime": _started(recording.header, interaction.at),
        "time": sum(timings.values()),
        "request": _request(interaction.request, recording),
        "response": _response(interaction.response, interaction.end, recording),
        "cache": {},
        "timings": timings,
        "_number": interaction.number,
        "_at": interaction.at,
        "_ended": interaction.ended,
        "_end": interaction.end,
    }


def _started(header: Header, at: float) -> str:
    return (datetime.fromisoformat(header.recorded_at) + timedelta(seconds=at)).isoformat()


def _timings(interaction: Interaction) -> dict[str, float]:
    came = interaction.response.at if interaction.response else interaction.ended
    received = max(0.0, interaction.ended - came)
    return {"send": 0, "wait": max(0.0, came) * 1000, "receive": received * 1000}


def _request(request: Request, recording: Recording) -> dict[str, Any]:
    size = len(recording.bytes_of(request.body))
    url = absolute(request.url, recording.header.upstream)
    said = {
        "method": request.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(request.header("cookie") or ""),
        "headers": _headers(request.headers),
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": size,
        "_url": request.url,
    }
    return said | ({"postData": post_data(request, recording)} if size else {})


def absolute(url: str, upstream: str) -> str:
    """Return a recorded URL with its origin."""
    return url if "://" in url.partition("?")[0] else upstream.rstrip("/") + url


def _response(response: Response | None, end: str, recording: Recording) -> dict[str, Any]:
    if response is None:
        # as browsers write a request that nobody answered
        return {**_replied(0, "", "", ()), "content": {"size": 0, "mimeType": ""}, "_error": end}
    body = recording.bytes_of(response.body)
    content_type = response.header("content-type") or ""
    said = _replied(response.status, response.reason, response.version, response.headers)
    said["content"] = {"size": len(body), "mimeType": content_type} | told(body, content_type)
    if isinstance(response.body, Blob):
        said["content"]["_suffix"] = response.body.suffix
    said |= {"bodySize": len(body), "_at": response.at}
    return said | {"_chunks": [{"at": p.at, "size": p.size} for p in response.pieces]}


def _replied(status: int, reason: str, version: str, headers: Headers) -> dict[str, Any]:
    set_cookies = [value for name, value in headers if name.lower() == "set-cookie"]
    location = next((value for name, value in headers if name.lower() == "location"), "")
    return {
        "status": status,
        "statusText": reason,
        "httpVersion": version,
        "cookies": [pair for value in set_cookies for pair in _cookies(value.partition(";")[0])],
        "headers": _headers(headers),
        "redirectURL": location,
        "headersSize": -1,
        "bodySize": -1,
    }


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _cookies(text: str) -> list[dict[str, str]]:
    pairs = (pair.strip().partition("=") for pair in text.split(";") if pair.strip())
    return [{"name": name, "value": value} for name, _, value in pairs]
