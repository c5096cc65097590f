"""Each fixture, in each of the worlds of the fake."""

from __future__ import annotations

import pytest

from support.newcomer import Suite, passed, text

WORLDS = ("fake", "served")


def test_three_lines_are_a_test(suite: Suite) -> None:
    """What a newcomer writes passes, against a new account with its free credits."""
    result = suite.run(
        """
        def test_credits(nemo_client_sync):
            assert nemo_client_sync.credits().available == 100
        """
    )

    passed(result)


@pytest.mark.parametrize("world", WORLDS)
def test_all_fixtures_of_a_test_are_about_one_service(suite: Suite, world: str) -> None:
    """What a client does stands in the journal; its clock is the clock; its faults strike."""
    result = suite.run(
        """
        def test_all(nemo_service, nemo_client_sync, nemo_clock, nemo_faults, nemo_journal):
            armed = nemo_faults.arm("GET /api/credits/balance/simple", {"status": 503})
            assert nemo_faults.unfired() == [armed] == list(nemo_faults)
            before = nemo_clock.now()
            nemo_client_sync.credits()
            assert nemo_faults.unfired() == []
            assert nemo_clock.now() > before, "it waited, and asked again"
            verify.assert_count(nemo_journal, "GET /api/credits/balance/simple", 2)
            assert nemo_service.now() == nemo_clock.now()
        """,
        f"--nemo-target={world}",
    )

    passed(result)


@pytest.mark.parametrize("world", WORLDS)
def test_time_is_moved_by_the_test(suite: Suite, world: str) -> None:
    """A jump goes as far as it says, a sleep as well, and no real time passes."""
    result = suite.run(
        """
        def test_week(nemo_clock):
            begun = nemo_clock.now()
            nemo_clock.jump(604_800)
            nemo_clock.sleep_sync(30)
            nemo_clock.jump_to(begun + 604_900)
            assert nemo_clock.now() == begun + 604_900
            with pytest.raises(ValueError):
                nemo_clock.jump_to(begun)
        """,
        f"--nemo-target={world}",
    )

    passed(result)


@pytest.mark.parametrize("world", WORLDS)
def test_a_stream_that_is_open_hears_of_a_jump(suite: Suite, world: str) -> None:
    """What was due meanwhile is there to be read, and the stream ends as it would have."""
    result = suite.run(
        """
        def test_stream(nemo_client_sync, nemo_clock):
            with nemo_client_sync.stream("generate a 5 second clip of a beach at dawn") as stream:
                events = iter(stream)
                next(events)
                begun = nemo_clock.now()
                nemo_clock.jump(60)
                assert nemo_clock.now() == begun + 60
                assert len(list(events)) > 5
            assert stream.result.ended == "closed"
        """,
        f"--nemo-target={world}",
    )

    passed(result)


def test_a_client_of_ones_own_is_somebody_else(suite: Suite) -> None:
    """With another client id it is another account, whoever the first client is."""
    result = suite.run(
        """
        ANN = {"accounts": [{"name": "ann", "credits": 7, "client_id": "ann"}]}

        @pytest.mark.nemo_scenario(ANN)
        def test_two(nemo_service, nemo_client_sync):
            assert nemo_client_sync.credits().available == 7
            assert nemo_service.client(client_id="bob").credits().available == 100
        """
    )

    passed(result)


def test_a_token_of_the_environment_is_not_for_the_fake(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a URL: a suite runs the same on a machine that is set up for the real service."""
    monkeypatch.setenv("NEMO_TOKEN", "nmt_of_another_service")
    monkeypatch.setenv("NEMO_API_URL", "https://api.test")
    result = suite.run(
        """
        def test_credits(nemo_client_sync):
            assert nemo_client_sync.credits().available == 100
            assert nemo_client_sync.token != "nmt_of_another_service"
        """
    )

    passed(result)


def test_the_fake_is_in_process_whatever_was_chosen(suite: Suite) -> None:
    """A test that asks for it has it under any target, and its client is the client of that fake."""
    result = suite.run(
        """
        def test_fake(nemo_client_sync, nemo_fake, nemo_service):
            assert nemo_service.target == "fake"
            nemo_client_sync.credits()
            assert len(nemo_fake.journal)
        """,
        "--nemo-target=served",
    )

    passed(result)


def test_a_fake_that_is_asked_for_too_late_is_refused(suite: Suite) -> None:
    """A test that has a service of another target is told how to ask."""
    result = suite.run(
        """
        def test_late(nemo_client_sync, request):
            request.getfixturevalue("nemo_fake")
        """,
        "--nemo-target=served",
    )

    result.assert_outcomes(failed=1)
    assert "make nemo_fake an argument of the test" in text(result)


def test_a_test_has_one_service(suite: Suite) -> None:
    """To ask for both the fake and the server is a mistake, and said to be one."""
    result = suite.run("def test_both(nemo_fake, nemo_server): pass")

    result.assert_outcomes(errors=1)
    assert "asks for nemo_fake and nemo_server" in text(result)


@pytest.mark.parametrize("world", WORLDS)
def test_every_test_has_a_service_of_its_own(suite: Suite, world: str) -> None:
    """What one test spends the next one has, and time begins anew."""
    result = suite.run(
        """
        @pytest.mark.parametrize("n", [1, 2])
        def test_spends(nemo_client_sync, nemo_clock, n):
            assert nemo_client_sync.credits().available == 100
            assert nemo_clock.now() < 1993433613 + 60
            nemo_client_sync.chat("generate a 5 second clip of a beach at dawn")
            assert nemo_client_sync.credits().available == 0
        """,
        f"--nemo-target={world}",
    )

    passed(result, 2)


def test_methods_of_a_test_case_have_fixtures_too(suite: Suite) -> None:
    """By a fixture of their class, as pytest gives fixtures to unittest."""
    result = suite.run(
        """
        class TestCredits(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _nemo(self, nemo_client_sync):
                self.nemo = nemo_client_sync

            def test_credits(self):
                self.assertEqual(self.nemo.credits().available, 100)
        """
    )

    passed(result)
