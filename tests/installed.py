"""Installs the package as its users do, and runs what a newcomer writes: `tox -e installed`. Needs PyPI.

It builds the wheel, makes fresh virtual environments outside of the tree, and runs pytest there: with the
extra `pytest` alone, and with everything beside the plugins whose names ours must not take.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

ROOT = Path(__file__).parent.parent

NEWCOMER = """\
def test_credits(nemo_client_sync):
    assert nemo_client_sync.credits().available == 100
"""

ASYNCIO = """\
import pytest


@pytest.mark.asyncio
@pytest.mark.parametrize("n", range(4))
async def test_chat(nemo_client, nemo_clock, n):
    turn = await nemo_client.chat("generate a 5 second clip of a beach at dawn")
    assert turn.text
    await nemo_clock.sleep(60)


@pytest.mark.parametrize("n", range(4))
def test_server(nemo_client_sync, nemo_server, n):
    assert nemo_client_sync.credits().available == 100
"""

BESIDE = """\
import httpx
import pytest
import respx


@respx.mock(base_url="https://api.test")
def test_respx(respx_mock, nemo_service):
    respx_mock.get("/api/credits/balance/simple").mock(side_effect=nemo_service.transport().handle_request)
    assert httpx.get("https://api.test/api/credits/balance/simple").json()["code"] == 1001


def test_httpserver(httpserver, nemo_client_sync):
    httpserver.expect_request("/").respond_with_data("mine")
    assert httpx.get(httpserver.url_for("/")).text == "mine"
    assert nemo_client_sync.credits().available == 100


@pytest.mark.block_network
def test_recording(nemo_client_sync):
    assert nemo_client_sync.credits().available == 100


@pytest.mark.disable_socket
def test_socket(nemo_client_sync, nemo_fake):
    assert nemo_client_sync.credits().available == 100


async def test_aiohttp(aiohttp_client, nemo_client):
    assert (await nemo_client.credits()).available == 100
"""

FOREIGN = (
    *("pytest-asyncio", "pytest-aiohttp", "pytest-httpserver", "pytest-recording", "pytest-socket"),
    *("pytest-vcr", "pytest-xdist", "pytest-timeout", "pytest-rerunfailures", "respx"),
)
LOOPS = ("-o", "asyncio_default_fixture_loop_scope=function")
NO_VCR = ("-p", "no:vcr")  # pytest-recording and pytest-vcr refuse each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pytest over one file: its name, its text, its flags, and how many tests have to pass."""

    name: str
    tests: str
    flags: Sequence[str] = ()
    passes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One environment: the extra of the package, what else is installed, and what is run there."""

    extra: str
    beside: Sequence[str] = ()
    runs: Sequence[Run] = ()


PLACES = (
    Place(
        extra="pytest",
        runs=(
            Run(name="three lines", tests=NEWCOMER),
            Run(name="served", tests=NEWCOMER, flags=("--nemo-target=served",)),
            Run(name="every warning an error", tests=NEWCOMER, flags=("-W", "error")),
        ),
    ),
    Place(
        extra="all",
        beside=FOREIGN,
        runs=(
            Run(name="three lines", tests=NEWCOMER, flags=NO_VCR),
            Run(name="three lines beside pytest-vcr", tests=NEWCOMER, flags=("-p", "no:recording")),
            Run(name="two workers", tests=ASYNCIO, flags=(*NO_VCR, *LOOPS, "-n", "2"), passes=8),
            Run(
                name="two workers, every warning an error",
                tests=ASYNCIO,
                flags=(*NO_VCR, *LOOPS, "-n", "2", "-W", "error"),
                passes=8,
            ),
            Run(
                name="other plugins at work",
                tests=BESIDE,
                flags=(*NO_VCR, *LOOPS, "--asyncio-mode=auto"),
                passes=5,
            ),
        ),
    ),
)


def main() -> int:
    """Say how each run went; return the exit code."""
    failures = 0
    with tempfile.TemporaryDirectory(prefix="nemo-installed-") as name:
        folder = Path(name)
        wheel = _wheel(folder)
        print(f"built {wheel.name}", flush=True)
        for place in PLACES:
            python = _environment(folder / place.extra, wheel, place)
            print(f"installed [{place.extra}] {' '.join(place.beside)}".rstrip(), flush=True)
            failures += sum(not _ran(python, run, folder / place.extra) for run in place.runs)
    print(f"{failures} failed" if failures else "all passed")
    return 1 if failures else 0


def _wheel(folder: Path) -> Path:
    _call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def _environment(folder: Path, wheel: Path, place: Place) -> Path:
    """Make an environment with the wheel; return its Python."""
    _call(sys.executable, "-m", "venv", str(folder / "venv"))
    python = folder / "venv" / "bin" / "python"
    package = f"nemovideo-harness[{place.extra}] @ {wheel.as_uri()}"
    _call(str(python), "-m", "pip", "install", "-q", package, *place.beside)
    return python


def _ran(python: Path, run: Run, folder: Path) -> bool:
    """Run it in a folder of its own; say how it went."""
    here = folder / run.name.replace(" ", "-")
    here.mkdir()
    (here / "test_mine.py").write_text(run.tests, encoding="utf-8")
    command = (str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *run.flags)
    ran = subprocess.run(
        command, cwd=here, env=_environ(), capture_output=True, text=True, check=False
    )
    good = ran.returncode == 0 and f"{run.passes} passed" in ran.stdout
    print(f"  {'ok  ' if good else 'FAIL'} {run.name}: pytest {' '.join(run.flags)}", flush=True)
    if not good:
        print(indent(ran.stdout + ran.stderr, "    "), flush=True)
    return good


def _environ() -> dict[str, str]:
    """Return an environment that knows nothing of this tree."""
    strange = ("PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if key not in strange}


def _call(*command: str) -> None:
    """Run a step; what it says is shown when it fails."""
    ran = subprocess.run(command, env=_environ(), capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{ran.stdout}{ran.stderr}")


if __name__ == "__main__":
    sys.exit(main())
