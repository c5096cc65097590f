"""The contract is recorded from a fake, and kept by the recordings when there is none any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.judging import Ran, environment, judge

CHAPTERS = ("managed_tokens", "media", "renders", "token_limits")
NO_FAKE = """
import nemovideo_fakeserver.fake

def refuse(*_, **__):
    raise AssertionError("a replay has no fake")

nemovideo_fakeserver.fake.Fake.__init__ = refuse
"""


def record(where: Path, *flags: str, chapters: tuple[str, ...]) -> Ran:
    """Record chapters below `where`."""
    making = ("--nemo-target=cassette", "--nemo-record=once", "--nemo-record-from=fake")
    return judge(where, *making, "--nemo-cassettes=kept", *flags, chapters=chapters)


def replay(where: Path, *flags: str, chapters: tuple[str, ...]) -> Ran:
    """Replay chapters, where no fake can be made, nothing is reached, and all has to be asked for."""
    (where / "no_fake.py").write_text(NO_FAKE, encoding="utf-8")
    path = f"{where}:{environment()['PYTHONPATH']}"
    strictly = ("--nemo-target=cassette", "--nemo-cassettes=kept", "--nemo-strict", "--nemo-seal")
    return judge(where, "-p", "no_fake", *strictly, *flags, chapters=chapters, PYTHONPATH=path)


def test_what_was_recorded_keeps_the_contract(tmp_path: Path) -> None:
    """The same tests, asking the same: tokens that expire, films, files, looks at one moment."""
    made = record(tmp_path, chapters=CHAPTERS)
    kept = replay(tmp_path, chapters=CHAPTERS)

    assert made.code == 0, made.printed
    assert kept.code == 0, kept.printed
    assert made.outcomes == kept.outcomes
    assert kept.outcomes == {"passed": kept.outcomes["passed"], "skipped": 1}
    assert kept.outcomes["passed"] > 80


def test_a_recording_of_another_version_keeps_its_contract(tmp_path: Path) -> None:
    """Tests about a version of their own, and those about none, are recorded and skipped as they are."""
    version, chapters = "--nemo-variant=preset=4.4", ("presets", "tokens")
    made = record(tmp_path, version, chapters=chapters)
    kept = replay(tmp_path, version, chapters=chapters)

    assert made.code == 0, made.printed
    assert kept.code == 0, kept.printed
    assert made.outcomes == kept.outcomes
    assert kept.outcomes.keys() == {"passed"}


@pytest.mark.parametrize("run", [record, replay])
def test_what_no_recording_holds_is_skipped(tmp_path: Path, run: Callable[..., Ran]) -> None:
    """While it would be recorded and while it would be replayed, with the reason; nothing is left."""
    ran = run(tmp_path, "-rs", chapters=("faults", "registered"))

    assert ran.code == 0, ran.printed
    assert ran.outcomes.keys() == {"skipped"}
    assert "a recording cannot hold this: what goes wrong is armed in a fake" in ran.printed
    assert not (tmp_path / "kept").exists()


def test_what_is_no_fake_is_not_recorded(tmp_path: Path) -> None:
    """One sentence, before anything is asked: it would take an account for every test."""
    making = ("--nemo-target=cassette", "--nemo-record=once", "--nemo-url=http://127.0.0.1:9")
    ran = judge(tmp_path, *making, chapters=("tokens",))

    assert ran.code == 4
    assert ran.printed.strip().endswith("or served, and no --nemo-url")
