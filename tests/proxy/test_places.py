"""Where values stand that are somebody's."""

from __future__ import annotations

import pytest

from nemovideo_proxy.places import in_path, shape_of


@pytest.mark.parametrize(
    ("path", "shape", "found"),
    [
        (
            "/api/tasks/me/with-session/nemo_agent",
            "/api/tasks/{user}/with-session/nemo_agent",
            {"user": "me"},
        ),
        (
            "/api/upload-video/nemo_agent/u/s",
            "/api/upload-video/nemo_agent/{user}/{session}",
            {"user": "u", "session": "s"},
        ),
        ("/api/render/proxy/lambda", "/api/render/proxy/lambda", {}),
        ("/api/render/proxy/draft", "/api/render/proxy/draft", {}),
        ("/api/render/proxy/lambda/r-1", "/api/render/proxy/lambda/{render}", {"render": "r-1"}),
        ("/api/render/proxy/r-1", "/api/render/proxy/{render}", {"render": "r-1"}),
        (
            "/api/render/proxy/r-1/download",
            "/api/render/proxy/{render}/download",
            {"render": "r-1"},
        ),
        ("/api/tokens/t-1/revoke", "/api/tokens/{token_id}/revoke", {}),
        ("/api/credits/balance/simple", "/api/credits/balance/simple", {}),
        ("/api/state/nemo_agent/u/s/latest/more", "/api/state/nemo_agent/u/s/latest/more", {}),
    ],
)
def test_a_path_has_a_shape_and_values(path: str, shape: str, found: dict[str, str]) -> None:
    """The routes of every version of the documents; what is none has the shape of itself."""
    assert shape_of(path) == shape
    assert {role: path[start:end] for role, start, end in in_path(path)} == found
