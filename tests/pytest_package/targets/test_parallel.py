from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pytest_package.targets.conftest import Run

SUITE = """
    import asyncio, wave
    import pytest

    @pytest.fixture
    def sound(tmp_path):
        path = tmp_path / "sound.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes(16000))
        return path

    def test_upload(nemo_client_sync, sound):
        nemo_client_sync.upload(sound)

    def test_upload_in_asyncio(nemo_client, sound):
        asyncio.run(nemo_client.upload(sound))

    def test_film(nemo_client_sync, tmp_path):
        nemo_client_sync.chat("Generate a 5 second video of a beach")
        nemo_client_sync.export(tmp_path / "film.mp4")

    @pytest.mark.parametrize("number", range(4))
    def test_talk(nemo_client_sync, number):
        turn = nemo_client_sync.chat(f"Make a {10 + number}-second lo-fi loop at 80 BPM")
        assert turn.ended == "closed"

    class TestMore:
        def test_balance(self, nemo_client):
            assert asyncio.run(nemo_client.credits()).available == 100

        @pytest.mark.parametrize("name", ["a/b", "c:d"])
        def test_named(self, nemo_client_sync, name):
            nemo_client_sync.credits()
"""

RECORD = ("--nemo-target=cassette", "--nemo-record-from=fake")


def _all_files(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


@pytest.mark.slow
def test_recorded_in_parallel_the_files_are_the_same(
    pytester: pytest.Pytester, run: Run, run_apart: Run
) -> None:
    """Byte for byte, by name: recorded by one process, and by two others."""
    pytester.makepyfile(test_it=SUITE)
    folder = pytester.path / "cassettes"
    run(*RECORD, "--nemo-record=once").assert_outcomes(passed=10)
    alone = _all_files(folder)
    assert len(alone) == 13
    shutil.rmtree(folder)
    run_apart(*RECORD, "--nemo-record=once", "-n2").assert_outcomes(passed=10)
    assert _all_files(folder) == alone
    run_apart("--nemo-target=cassette", "--nemo-seal", "-n2").assert_outcomes(passed=10)


@pytest.mark.slow
def test_in_parallel_two_tests_do_not_record_one_cassette_either(
    pytester: pytest.Pytester, run_apart: Run
) -> None:
    """Each worker knows all tests, so that both refuse, whoever runs them."""
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
    result = run_apart("--nemo-record=once", "--nemo-record-from=fake", "-n2")
    result.assert_outcomes(errors=2)
    assert not (pytester.path / "cassettes").exists()
