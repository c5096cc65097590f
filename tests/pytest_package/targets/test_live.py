from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from nemovideo_fakeserver import Fake, Options, scenario, verify
from nemovideo_fakeserver.cli.identity import of_scenario
from nemovideo_pytest.doors.door import on_a_port
from pytest_package.targets.conftest import Run

ALLOWED = ("--nemo-target=live", "--nemo-live")

EDITS = """
    import asyncio
    import pytest

    def test_first(nemo_client_sync):
        nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")

    def test_second(nemo_client):
        asyncio.run(nemo_client.chat("Make a 20-second lo-fi loop at 80 BPM"))

    def test_third(nemo_client_sync):
        nemo_client_sync.credits()

    def test_of_no_service():
        pass
"""


class Bank(NamedTuple):
    """What stands for the live service: a fake that runs fast, and the token of somebody who is rich."""

    fake: Fake
    url: str
    token: str

    @property
    def messages(self) -> int:
        """How many paid calls have reached it."""
        return verify.count(self.fake.journal, "POST /run_sse")


@pytest.fixture
def bank(bare: pytest.MonkeyPatch) -> Iterator[Bank]:
    """A service that costs, named by the environment together with a token."""
    rich = scenario.of({"accounts": [{"name": "mia", "credits": 1000}]})
    options = Options(scenario=rich, rate=600.0, autojump=False)
    with Fake(options) as fake, on_a_port(fake) as url:
        token = of_scenario(fake)["NEMO_TOKEN"]
        bare.setenv("NEMO_API_URL", url)
        bare.setenv("NEMO_TOKEN", token)
        yield Bank(fake, url, token)


@pytest.mark.parametrize(
    ("args", "missing"),
    [
        (("--nemo-target=live",), "--nemo-live, --nemo-budget=CREDITS"),
        (("--nemo-target=live", "--nemo-budget=100"), "--nemo-live"),
        (ALLOWED, "--nemo-budget=CREDITS"),
        (("--nemo-record=once", "--nemo-record-from=live", "--nemo-live"), "--nemo-budget=CREDITS"),
    ],
)
def test_what_is_missing_is_said_before_any_test_is_collected(
    pytester: pytest.Pytester, run: Run, bank: Bank, args: tuple[str, ...], missing: str
) -> None:
    """All that is missing, and nothing else, in one sentence; no test module is imported."""
    pytester.makepyfile(test_it="raise SystemExit('it was imported')")
    result = run(*args)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [f"ERROR: the live service costs credits, and is reached only with {missing}"]
    )


def test_a_token_is_needed(
    pytester: pytest.Pytester, run: Run, bank: Bank, bare: pytest.MonkeyPatch
) -> None:
    """Somebody has to pay."""
    bare.delenv("NEMO_TOKEN")
    pytester.makepyfile(test_it=EDITS)
    result = run(*ALLOWED, "--nemo-budget=100")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*only with NEMO_TOKEN in the environment"])


def test_an_ini_file_allows_nothing(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """What a project says is not what the one who runs its tests says."""
    pytester.makeini("[pytest]\nnemo_target = live\nnemo_live = yes\nnemo_budget = 1000\n")
    pytester.makepyfile(test_it=EDITS)
    result = run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*only with --nemo-live, --nemo-budget=CREDITS"])


def test_the_environment_allows_it(
    pytester: pytest.Pytester, run: Run, bank: Bank, bare: pytest.MonkeyPatch
) -> None:
    """It is of the one who runs the tests, as the command line is."""
    bare.setenv("NEMO_PYTEST_LIVE", "yes")
    bare.setenv("NEMO_PYTEST_BUDGET", "1000")
    pytester.makepyfile(test_it=EDITS)
    run("--nemo-target=live").assert_outcomes(passed=4)


def test_a_job_spends_nothing_unless_it_is_meant_to(
    pytester: pytest.Pytester, run: Run, bank: Bank, bare: pytest.MonkeyPatch
) -> None:
    """Where CI is set, a variable of its own has to be set as well."""
    pytester.makepyfile(test_it="def test_it(nemo_client_sync): nemo_client_sync.credits()")
    bare.setenv("CI", "true")
    assert run(*ALLOWED, "--nemo-budget=100").ret == pytest.ExitCode.USAGE_ERROR
    bare.setenv("NEMO_PYTEST_LIVE_IN_CI", "yes")
    assert run(*ALLOWED, "--nemo-budget=100").ret == pytest.ExitCode.OK


@pytest.mark.slow
def test_several_processes_are_refused(
    pytester: pytest.Pytester, run_apart: Run, bank: Bank
) -> None:
    """There is one budget and one account."""
    pytester.makepyfile(test_it=EDITS)
    result = run_apart(*ALLOWED, "--nemo-budget=100", "-n2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*is tested by one process, as there is one budget: leave -n out"])
    assert bank.messages == 0


