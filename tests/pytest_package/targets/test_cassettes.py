from __future__ import annotations

from pathlib import Path

import pytest

from pytest_package.targets.conftest import Run

pytestmark = pytest.mark.usefixtures("bare")

TALK = """
    def test_talk(nemo_client_sync):
        turn = nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
        assert turn.ended == "closed"
        assert nemo_client_sync.credits().available == 50
"""

RECORD = ("--nemo-target=cassette", "--nemo-record=once", "--nemo-record-from=fake")


def _cassette(pytester: pytest.Pytester, name: str = "test_talk") -> Path:
    return pytester.path / "cassettes" / "test_it" / f"{name}.yaml"


def test_recorded_from_a_fake_replays_without_one(pytester: pytest.Pytester, run: Run) -> None:
    """What was recorded from the fake is replayed, sealed and strict, with nobody there."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD).assert_outcomes(passed=1)
    assert _cassette(pytester).is_file()
    run("--nemo-target=cassette", "--nemo-seal", "--nemo-strict").assert_outcomes(passed=1)


def test_replays_in_asyncio_and_moves_its_time(pytester: pytest.Pytester, run: Run) -> None:
    """The client for asyncio replays, too, and the clock of the test is that of the replay."""
    pytester.makepyfile(
        test_it="""
            import asyncio

            def test_talk(nemo_client, nemo_clock, nemo_service):
                turn = asyncio.run(nemo_client.chat("Make a 30-second lo-fi loop at 80 BPM"))
                assert turn.duration > 10
                before = nemo_service.now()
                nemo_clock.jump(60)
                assert nemo_service.now() == before + 60
        """
    )
    run(*RECORD).assert_outcomes(passed=1)
    run("--nemo-target=cassette").assert_outcomes(passed=1)


def test_a_missing_cassette_says_how_to_record_it(pytester: pytest.Pytester, run: Run) -> None:
    """One sentence names the path and the command."""
    pytester.makepyfile(test_it=TALK)
    result = run("--nemo-target=cassette")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            (
                "test_it.py::test_talk: cassettes/test_it/test_talk.yaml is not there; this records it: pytest"
                " 'test_it.py::test_talk' --nemo-target=cassette --nemo-record=once --nemo-record-from=fake*"
            )
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("test_it.py:[0-9]*")


def test_a_miss_fails_with_the_nearest_and_each_difference(
    pytester: pytest.Pytester, run: Run
) -> None:
    """A test that asks for something else fails in its own name, even if it swallows the answer."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD).assert_outcomes(passed=1)
    pytester.makepyfile(
        test_it="""
            def test_talk(nemo_service):
                with nemo_service.http() as http:
                    http.get("/api/credits/balance", headers={"Authorization": "Bearer mine"})
        """
    )
    result = run("--nemo-target=cassette")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "GET /api/credits/balance: it was not recorded; nearest: #* GET /api/credits/balance/simple (*",
            "    path: recorded /api/credits/balance/simple, asked /api/credits/balance",
            (
                "    to record anew: pytest 'test_it.py::test_talk' --nemo-target=cassette"
                " --nemo-record=rewrite --nemo-record-from=fake"
            ),
            "cassettes/test_it/test_talk.yaml: 0 of * interactions were asked for",
        ]
    )


def test_a_test_that_fails_of_a_miss_shows_it(pytester: pytest.Pytester, run: Run) -> None:
    """The client takes it for a broken connection; the section of the report says what it was."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD).assert_outcomes(passed=1)
    pytester.makepyfile(test_it=TALK.replace("lo-fi", "jazzy"))
    result = run("--nemo-target=cassette")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *TurnLost: *",
            "* NemoVideo: what happened *",
            "POST /run_sse: it was not recorded; nearest: #4 POST /run_sse (*test_talk.yaml:*)",
            '    body.new_message.parts[[]0[]].text: recorded "Make a 30-second lo-fi *", asked "*jazzy*"',
            "    to record anew: pytest 'test_it.py::test_talk' --nemo-target=cassette *",
            "cassettes/test_it/test_talk.yaml: 3 of 5 interactions were asked for",
        ]
    )


def test_a_marked_test_is_recorded_anew_without_a_target(
    pytester: pytest.Pytester, run: Run
) -> None:
    """The command that is told does it as it stands."""
    test = """
        import pytest

        @pytest.mark.nemo_cassette
        def test_talk(nemo_service):
            nemo_service.http().get("/api/credits/balance%s", headers={"Authorization": "Bearer x"})
    """
    pytester.makepyfile(test_it=test % "/simple")
    run("--nemo-record=once", "--nemo-record-from=fake").assert_outcomes(passed=1)
    pytester.makepyfile(test_it=test % "")
    told = "pytest 'test_it.py::test_talk' --nemo-record=rewrite --nemo-record-from=fake"
    run().stdout.fnmatch_lines([f"    to record anew: {told}"])
    run(*told.replace("'", "").split()[1:]).assert_outcomes(passed=1)
    run().assert_outcomes(passed=1)


@pytest.mark.parametrize("args", [("--nemo-strict",), ()])
def test_unplayed_interactions_fail_where_that_is_strict(
    pytester: pytest.Pytester, run: Run, args: tuple[str, ...]
) -> None:
    """What was recorded and not asked for fails the test when strict, and only then."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD).assert_outcomes(passed=1)
    pytester.makepyfile(
        test_it="""
            def test_talk(nemo_client_sync):
                nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
        """
    )
    result = run("--nemo-target=cassette", *args)
    if not args:
        result.assert_outcomes(passed=1)
        return
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "recorded, and not asked for:",
            "    #* GET /api/credits/balance/simple (*test_talk.yaml:*)",
        ]
    )


