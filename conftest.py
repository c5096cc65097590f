"""Runs the code blocks of the README and the docs: Python as it stands, shell lines against a served fake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser


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


_blocks = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser("sh", _shell)],
    patterns=["README.md", "docs/*.md"],
    path=str(Path(__file__).parent),
    fixtures=["served_url"],
)
pytest_collect_file = _blocks.pytest()
