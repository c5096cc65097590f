from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from nemovideo_fakeserver import Fake
from nemovideo_proxy import Cassette
from nemovideo_proxy.cassette.lock import Lock
from pytest_package.targets.conftest import Run

CHEAP = """
    def test_balance(nemo_client_sync):
        assert nemo_client_sync.credits().available == 100
"""

FILM = """
    def test_film(nemo_client_sync, tmp_path):
        nemo_client_sync.chat("Generate a 5 second video of a beach")
        nemo_client_sync.export(tmp_path / "film.mp4")
        assert (tmp_path / "film.mp4").stat().st_size > 1000
"""

FROM_FAKE = ("--nemo-target=cassette", "--nemo-record-from=fake")


def _cassette(pytester: pytest.Pytester, name: str = "test_balance") -> Path:
    return pytester.path / "cassettes" / "test_it" / f"{name}.yaml"


def _requests(path: Path) -> list[str]:
    with Cassette.open(path) as cassette:
        return [f"{each.signature.method} {each.signature.shape}" for each in cassette.entries]


@pytest.mark.parametrize("source", ["fake", "served", "url"])
def test_a_film_is_recorded_and_replayed_from_every_kind_of_service(
    pytester: pytest.Pytester, run: Run, standing: tuple[Fake, str], source: str
) -> None:
    """A whole session with its download replays from what was recorded, wherever that was."""
    pytester.makepyfile(test_it=FILM)
    where = f"--nemo-url={standing[1]}" if source == "url" else f"--nemo-record-from={source}"
    run("--nemo-target=cassette", "--nemo-record=once", where).assert_outcomes(passed=1)
    run("--nemo-target=cassette", "--nemo-strict", "--nemo-seal").assert_outcomes(passed=1)


def test_recorded_twice_a_fake_gives_the_same_bytes(pytester: pytest.Pytester, run: Run) -> None:
    """All times in the file are the fake's own."""
    pytester.makepyfile(test_it=CHEAP)
    run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(passed=1)
    first = _cassette(pytester).read_bytes()
    assert b'recorded_at: "2033-03-03T03:33:33Z"' in first
    run(*FROM_FAKE, "--nemo-record=rewrite").assert_outcomes(passed=1)
    assert _cassette(pytester).read_bytes() == first


def test_a_failed_test_leaves_the_old_cassette_and_keeps_its_attempt(
    pytester: pytest.Pytester, run: Run
) -> None:
    """Half a session does not become the truth; it is kept under another name until the next recording."""
    pytester.makepyfile(test_it=CHEAP)
    run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(passed=1)
    before = _cassette(pytester).read_bytes()
    pytester.makepyfile(test_it=CHEAP.replace("100", "7"))
    result = run(*FROM_FAKE, "--nemo-record=rewrite")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            (
                "cassettes/test_it/test_balance.yaml stays as it was; what was recorded is kept beside it as"
                " test_balance.failed.yaml"
            )
        ]
    )
    attempt = _cassette(pytester, "test_balance.failed")
    assert _cassette(pytester).read_bytes() == before
    assert _requests(attempt) == _requests(_cassette(pytester))
    pytester.makepyfile(test_it=CHEAP)
    run(*FROM_FAKE, "--nemo-record=rewrite").assert_outcomes(passed=1)
    assert not attempt.exists()
    assert sorted(each.name for each in attempt.parent.iterdir()) == ["test_balance.yaml"]


@pytest.mark.parametrize("mode", ["once", "all"])
def test_a_test_that_fails_before_it_asks_for_anything_leaves_nothing(
    pytester: pytest.Pytester, run: Run, mode: str
) -> None:
    """There is nothing that was paid for, and nothing to see: also behind a cassette that is there."""
    pytester.makepyfile(test_it=CHEAP)
    if mode == "all":
        run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(passed=1)
    before = sorted(pytester.path.rglob("cassettes/**/*.*"))
    pytester.makepyfile(test_it="def test_balance(nemo_client_sync): assert False")
    result = run(*FROM_FAKE, f"--nemo-record={mode}")
    result.assert_outcomes(failed=1)
    assert "is kept beside it" not in result.stdout.str()
    assert sorted(pytester.path.rglob("cassettes/**/*.*")) == before


@pytest.mark.parametrize("how", ["flag", "environment"])
def test_who_records_and_has_no_cassette_is_told(
    pytester: pytest.Pytester, run: Run, bare: pytest.MonkeyPatch, how: str
) -> None:
    """The run passes as ever; its last line says that nothing was recorded, and what would do it."""
    pytester.makepyfile(test_it=CHEAP)
    bare.setenv("NEMO_PYTEST_RECORD", "once" if how == "environment" else "none")
    where = "NEMO_PYTEST_RECORD" if how == "environment" else "--nemo-record"
    result = run(*(["--nemo-record=once"] if how == "flag" else []))
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [f"NemoVideo: {where}=once recorded nothing, *: add --nemo-target=cassette, or mark *"]
    )


