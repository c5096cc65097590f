"""A URL that does not lead to this machine costs until the opposite is known: it is opted in, and counted."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver import Fake
from nemovideo_pytest.sealing import hosts
from pytest_package.targets.conftest import Run

URL = "https://nemo.example"
CONSENT = ("--nemo-live", "--nemo-budget=100")
IMPORTED = "raise SystemExit('it was imported')"

TALK = """
    def test_talk(nemo_client_sync):
        nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")

    def test_more(nemo_client_sync):
        nemo_client_sync.chat("Make a 20-second lo-fi loop at 80 BPM")
        nemo_client_sync.chat("Make a 10-second lo-fi loop at 80 BPM")
"""


@pytest.fixture
def far(served: tuple[Fake, str], monkeypatch: pytest.MonkeyPatch) -> tuple[Fake, str]:
    """A fake at a URL which is taken for another machine."""
    monkeypatch.setattr(hosts, "is_local", lambda _host: False)
    return served


def _refused(result: pytest.RunResult, sentence: str) -> None:
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {sentence}"])


@pytest.mark.parametrize(
    ("args", "missing"),
    [
        ((), "--nemo-live, --nemo-budget=CREDITS"),
        (("--nemo-live",), "--nemo-budget=CREDITS"),
        (("--nemo-budget=100",), "--nemo-live"),
        (("--nemo-target=cassette", "--nemo-record=once"), "--nemo-live, --nemo-budget=CREDITS"),
        (("--nemo-target=served",), "--nemo-live, --nemo-budget=CREDITS"),
    ],
)
def test_another_machine_needs_the_consents_of_the_live_service(
    pytester: pytest.Pytester, run: Run, args: tuple[str, ...], missing: str
) -> None:
    """Before any test is collected: what is missing, and why."""
    pytester.makepyfile(test_it=IMPORTED)
    _refused(
        run(f"--nemo-url={URL}", *args),
        f"--nemo-url leads to nemo.example, which may cost credits, and is reached only with {missing}",
    )


def test_a_url_of_the_environment_or_the_ini_file_needs_them_too(
    pytester: pytest.Pytester, run: Run, bare: pytest.MonkeyPatch
) -> None:
    """The place where the URL stands is named."""
    pytester.makepyfile(test_it=IMPORTED)
    pytester.makeini(f"[pytest]\nnemo_url = {URL}\n")
    _refused(run(), "nemo_url leads to nemo.example, *only with --nemo-live, *")
    bare.setenv("NEMO_PYTEST_URL", "http://192.0.2.1")
    _refused(run(), "NEMO_PYTEST_URL leads to 192.0.2.1, *only with --nemo-live, *")


def test_the_addopts_of_a_project_allow_nothing(
    pytester: pytest.Pytester, run: Run, bare: pytest.MonkeyPatch
) -> None:
    """They look like the command line, and are an ini file; PYTEST_ADDOPTS is of who runs the tests."""
    pytester.makepyfile(test_it=IMPORTED)
    pytester.makeini(f"[pytest]\naddopts = --nemo-url={URL} {' '.join(CONSENT)}\n")
    _refused(run(), "*only with --nemo-live, --nemo-budget=CREDITS")
    bare.setenv("PYTEST_ADDOPTS", "--nemo-live --nemo-budget 100")
    bare.setenv("CI", "true")
    _refused(run(), "*CI is set, and jobs do not spend credits unless NEMO_PYTEST_LIVE_IN_CI=yes*")


@pytest.mark.slow
def test_several_processes_are_refused(pytester: pytest.Pytester, run_apart: Run) -> None:
    """There is one budget."""
    pytester.makepyfile(test_it=IMPORTED)
    _refused(run_apart(f"--nemo-url={URL}", *CONSENT, "-n2"), "*one budget: leave -n out")


def test_a_job_spends_nothing_unless_it_is_meant_to(
    pytester: pytest.Pytester, run: Run, bare: pytest.MonkeyPatch
) -> None:
    """`off` is off here as everywhere; and where CI names the service it is a job as well."""
    pytester.makepyfile(test_it=IMPORTED)
    bare.setenv("CI", "woodpecker")
    for word in ("off", "no", "0", "FALSE"):
        bare.setenv("NEMO_PYTEST_LIVE_IN_CI", word)
        _refused(run(f"--nemo-url={URL}", *CONSENT), "*CI is set, and jobs do not spend*")


def test_what_is_spent_there_is_counted(
    pytester: pytest.Pytester, run: Run, far: tuple[Fake, str]
) -> None:
    """Each test has its world, and all of them one budget: the message that could exceed it is not sent."""
    pytester.makepyfile(test_it=TALK)
    result = run(f"--nemo-url={far[1]}", "--nemo-live", "--nemo-budget=190")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["100 of the 190 credits of --nemo-budget are spent, *"])
    result.stdout.fnmatch_lines([f"NemoVideo, live: {far[1]}: 50 of 190 credits spent, 1 message"])


def test_recording_from_there_is_counted_too(
    pytester: pytest.Pytester, run: Run, far: tuple[Fake, str]
) -> None:
    """Also for a test that says by its mark that it records, which is found out last."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_cassette(mode="once")
            def test_talk(nemo_client_sync):
                nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
        """
    )
    url = f"--nemo-url={far[1]}"
    result = run(url, "--nemo-target=cassette")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*test_talk.yaml is not recorded: --nemo-url leads to *"])
    result = run(url, "--nemo-target=cassette", *CONSENT)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*50 of 100 credits spent, 1 message"])


def test_the_target_live_with_a_url_is_live_at_that_url(
    pytester: pytest.Pytester, run: Run, served: tuple[Fake, str], bare: pytest.MonkeyPatch
) -> None:
    """With the budget, wherever it leads, and with all consents."""
    pytester.makepyfile(test_it="def test_it(nemo_service): print('at', nemo_service)")
    live = ("--nemo-target=live", f"--nemo-url={served[1]}")
    _refused(run(*live), "the live service costs credits, *NEMO_TOKEN in the environment")
    bare.setenv("NEMO_TOKEN", "nmv_usr_mine")
    result = run(*live, *CONSENT, "-s", "--nemo-seal")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [f"*at <Service live {served[1]}>", "*0 of 100 credits spent, 0 messages"]
    )


@pytest.mark.parametrize("world", ["", "/~ours"])
def test_the_token_of_the_environment_is_sent_to_no_url(
    pytester: pytest.Pytester,
    run: Run,
    served: tuple[Fake, str],
    bare: pytest.MonkeyPatch,
    world: str,
) -> None:
    """It is for the live service: at a URL each client asks for a token of its own."""
    bare.setenv("NEMO_TOKEN", "nmv_usr_of_the_live_service")
    bare.setenv("NEMO_CLIENT_ID", "me-at-the-live-service")
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_service, nemo_client_sync):
                mine, other = nemo_client_sync, nemo_service.client(client_id="another")
                tokens = {each.connect() and each.token for each in (mine, other)}
                assert len(tokens) == 2
                assert "nmv_usr_of_the_live_service" not in tokens
                assert mine.credits().available == 100
        """
    )
    run(f"--nemo-url={served[1]}{world}").assert_outcomes(passed=1)
