"""Runs the code blocks of the README and the docs: Python as it stands, tests by pytest, shell lines against a served fake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sybil import Example, Sybil


@pytest.fixture(scope="session")
def served_url() -> Iterator[str]:
    """The URL of a fake server that runs as long as the documents are checked."""
    command = (
        sys.executable,
        "-m",
        "nemovideo_fakeserver",
        "serve",
        "--port",
        "0",
        "--json",
        "--rate",
        "600",
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())["url"]
        server.terminate()


def _shell(example: Example) -> None:
    """Run a block as it would be pasted; a line that fails fails the block, and so does a refusal."""
    script = f'curl() {{ command curl --fail-with-body "$@"; }}\n{example.parsed}'
    environment = {**os.environ, "NEMO_API_URL": example.namespace["served_url"]}
    command = ("bash", "-euo", "pipefail", "-c", script)
    ran = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for refused in ('"data":null', '"unmatched"'):
        assert refused not in ran.stdout, ran.stdout


def _python(example: Example) -> None:
    """Run a block where it stands, after those before it; one with tests is a test file of its own."""
    if re.search(r"^(async )?def test_|^class Test", example.parsed, re.MULTILINE):
        _tests(example)
    else:
        from sybil.evaluators.python import PythonEvaluator

        PythonEvaluator()(example)


def _tests(example: Example) -> None:
    """Let pytest run a block in a folder of its own, with our plugin; each test in it has to pass."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test_block.py"
        file.write_text(example.parsed, encoding="utf-8")
        command = (
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "no:nemovideo", "-p", "nemovideo_pytest.plugin", "--rootdir", folder, file),
        )
        environment = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=120, env=environment, check=False
        )
    assert ran.returncode == 0, f"{example.path}:{example.line}\n{ran.stdout}{ran.stderr}"


def _blocks() -> Sybil:
    from sybil import Sybil
    from sybil.parsers.markdown import CodeBlockParser

    return Sybil(
        parsers=[CodeBlockParser("python", _python), CodeBlockParser("sh", _shell)],
        patterns=["README.md", "docs/*.md"],
        excludes=["docs/cookbook.md"],  # it shows files whose tests run where they lie
        path=str(Path(__file__).parent),
        fixtures=["served_url"],
    )


if find_spec(
    "sybil"
):  # who runs tests of a package in a virtual environment here comes by this file
    pytest_collect_file = _blocks().pytest()