def test_who_records_what_is_marked_is_told_nothing(pytester: pytest.Pytester, run: Run) -> None:
    """Neither is a project whose ini file says what becomes of marked tests."""
    pytester.makepyfile(test_it=CHEAP)
    assert "recorded nothing" not in run("-o", "nemo_record=once").stdout.str()
    pytester.makepyfile(
        test_it=f"import pytest\npytestmark = pytest.mark.nemo_cassette\n{dedent(CHEAP)}"
    )
    result = run("--nemo-record=once", "--nemo-record-from=fake")
    result.assert_outcomes(passed=1)
    assert "recorded nothing" not in result.stdout.str()


@pytest.mark.slow
def test_who_records_nothing_is_told_in_parallel_too(
    pytester: pytest.Pytester, run_apart: Run
) -> None:
    """Once, by the one who distributes."""
    pytester.makepyfile(test_it=CHEAP)
    result = run_apart("--nemo-record=once", "-n2")
    assert result.stdout.str().count("recorded nothing") == 1


def test_once_replays_what_is_there_and_again_records_nothing(
    pytester: pytest.Pytester, run: Run
) -> None:
    """The second run in mode once changes no byte, and asks no service."""
    pytester.makepyfile(test_it=CHEAP)
    run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(passed=1)
    place = _cassette(pytester)
    place.write_text(place.read_text().replace("available: 100", "available: 99"))
    run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(failed=1)


def test_all_records_behind_what_is_there(pytester: pytest.Pytester, run: Run) -> None:
    """Mode all keeps what was recorded and adds to it, if the test passes."""
    pytester.makepyfile(test_it=CHEAP)
    run(*FROM_FAKE, "--nemo-record=all").assert_outcomes(passed=1)
    once = _requests(_cassette(pytester))
    run(*FROM_FAKE, "--nemo-record=all").assert_outcomes(passed=1)
    assert _requests(_cassette(pytester)) == once * 2
    pytester.makepyfile(test_it=CHEAP.replace("100", "7"))
    run(*FROM_FAKE, "--nemo-record=all").assert_outcomes(failed=1)
    assert _requests(_cassette(pytester)) == once * 2


def test_two_tests_do_not_record_one_cassette(pytester: pytest.Pytester, run: Run) -> None:
    """Who shares a cassette can replay it, and records it alone."""
    pytester.makepyfile(
        test_it="""
            import pytest

            pytestmark = pytest.mark.nemo_cassette("shared")

            def test_one(nemo_client_sync):
                nemo_client_sync.credits()

            def test_two(nemo_client_sync):
                nemo_client_sync.credits()
        """
    )
    result = run("--nemo-record=once", "--nemo-record-from=fake")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(
        [
            "*cassettes/test_it/shared.yaml is the cassette of 2 tests of this run (also test_it.py::*"
        ]
    )
    run("--nemo-record=once", "--nemo-record-from=fake", "-k", "one").assert_outcomes(passed=1)
    run().assert_outcomes(passed=2)


def test_a_cassette_that_another_process_records_is_refused(
    pytester: pytest.Pytester, run: Run
) -> None:
    """Two runs at once do not spoil each other's recording."""
    pytester.makepyfile(test_it=CHEAP)
    place = _cassette(pytester)
    held = place.with_name(f"{place.name}.rewrite") / f"{place.name}.open"
    held.mkdir(parents=True)
    lock = Lock(held / "lock", place)
    result = run(*FROM_FAKE, "--nemo-record=once")
    lock.release()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*is being recorded by another process*"])


def test_a_fault_of_the_test_is_recorded_and_replayed(pytester: pytest.Pytester, run: Run) -> None:
    """What goes wrong while recording goes wrong in the replay, without a fake."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_faults("turn.heartbeat[1]", {"break": "reset"}, side="after")
            def test_cut(nemo_client_sync):
                turn = nemo_client_sync.chat("generate a 5 second clip of a beach at dawn")
                assert turn.ended != "closed"
        """
    )
    run(*FROM_FAKE, "--nemo-record=once").assert_outcomes(passed=1)
    run("--nemo-target=cassette").assert_outcomes(passed=1)


def test_recording_the_live_service_needs_to_be_allowed(
    pytester: pytest.Pytester, run: Run
) -> None:
    """The live service is what is recorded unless said otherwise, and is not reached by accident."""
    pytester.makepyfile(test_it=CHEAP)
    result = run("--nemo-target=cassette", "--nemo-record=once")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*test_balance.yaml is not recorded: * --nemo-live, --nemo-budget=CREDITS*from=fake*"]
    )


def test_what_cannot_be_written_fails_the_test_and_writes_nothing(
    pytester: pytest.Pytester, run: Run
) -> None:
    """A session of which something is missing is no cassette, even if the test did not notice."""
    pytester.makepyfile(
        test_it="""
            def test_balance(nemo_client_sync, monkeypatch):
                from nemovideo_proxy.cassette.writer import Writer

                def full(*_):
                    raise OSError(28, "No space left on device")

                monkeypatch.setattr(Writer, "add", full)
                try:
                    nemo_client_sync.credits()
                except Exception:
                    pass
        """
    )
    result = run(*FROM_FAKE, "--nemo-record=once")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*the cassette cannot be written: No space left on device*"])
    assert not _cassette(pytester).exists()
