"""What becomes of a test for how it left its service."""

from __future__ import annotations

import pytest

from support.newcomer import Suite, passed, text

UNFIRED = """
@pytest.mark.nemo_faults("turn.heartbeat[2]", {"break": "reset"}, side="after")
def test_it(nemo_client_sync):
    nemo_client_sync.credits()
"""

STRAY = """
def test_it(nemo_service):
    with nemo_service.http() as http:
        http.get("/api/v1/generate")
        http.get("/api/v1/generate")
"""

IMPATIENT = """
def test_it(nemo_client_sync, nemo_service):
    nemo_client_sync.chat("generate a 5 second clip of a beach at dawn")
    session, token = nemo_client_sync.session, nemo_client_sync.token
    head = {"Authorization": f"Bearer {token}"}
    with nemo_service.http() as http:
        http.get("/api/credits/balance/simple", headers=head)
"""
"""The second request leaves the attribution out."""


@pytest.mark.parametrize("world", ["fake", "served"])
def test_a_fault_that_never_fired_fails_the_test(suite: Suite, world: str) -> None:
    """In the test's own name, with why it did not fire, and all that happened."""
    result = suite.run(UNFIRED, f"--nemo-target={world}")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "1 armed fault never fired: f1: after turn.heartbeat?2?: break reset (never reached: *",
            "*token     200*",
            "*credits   200*",
            "FAILED test_mine.py::test_it - Failed: 1 armed fault never fired: f1: after *",
        ]
    )
    assert text(result).count("credits   200") == 1, "the story is told once"


def test_a_fault_that_chance_has_spared_fails_nothing(suite: Suite) -> None:
    """It was reached, and its probability is what was asked for."""
    result = suite.run(
        """
        BALANCE = "GET /api/credits/balance/simple"

        @pytest.mark.nemo_faults(BALANCE, {"status": 503}, probability=0)
        def test_reached(nemo_client_sync):
            nemo_client_sync.credits()

        @pytest.mark.nemo_faults("render.completed", {"fail": "worker lost"}, probability=0.5)
        def test_never_reached(nemo_client_sync):
            nemo_client_sync.credits()
        """
    )

    result.assert_outcomes(passed=1, failed=1)
    assert "FAILED test_mine.py::test_never_reached" in text(result)


@pytest.mark.parametrize("flag", ["-x", "--tb=no", "-q", "--tb=line", "--capture=no"])
def test_it_fails_the_same_however_pytest_is_run(suite: Suite, flag: str) -> None:
    """The failure is the test's, and no flag of pytest's takes it away."""
    suite.run(UNFIRED + "def test_other(): pass", flag).assert_outcomes(
        failed=1, passed=0 if flag == "-x" else 1
    )


def test_it_fails_without_a_terminal(suite: Suite) -> None:
    """The exit code tells it where nothing is printed."""
    assert suite.run(UNFIRED, "-p", "no:terminal").ret == pytest.ExitCode.TESTS_FAILED


def test_a_test_that_has_failed_does_not_fail_twice(suite: Suite) -> None:
    """Its own reason is the reason; a section of the report shows what happened."""
    result = suite.run(
        """
        @pytest.mark.nemo_faults("turn.heartbeat[2]", {"break": "reset"}, side="after")
        def test_it(nemo_client_sync):
            nemo_client_sync.credits()
            assert 1 == 2
        """,
        "--nemo-judge=error",
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2", "*NemoVideo: what happened*", "*credits   200*"])
    assert "never fired" not in text(result)


def test_a_fixture_that_fails_shows_what_happened_before(suite: Suite) -> None:
    """The report of an error at setup has the section as well."""
    result = suite.run(
        """
        @pytest.fixture
        def project(nemo_client_sync):
            nemo_client_sync.credits()
            raise RuntimeError("no project")

        def test_it(project): pass
        """
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no project*", "*NemoVideo: what happened*", "*credits   200*"])


def test_a_fixture_that_fails_at_its_end_shows_what_happened(suite: Suite) -> None:
    """The report of an error at teardown, too: the service has ended by then, its story has not."""
    result = suite.run(
        """
        @pytest.fixture
        def project(nemo_client_sync):
            nemo_client_sync.credits()
            yield
            raise RuntimeError("no end")

        def test_it(project): pass
        """
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*no end*", "*NemoVideo: what happened*", "*credits   200*"])


def test_methods_of_a_test_case_fail_so_as_well(suite: Suite) -> None:
    """One that passes fails for what it left undone; one that fails does so for its own reason."""
    result = suite.run(
        """
        FAULT = pytest.mark.nemo_faults("turn.heartbeat[2]", {"break": "reset"}, side="after")

        @pytest.mark.usefixtures("nemo_client_sync")
        class TestIt(unittest.TestCase):
            @FAULT
            def test_undone(self): pass

            @FAULT
            def test_fails(self):
                self.assertEqual(1, 2)

            @FAULT
            def test_skips(self):
                self.skipTest("not today")
        """
    )

    result.assert_outcomes(failed=2, skipped=1)
    assert text(result).count("never fired:") == 2, "in the message of one test, and its summary"
    assert "1 != 2" in text(result)


@pytest.mark.parametrize("body", ["pytest.skip('later')", "pytest.xfail('known')"])
def test_a_test_that_leaves_early_is_not_asked(suite: Suite, body: str) -> None:
    """Who skips has not promised anything."""
    result = suite.run(f"{UNFIRED}    {body}")

    assert result.ret == pytest.ExitCode.OK
    assert "never fired" not in text(result)


def test_a_failure_that_is_expected_may_be_of_this_kind(suite: Suite) -> None:
    """A test marked xfail that leaves a fault unfired has failed as expected."""
    suite.run("@pytest.mark.xfail(strict=True)" + UNFIRED).assert_outcomes(xfailed=1)


def test_a_broken_rule_is_a_warning(suite: Suite) -> None:
    """Once for each rule, at the test, with what was done and the document that says otherwise."""
    result = suite.run(STRAY)

    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*test_mine.py:5: NemoJudgeWarning: unknown-route: Asked for GET /api/v1/generate, *(all four*"
        ]
    )


def test_each_rule_is_warned_of_in_each_test(suite: Suite) -> None:
    """The second test that breaks a rule is told as well, though Python shows a warning once a line."""
    result = suite.run(
        """
        @pytest.mark.parametrize("n", [1, 2])
        def test_it(nemo_client_sync, nemo_service, n):
            head = {"Authorization": f"Bearer {nemo_client_sync.credits() and nemo_client_sync.token}"}
            with nemo_service.http() as http:
                http.get("/api/credits/balance/simple", headers=head)
                http.put("/api/credits/balance/simple", headers=head)
        """
    )

    result.assert_outcomes(passed=2, warnings=4)


@pytest.mark.parametrize(
    "flags",
    [
        ("--nemo-judge=error",),
        ("-W", "error"),
        ("-W", "error::nemovideo_pytest.NemoJudgeWarning"),
    ],
)
def test_a_broken_rule_can_fail_the_test(suite: Suite, flags: tuple[str, ...]) -> None:
    """By the setting, or by a filter for warnings: with what happened."""
    result = suite.run_apart(IMPATIENT, *flags)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "attribution-*: Left out X-Skill-Source*",
            "*“generate a 5 second clip of a beach at dawn”*",
            "FAILED test_mine.py::test_it - Failed: attribution-*",
        ]
    )
    assert "closing.py" not in text(result)


