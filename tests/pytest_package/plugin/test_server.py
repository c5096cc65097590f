"""The server that a run shares, and the world of each test there."""

from __future__ import annotations

import re

from nemovideo_pytest.targets.server import named
from support.newcomer import Suite, passed, text


def test_a_program_in_any_language_finds_it(suite: Suite) -> None:
    """With the environment merged into its own, curl has a URL and a token of an account with credits."""
    result = suite.run(
        """
        SCRIPT = 'curl -sS "$NEMO_API_URL/api/credits/balance/simple" -H "Authorization: Bearer $NEMO_TOKEN"'

        def test_curl(nemo_server):
            ran = subprocess.run(
                ["sh", "-c", SCRIPT],
                env={**os.environ, **nemo_server.env},
                capture_output=True, text=True, check=True,
            )
            assert '"available":100' in ran.stdout
            assert nemo_server.url == nemo_server.env["NEMO_API_URL"] == nemo_server.env["NEMO_WEB_URL"]
            verify.assert_count(nemo_server.journal, "GET /api/credits/balance/simple", 1)
            (broken,) = nemo_server.verdicts().of("error")
            assert broken.rule == "attribution-missing"
            assert "credits   200" in nemo_server.timeline()
        """,
        "--nemo-judge=off",
    )

    passed(result)


def test_its_account_is_that_of_the_scenario(suite: Suite) -> None:
    """Token and client id are those of the first account that is told."""
    result = suite.run(
        """
        @pytest.mark.nemo_scenario({"accounts": [{"name": "ann", "credits": 7, "client_id": "ann"}]})
        def test_ann(nemo_server, nemo_client_sync):
            assert nemo_server.env["NEMO_CLIENT_ID"] == "ann"
            assert nemo_client_sync.credits().available == 7
            assert nemo_client_sync.token == nemo_server.env["NEMO_TOKEN"]
        """
    )

    passed(result)


def test_time_runs_there_and_can_be_moved(suite: Suite) -> None:
    """A minute takes the hundredth part of a second; a jump takes none."""
    result = suite.run(
        """
        def test_time(nemo_server, nemo_clock):
            begun = nemo_server.clock.now()
            nemo_clock.sleep_sync(60)
            assert nemo_clock.now() >= begun + 60
            nemo_server.clock.jump(604_800)
            nemo_server.clock.jump_to(begun + 700_000)
            assert nemo_clock.now() >= begun + 700_000
        """,
        "--nemo-rate=6000",
    )

    passed(result)


def test_faults_strike_there(suite: Suite) -> None:
    """Those of the fixtures and those of the marks; one that does not fails the test."""
    result = suite.run(
        """
        def test_fires(nemo_server, nemo_client_sync):
            armed = nemo_server.arm("GET /api/credits/balance/simple", {"status": 503})
            nemo_client_sync.credits()
            assert armed.fired == 1

        def test_does_not(nemo_server):
            nemo_server.arm("GET /api/credits/balance/simple", {"status": 503})
        """
    )

    result.assert_outcomes(passed=1, failed=1)
    assert "1 armed fault never fired" in text(result)


def test_every_test_has_a_world_that_is_gone_after_it(suite: Suite) -> None:
    """One server, and never more than the world of the test that runs."""
    result = suite.run(
        """
        seen = set()

        @pytest.mark.parametrize("n", range(5))
        def test_it(nemo_server, nemo_service, n):
            nemo_server.env
            seen.add(nemo_server.url.rpartition("/~")[0])
            assert len(seen) == 1
            assert [name for name in nemo_service.fake.names() if name] == [nemo_service.world]
        """
    )

    passed(result, 5)


def test_ids_are_the_same_in_every_run(suite: Suite) -> None:
    """A world is named after its test, and its ids follow from the name: not from the order of tests."""
    tests = """
    @pytest.mark.parametrize("n", range(3))
    def test_it(nemo_server, n):
        print("told:", nemo_server.env["NEMO_TOKEN"], nemo_server.url.rpartition("/")[2])
    """
    told = [
        sorted(re.findall("told: (.*)", text(suite.run(tests, "-s", *flags))))
        for flags in ((), ("-k", "2 or 1"))
    ]

    assert len(told[0]) == 3
    assert told[1] == [one for one in told[0] if one in told[1]]
    assert len(told[1]) == 2


def test_a_name_of_a_world_is_one_that_a_url_can_hold() -> None:
    """Whatever a test is called, and no two tests have the same."""
    names = [
        named(nodeid)
        for nodeid in ("a.py::test_é[x/y z]", "b.py::test_é[x/y z]", "a.py::" + "x" * 99, "a.py::é")
    ]

    assert all(re.fullmatch(r"[A-Za-z0-9-]{1,64}", name) for name in names)
    assert len({*names}) == 4
    assert names[0].startswith("test-x-y-z-")


def test_workers_have_a_server_each(suite: Suite) -> None:
    """Under pytest-xdist every test passes, whichever worker runs it."""
    suite.plugins.append("xdist")
    result = suite.run_apart(
        """
        @pytest.mark.parametrize("n", range(6))
        def test_it(nemo_server, nemo_client_sync, n):
            assert nemo_client_sync.credits().available == 100
        """,
        "-n",
        "2",
    )

    passed(result, 6)
