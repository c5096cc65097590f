"""The contract is run as a newcomer would: against fakes of every version, in-process, served, and by URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.judging import judge, served


def test_the_fake_keeps_the_contract(tmp_path: Path) -> None:
    """As it comes: every test, and none is skipped."""
    ran = judge(tmp_path)

    assert ran.code == 0, ran.printed
    assert ran.outcomes.keys() == {"passed"}
    assert ran.outcomes["passed"] > 500


@pytest.mark.parametrize("version", ["1.9", "4.4"])
def test_a_fake_of_a_version_keeps_the_contract(tmp_path: Path, version: str) -> None:
    """All but the defaults, which are others there; `tox -e contract` tries the other versions, too."""
    ran = judge(tmp_path, "--nemo-variant", f"preset={version}")

    assert ran.code == 0, ran.printed
    assert ran.outcomes["skipped"] == 10
    assert ran.outcomes["passed"] > 500


def test_a_served_fake_keeps_the_contract(tmp_path: Path) -> None:
    """Over a port; the rest of it is a matter of the longer matrix."""
    ran = judge(tmp_path, "--nemo-target", "served", chapters=("sessions", "streams", "media"))

    assert ran.code == 0, ran.printed
    assert ran.outcomes.keys() == {"passed"}


def test_a_service_at_a_url_is_judged(tmp_path: Path) -> None:
    """Nothing is steered there: what would need it is skipped, with the reason."""
    with served() as url:
        ran = judge(
            tmp_path, "--nemo-url", url, "-rs", chapters=("tokens", "sessions", "render_shapes")
        )

    assert ran.code == 0, ran.printed
    assert ran.outcomes["passed"] > 40
    assert (
        "this is about services with render_shape=data: say --nemo-variant for one" in ran.printed
    )


def test_a_service_is_judged_by_what_it_is_said_to_follow(tmp_path: Path) -> None:
    """`--nemo-variant` says so; then the tests of that reading run, and not those of the other."""
    with served("--variant", "preset=4.4") as url:
        said = judge(
            tmp_path, "--nemo-url", url, "--nemo-variant", "preset=4.4", chapters=("render_shapes",)
        )
        unsaid = judge(tmp_path, "--nemo-url", url, chapters=("render_shapes",))

    assert said.code == 0, said.printed
    assert said.outcomes == {"passed": 2, "skipped": 6}
    assert unsaid.outcomes == {"failed": 2, "skipped": 6}


def test_the_order_of_tests_does_not_matter(tmp_path: Path) -> None:
    """Backwards they pass as well."""
    (tmp_path / "backwards.py").write_text(
        "def pytest_collection_modifyitems(items):\n    items.reverse()\n", encoding="utf-8"
    )
    ran = judge(tmp_path, "-p", "backwards", chapters=("tokens", "credits"), PYTHONPATH=_with(tmp_path))  # fmt: skip

    assert ran.code == 0, ran.printed


def _with(folder: Path) -> str:
    from support.judging import environment

    return f"{folder}:{environment()['PYTHONPATH']}"
