"""Requests that no documented route answers."""

from __future__ import annotations

import httpx
import pytest

EMBELLISHED = [
    ("POST", "/api/v1/generate", "POST /run_sse"),
    ("POST", "/v1/generate", "POST /run_sse"),
    ("POST", "/v1/run", "POST /run_sse"),
    ("POST", "/v1/edit", "POST /run_sse"),
    ("POST", "/v1/edit/render", "POST /run_sse"),
    ("POST", "/v1/edit/e1/titles", "POST /run_sse"),
    ("POST", "/v1/edit/e1/cuts", "POST /run_sse"),
    ("POST", "/v1/edit/split-screen", "POST /run_sse"),
    ("POST", "/v1/edit/remove-silence", "POST /run_sse"),
    ("POST", "/v1/edit/detect-beats", "POST /run_sse"),
    ("POST", "/v1/shorts/create", "POST /run_sse"),
    ("POST", "/v1/shorts/batch", "POST /run_sse"),
    ("GET", "/v1/bgm/tracks", "POST /run_sse"),
    ("POST", "/v1/subtitles/generate", "POST /run_sse"),
    ("POST", "/v1/subtitles/translate", "POST /run_sse"),
    ("POST", "/v1/subtitles/burn", "POST /run_sse"),
    ("POST", "/v1/subtitles/burn-bilingual", "POST /run_sse"),
    ("POST", "/v1/upload", "POST /api/upload-video/nemo_agent/me/{session}"),
    ("GET", "/v1/jobs/j1", "GET /api/render/proxy/lambda/{render}"),
]


@pytest.mark.parametrize(("method", "path", "instead"), EMBELLISHED)
def test_an_invented_path_names_the_documented_one(
    http: httpx.Client, method: str, path: str, instead: str
) -> None:
    """Paths that circulate but that the vendor never printed are 404, and say what does the job."""
    response = http.request(method, path)

    assert response.status_code == 404
    assert response.headers["x-nemo-fake"] == "unmatched"
    assert response.json()["nearest"] == instead


def test_no_client_can_take_the_reply_for_the_services(http: httpx.Client) -> None:
    """There is no code and no message in it, and it names the fake."""
    response = http.get("/api/credits/balence/simple")

    assert response.json() == {
        "fake": "nemovideo",
        "unmatched": "GET /api/credits/balence/simple",
        "why": "no documented route has this method and path",
        "nearest": "GET /api/credits/balance/simple",
    }


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/run-sse", "POST /run_sse"),
        ("/api/render/proxies/lambda", "POST /api/render/proxy/lambda"),
        ("/api/auth/anonymous_token", "POST /api/auth/anonymous-token"),
        ("/api/tasks/me/with-session/nemo", "POST /api/tasks/{user}/with-session/nemo_agent"),
    ],
)
def test_a_slip_is_met_with_the_nearest_route(http: httpx.Client, path: str, nearest: str) -> None:
    """The route that looks most like what was asked is named."""
    assert http.post(path).json()["nearest"] == nearest


def test_nothing_is_near_to_nonsense(http: httpx.Client) -> None:
    """Where no route looks alike, none is named, and a long path is not repeated in full."""
    told = http.get("/" + "0" * 5000).json()

    assert told["nearest"] is None
    assert len(told["unmatched"]) == 200


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/runner", "/analytics", "/favicon.ico"])
def test_other_paths_are_unmatched(http: httpx.Client, path: str) -> None:
    """Neither the root, nor a prefix that only looks like an invented path, nor anything else."""
    response = http.get(path)

    assert response.status_code == 404
    assert response.headers["x-nemo-fake"] == "unmatched"
    assert response.json()["why"] == "no documented route has this method and path"