@pytest.mark.parametrize(
    "flags",
    [
        ("--nemo-judge=off",),
        ("-W", "ignore::nemovideo_pytest.NemoJudgeWarning"),
    ],
)
def test_nobody_need_be_judged(suite: Suite, flags: tuple[str, ...]) -> None:
    """By the setting, or by a filter for warnings."""
    suite.run(IMPATIENT + STRAY.replace("test_it", "test_stray"), *flags).assert_outcomes(
        passed=2, warnings=0
    )


def test_a_rule_may_be_broken_on_purpose(suite: Suite) -> None:
    """The test says so, and why; other rules hold."""
    result = suite.run(
        """
        @pytest.mark.nemo_breaks("unknown-route", because="what circulates must be refused")
        def test_only_that(nemo_service):
            with nemo_service.http() as http:
                http.get("/api/v1/generate")

        @pytest.mark.nemo_breaks("unknown-route", because="what circulates must be refused")
        def test_more(nemo_client_sync, nemo_service):
            nemo_client_sync.credits()
            head = {"Authorization": f"Bearer {nemo_client_sync.token}"}
            with nemo_service.http() as http:
                http.get("/api/v1/generate", headers=head)
                http.get("/api/credits/balance/simple", headers=head)
        """,
        "--nemo-judge=error",
    )

    result.assert_outcomes(passed=1, failed=1)
    assert "unknown-route:" not in text(result)


WRONG = {
    "nemo_breaks('unknown-rout', because='x')": "did you mean unknown-route?",
    "nemo_breaks('zzzzzzzz', because='x')": "the judge has no rule 'zzzzzzzz'",
    "nemo_breaks('unknown-route')": "why they are broken",
    "nemo_breaks(because='x')": "nemo_breaks takes rules of the judge",
}


@pytest.mark.parametrize("mark", WRONG)
def test_what_is_broken_on_purpose_has_a_name_and_a_reason(suite: Suite, mark: str) -> None:
    """A mark that says less is an error of the setup, as with other marks: the test does not begin."""
    result = suite.run(f"@pytest.mark.{mark}\ndef test_it(nemo_client_sync): 1 / 0")

    result.assert_outcomes(errors=1)
    assert WRONG[mark] in text(result)
    assert "Traceback" not in text(result)


def test_a_long_story_is_shortened(suite: Suite) -> None:
    """Beginning and end are shown, and how many rows are not."""
    result = suite.run(
        """
        def test_it(nemo_client_sync, nemo_clock):
            for n in range(60):
                nemo_client_sync.chat(f"what can you do with {n} clips?")
                nemo_clock.jump(60)
            assert False
        """
    )

    result.stdout.fnmatch_lines(
        ["*NemoVideo: what happened*", "*rows left out*", "*with 59 clips*"]
    )
    section = text(result).partition("what happened")[2]
    assert 60 < len(section.splitlines()) < 75


def test_nothing_is_said_where_nothing_happened(suite: Suite) -> None:
    """A test that never talked has no section."""
    result = suite.run("def test_it(nemo_client_sync): assert False")

    assert "NemoVideo" not in text(result)


def test_services_do_not_outlive_their_tests(suite: Suite) -> None:
    """A fake of a test is gone when the next one runs, also where the test has failed."""
    result = suite.run_apart(
        """
        import gc
        from nemovideo_fakeserver import Fake

        @pytest.mark.parametrize("n", range(6))
        def test_it(nemo_client_sync, nemo_fake, n):
            nemo_client_sync.credits()
            gc.collect()
            alive = sum(isinstance(thing, Fake) for thing in gc.get_objects())
            assert alive == 1
        """
    )

    passed(result, 6)