def test_a_mark_names_the_cassette_and_replays_it_by_itself(
    pytester: pytest.Pytester, run: Run
) -> None:
    """Without a chosen target a marked test replays; a chosen one goes before the mark."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_cassette("shared/balance.yaml", strict=True, polls="order")
            def test_talk(nemo_client_sync, nemo_service):
                assert nemo_client_sync.credits().available == 100
                assert nemo_service.target in ("cassette", "fake")
        """
    )
    run("--nemo-record=once", "--nemo-record-from=fake").assert_outcomes(passed=1)
    assert (pytester.path / "shared" / "balance.yaml").is_file()
    run("--nemo-seal").assert_outcomes(passed=1)
    (pytester.path / "shared" / "balance.yaml").unlink()
    run("--nemo-target=fake").assert_outcomes(passed=1)
    run().assert_outcomes(errors=1)


def test_a_mode_of_the_command_line_goes_before_that_of_the_mark(
    pytester: pytest.Pytester, run: Run, bare: pytest.MonkeyPatch
) -> None:
    """Command line, mark, environment: the first that says something."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_cassette(mode="once")
            def test_talk(nemo_client_sync):
                nemo_client_sync.credits()
        """
    )
    bare.setenv("NEMO_PYTEST_RECORD", "none")
    run("--nemo-record=none").assert_outcomes(errors=1)
    run("--nemo-record-from=fake").assert_outcomes(passed=1)
    assert _cassette(pytester).is_file()


def test_an_unknown_word_of_the_mark_is_refused(pytester: pytest.Pytester, run: Run) -> None:
    """A typing error is an error, with what could be meant."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_cassette("x", stirct=True)
            def test_talk(nemo_service):
                pass
        """
    )
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*nemo_cassette knows no 'stirct': it takes a name, and mode, strict, match_on, polls*"]
    )


def test_another_folder_can_hold_them(pytester: pytest.Pytester, run: Run) -> None:
    """`--nemo-cassettes` is the root instead of the folder beside the tests."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD, "--nemo-cassettes=tapes").assert_outcomes(passed=1)
    assert (pytester.path / "tapes" / "test_it" / "test_talk.yaml").is_file()


def test_new_episodes_is_refused(pytester: pytest.Pytester, run: Run) -> None:
    """It is not offered; a mark that has it from the proxy hears what to take instead."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_cassette(mode="new_episodes")
            def test_talk(nemo_service):
                pass
        """
    )
    assert run("--nemo-record=new_episodes").ret == pytest.ExitCode.USAGE_ERROR
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*a test cannot record new_episodes: *take rewrite, or *"])


def test_a_broken_cassette_is_told_with_its_line(pytester: pytest.Pytester, run: Run) -> None:
    """Who broke it by hand hears where."""
    pytester.makepyfile(test_it=TALK)
    run(*RECORD).assert_outcomes(passed=1)
    place = _cassette(pytester)
    place.write_text(place.read_text().replace("method: POST", "mehtod: POST", 1))
    result = run("--nemo-target=cassette")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*test_talk.yaml:*"])


def test_a_client_with_a_token_of_its_own_replays_without_it(
    pytester: pytest.Pytester, run: Run
) -> None:
    """A recording in which nobody asked for a token is replayed to a client that has none."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_scenario({"accounts": [{"name": "mia", "credits": 40}]})
            def test_talk(nemo_client_sync):
                assert nemo_client_sync.credits().available == 40
        """
    )
    run(*RECORD).assert_outcomes(passed=1)
    assert "anonymous-token" not in _cassette(pytester).read_text()
    run("--nemo-target=cassette").assert_outcomes(passed=1)


def test_a_recording_knows_which_reading_it_follows(pytester: pytest.Pytester, run: Run) -> None:
    """A test about a reading replays what was recorded from a fake that follows it, and nothing else."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_variant(render_shape="data")
            def test_talk(nemo_client_sync):
                nemo_client_sync.credits()
        """
    )
    run(*RECORD).assert_outcomes(passed=1)
    run("--nemo-target=cassette").assert_outcomes(passed=1)
    run("--nemo-target=cassette", "--nemo-variant=render_shape=top").assert_outcomes(passed=1)
    place = _cassette(pytester)
    place.write_text(place.read_text().replace("render_shape=data", "render_shape=top"))
    run("--nemo-target=cassette").assert_outcomes(skipped=1)
    place.write_text(place.read_text().replace(" It follows render_shape=top", ""))
    run("--nemo-target=cassette", "--nemo-variant=render_shape=data").assert_outcomes(passed=1)


def test_a_fake_goes_on_where_the_recording_ends(pytester: pytest.Pytester, run: Run) -> None:
    """With `then="fake"` a test may say more than what was recorded."""
    test = """
        import pytest

        @pytest.mark.nemo_cassette(then="fake")
        def test_talk(nemo_client_sync):
            for wish in ("Make a 30-second lo-fi loop at 80 BPM", "Make it quieter")[:%d]:
                nemo_client_sync.chat(wish)
    """
    pytester.makepyfile(test_it=test % 1)
    run("--nemo-record=once", "--nemo-record-from=fake").assert_outcomes(passed=1)
    pytester.makepyfile(test_it=test % 2)
    run("--nemo-seal").assert_outcomes(passed=1)
    pytester.makepyfile(test_it=(test % 2).replace('then="fake"', ""))
    run().assert_outcomes(failed=1)


def test_without_the_proxy_package_one_sentence_says_what_to_install(
    pytester: pytest.Pytester, run_apart: Run
) -> None:
    """The extra is named."""
    pytester.makeconftest("import sys; sys.modules['msgspec'] = None")
    pytester.makepyfile(test_it=TALK)
    result = run_apart("--nemo-target=cassette")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*needs msgspec: pip install 'nemovideo-harness?pytest?'"])