def test_what_was_spent_is_said_at_the_end(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """The last balance counts, sealed or not: the service itself may be reached."""
    pytester.makepyfile(test_it=EDITS)
    result = run(*ALLOWED, "--nemo-budget=1000", "--nemo-seal")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(
        [f"NemoVideo, live: {bank.url}: 100 of 1000 credits spent, 2 messages"]
    )


def test_the_message_that_could_cost_too_much_is_not_sent(
    pytester: pytest.Pytester, run: Run, bank: Bank
) -> None:
    """That test fails with a sentence, and what comes after it is skipped with the same."""
    pytester.makepyfile(test_it=EDITS)
    result = run(*ALLOWED, "--nemo-budget=120")
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    sentence = (
        "50 of the 120 credits of --nemo-budget are spent, and a message counts as 100 until the balance"
        " says otherwise: no more are sent in this run"
    )
    result.stdout.fnmatch_lines([sentence, f"SKIPPED*{sentence}"])
    result.stdout.fnmatch_lines(["*50 of 120 credits spent, 1 message"])
    assert bank.messages == 1


def test_nobody_swallows_the_refusal(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """A client that catches every error cannot hide that the budget is spent, nor try again."""
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_client_sync):
                for attempt in range(3):
                    try:
                        nemo_client_sync.chat(f"Make a {10 + attempt}-second lo-fi loop at 80 BPM")
                    except Exception:
                        pass
        """
    )
    run(*ALLOWED, "--nemo-budget=100").assert_outcomes(failed=1)
    assert bank.messages == 1


def test_at_once_no_two_share_a_balance(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """Of three messages that are sent together under a budget for one, one goes out; `gather` hides nothing."""
    pytester.makepyfile(
        test_it="""
            import asyncio

            def test_it(nemo_service):
                async def at_once():
                    clients = [nemo_service.async_client() for _ in range(3)]
                    said = (one.chat("Make a 30-second lo-fi loop at 80 BPM") for one in clients)
                    await asyncio.gather(*said, return_exceptions=True)

                asyncio.run(at_once())
        """
    )
    run(*ALLOWED, "--nemo-budget=199").assert_outcomes(failed=1)
    assert bank.messages == 1


def test_the_same_message_is_not_sent_while_its_turn_may_run(
    pytester: pytest.Pytester, run: Run, bank: Bank
) -> None:
    """What might be paid twice fails the test; the run goes on."""
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_service, nemo_client_sync):
                nemo_client_sync.connect()
                session = nemo_client_sync.session.session_id
                body = {
                    "session_id": session,
                    "new_message": {"parts": [{"text": "Make a 30-second lo-fi loop at 80 BPM"}]},
                }
                import os
                token = {"Authorization": "Bearer " + os.environ["NEMO_TOKEN"]}
                with nemo_service.http() as http:
                    for _ in range(2):
                        with http.stream("POST", "/run_sse", json=body, headers=token):
                            pass

            def test_more(nemo_client_sync):
                nemo_client_sync.credits()
        """
    )
    result = run(*ALLOWED, "--nemo-budget=1000")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["the same message was sent to this session before*"])
    assert bank.messages == 1


def test_without_a_balance_nothing_is_paid(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """Nobody knows then what a message costs."""
    bank.fake.arm("GET /api/credits/balance/simple", {"status": 500}, times=99)
    pytester.makepyfile(test_it=EDITS)
    result = run(*ALLOWED, "--nemo-budget=1000", "-k", "first")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the balance could not be read*: no message is sent"])
    assert bank.messages == 0


def test_the_token_is_never_printed(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """Not in a failure with all variables shown, and not in what is said of the service."""
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_client_sync, nemo_service):
                http = nemo_service.http()
                reply = nemo_client_sync.credits()
                print(nemo_service, nemo_client_sync, http)
                nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
                assert False
        """
    )
    result = run(*ALLOWED, "--nemo-budget=100", "-l", "-vv", "--tb=long")
    result.assert_outcomes(failed=1)
    assert bank.token not in result.stdout.str() + result.stderr.str()


def test_a_live_session_is_recorded_within_the_budget_and_replays_for_nothing(
    pytester: pytest.Pytester, run: Run, bank: Bank, bare: pytest.MonkeyPatch
) -> None:
    """The token is in no byte of the cassette, and whoever replays needs none."""
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_client_sync):
                nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
        """
    )
    record = ("--nemo-target=cassette", "--nemo-record=once")
    result = run(*record, "--nemo-live", "--nemo-budget=100")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["NemoVideo, live: *50 of 100 credits spent, 1 message"])
    (cassette,) = pytester.path.rglob("*.yaml")
    assert bank.token.encode() not in cassette.read_bytes()
    for name in ("NEMO_TOKEN", "NEMO_API_URL"):
        bare.delenv(name)
    run("--nemo-target=cassette", "--nemo-seal").assert_outcomes(passed=1)


def test_marks_that_steer_a_fake_skip(pytester: pytest.Pytester, run: Run, bank: Bank) -> None:
    """The real service cannot be told what to be."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_scenario("happy")
            def test_scenario(nemo_service): pass

            @pytest.mark.nemo_variant(render_shape="data")
            def test_variant(nemo_service): pass

            def test_clock(nemo_clock): pass
        """
    )
    run(*ALLOWED, "--nemo-budget=100").assert_outcomes(skipped=3)
