"""What tells of the rest: the list of control paths, and the registry of behaviours."""

from __future__ import annotations

from dataclasses import asdict

import httpx
import pytest

from nemovideo_fakeserver.api.control.routes import ROUTES
from nemovideo_fakeserver.provenance import REGISTRY


def test_the_root_lists_every_control_path(http: httpx.Client) -> None:
    """In the order of the table, each with a sentence on one line."""
    told = http.get("/__fake__/").json()

    assert told["fake"] == "nemovideo"
    assert [row["route"] for row in told["routes"]] == [route.name for route in ROUTES]
    for row in told["routes"]:
        assert row["does"][0].isupper()
        assert row["does"].endswith(".")
        assert "\n" not in row["does"]


@pytest.mark.parametrize(("path", "world"), [("", ""), ("/~mine", "mine")])
def test_it_says_which_world_it_is_of(http: httpx.Client, path: str, world: str) -> None:
    """The default world's name is empty."""
    assert http.get(f"{path}/__fake__/").json()["world"] == world


def test_no_two_control_paths_do_the_same() -> None:
    """Each sentence is said once."""
    sentences = [route.says for route in ROUTES]

    assert len(set(sentences)) == len(sentences)


def test_the_registry_is_shown_whole(http: httpx.Client) -> None:
    """Every behaviour with its basis, and how many there are of each."""
    told = http.get("/__fake__/provenance").json()

    assert told["behaviours"] == [asdict(behaviour) for behaviour in REGISTRY.values()]
    assert sum(told["counts"].values()) == len(REGISTRY)
    assert set(told["counts"]) == {"documented", "assumed"}
