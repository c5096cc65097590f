"""The pytest plugin: what it costs a run that does not use it (goal: at most 30 ms), and a test that does.

Processor time of children, in pairs; other plugins are not loaded.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15
TESTS = 500
PLUGIN = ("-p", "nemovideo_pytest.plugin")
BARE = ("-p", "no:nemovideo")

IDLE = "def test_nothing(): pass\n"
MANY = f"import pytest\n\n@pytest.mark.parametrize('n', range({TESTS}))\n"
PLAIN = f"{MANY}def test_plain(n): pass\n"
ONE_FIXTURE = f"{MANY}def test_plain(n, tmp_path): pass\n"
ASKING = f"{MANY}def test_credits(n, nemo_client_sync): assert nemo_client_sync.credits().available == 100\n"
IN_A_WORLD = f"{MANY}def test_credits(n, nemo_server, nemo_client_sync): assert nemo_client_sync.credits().available == 100\n"


def seconds(file: Path, *flags: str) -> float:
    """Return the processor seconds of a pytest over one file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *flags, str(file))
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=file.parent)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_up(folder: Path) -> None:
    """Print what an idle plugin adds to a pytest that runs one test."""
    file = folder / "test_idle.py"
    file.write_text(IDLE)
    seconds(file, *PLUGIN)
    rounds = [(seconds(file, *BARE), seconds(file, *PLUGIN)) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(times) for times in zip(*rounds, strict=True))
    added = statistics.median(with_it - without for without, with_it in rounds)
    print(
        f"plugin, idle: pytest {bare * 1000:.0f} ms, with it {ours * 1000:.0f} ms,"
        f" adds {added * 1000:.0f} ms (goal: <= 30)"
    )


def tests(folder: Path) -> None:
    """Print what a test costs that asks for its credits, and one that does nothing: the start-up is taken off."""
    told = []
    for name, source in (
        ("that does nothing", PLAIN),
        ("with tmp_path", ONE_FIXTURE),
        ("that asks for credits", ASKING),
        ("that does so on nemo_server", IN_A_WORLD),
    ):
        one, many = folder / "test_one.py", folder / "test_many.py"
        one.write_text(source.replace(f"range({TESTS})", "range(1)"))
        many.write_text(source)
        rounds = [seconds(many, *PLUGIN) - seconds(one, *PLUGIN) for _ in range(3)]
        each = statistics.median(rounds) / (TESTS - 1)
        told.append(f"{name} {each * 1000:.2f} ms ({1 / each:.0f} a second)")
    print(f"plugin, in use: a test {', '.join(told)}")


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        start_up(Path(folder))
        tests(Path(folder))
