"""What marks ask of the service of a test."""

from __future__ import annotations

import pytest

from support.newcomer import Suite, passed, text

EVERYWHERE = ("--nemo-target=fake", "--nemo-target=served")


@pytest.mark.parametrize("flag", EVERYWHERE)
def test_a_scenario_is_ready_or_a_dict_or_a_file_beside_the_test(suite: Suite, flag: str) -> None:
    """The nearest mark counts."""
    (suite.pytester.path / "mine.yaml").write_text("name: mine\nnewcomers: {credits: 11}\n")
    result = suite.run(
        """
        pytestmark = pytest.mark.nemo_scenario("no-credits")

        def test_ready(nemo_client_sync):
            assert nemo_client_sync.credits().available == 0

        @pytest.mark.nemo_scenario({"newcomers": {"credits": 12}})
        def test_dict(nemo_client_sync):
            assert nemo_client_sync.credits().available == 12

        @pytest.mark.nemo_scenario("mine.yaml")
        def test_file(nemo_client_sync):
            assert nemo_client_sync.credits().available == 11

        @pytest.mark.nemo_scenario({"newcomers": {"credits": 13}})
        def test_server(nemo_client_sync, nemo_server):
            assert nemo_client_sync.credits().available == 13
        """,
        flag,
    )

    passed(result, 4)


@pytest.mark.parametrize("flag", EVERYWHERE)
def test_the_nearest_reading_holds(suite: Suite, flag: str) -> None:
    """The mark of a test before that of its module, before the flag, before the scenario."""
    result = suite.run(
        """
        pytestmark = [
            pytest.mark.nemo_scenario({"variants": {"client_limit": "2", "ip_limit": "none"}}),
            pytest.mark.nemo_variant(client_limit="4"),
        ]

        def tokens(service):
            with service.http() as http:
                for count in range(9):
                    asked = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
                    if asked.status_code == 429:
                        return count
            return 9

        def test_module(nemo_service):
            assert tokens(nemo_service) == 4

        @pytest.mark.nemo_variant(client_limit="none")
        def test_own(nemo_service):
            assert tokens(nemo_service) == 9

        @pytest.mark.nemo_variant(client_limit=5)
        def test_server(nemo_service, nemo_server):
            assert tokens(nemo_service) == 5
        """,
        flag,
        "--nemo-variant=client_limit=3",
        "--nemo-judge=off",
    )

    passed(result, 3)


@pytest.mark.parametrize("flag", EVERYWHERE)
def test_faults_are_armed_before_the_test(suite: Suite, flag: str) -> None:
    """All marks count, in order of reading; on the server, too."""
    result = suite.run(
        """
        BALANCE = "GET /api/credits/balance/simple"
        pytestmark = pytest.mark.nemo_faults(BALANCE, {"status": 502})

        @pytest.mark.nemo_faults(BALANCE, {"status": 503})
        def test_two(nemo_client_sync, nemo_faults, nemo_journal):
            first, second = nemo_faults
            nemo_client_sync.credits()
            assert (first.fired, second.fired) == (1, 1)

        def test_server(nemo_client_sync, nemo_server, nemo_faults):
            nemo_client_sync.credits()
            assert nemo_faults.unfired() == []
        """,
        flag,
    )

    passed(result, 2)


WRONG = {
    "nemo_scenario('no-such')": "no-such",
    "nemo_scenario()": "nemo_scenario takes one thing",
    "nemo_scenario({'creditz': 1})": "creditz",
    "nemo_variant(no_such='x')": "no_such",
    "nemo_variant('x')": "nemo_variant takes names and values",
    "nemo_faults('no.such', {'status': 503})": "no.such",
    "nemo_faults('POST /run_sse')": "nemo_faults takes a place and what is done there",
    "nemo_faults('POST /run_sse', {'status': 503}, sometimes=1)": "sometimes",
    "nemo_target('moon')": "'moon'",
    "nemo_target()": "nemo_target names none",
}


@pytest.mark.parametrize("mark", WRONG)
def test_what_a_mark_says_wrong_is_told_in_a_sentence(suite: Suite, mark: str) -> None:
    """It names the test and the word, and shows nothing of the plugin's inside."""
    result = suite.run(f"@pytest.mark.{mark}\ndef test_it(nemo_service): pass")

    result.assert_outcomes(errors=1)
    assert WRONG[mark] in text(result)
    assert "test_mine.py::test_it:" in text(result)
    assert "Traceback" not in text(result)
    assert "nemovideo_pytest/" not in text(result)


def test_a_word_on_the_command_line_is_held_against_the_readings(suite: Suite) -> None:
    """A flag that is no reading ends the run at once, in a sentence."""
    result = suite.run("def test_it(nemo_service): pass", "--nemo-variant=adk")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--nemo-variant: 'adk' is no reading: say KEY=VALUE" in result.stderr.str()


def test_every_mark_is_known_to_pytest(suite: Suite) -> None:
    """With strict markers nothing has to be declared."""
    result = suite.run_apart(
        """
        @pytest.mark.nemo_scenario("happy")
        @pytest.mark.nemo_variant(preset="4.4")
        @pytest.mark.nemo_faults("GET /api/credits/balance/simple", {"status": 503})
        @pytest.mark.nemo_target("fake")
        @pytest.mark.nemo_breaks("polled-too-fast", because="it is a test")
        def test_it(nemo_client_sync):
            nemo_client_sync.credits()
        """,
        "--strict-markers",
        "-W",
        "error",
    )

    passed(result)
