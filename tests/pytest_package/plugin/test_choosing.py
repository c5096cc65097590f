"""Which target a test runs against, by what was chosen and what the test is about."""

from __future__ import annotations

import pytest

from support.newcomer import Suite, passed, text

SHOWS = """
def shows(service):
    print("target:", service.target)
"""

CHOICES = [
    ((), "", "", "fake"),
    (("--nemo-target=served",), "", "", "served"),
    ((), "served", "", "served"),
    ((), "", "served", "served"),
    (("--nemo-target=fake",), "served", "served", "fake"),
    ((), "fake", "served", "fake"),
]


@pytest.mark.parametrize("choice", CHOICES)
def test_flag_before_environment_before_ini(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, choice: tuple[tuple[str, ...], str, str, str]
) -> None:
    """The nearest to the one who runs the tests decides."""
    flags, environment, ini, target = choice
    if environment:
        monkeypatch.setenv("NEMO_PYTEST_TARGET", environment)
    if ini:
        suite.pytester.makeini(f"[pytest]\nnemo_target = {ini}\n")
    result = suite.run(SHOWS + "def test_it(nemo_service): shows(nemo_service)", "-s", *flags)

    passed(result)
    assert f"target: {target}\n" in text(result)


FITS = [
    ("'fake', 'served'", "fake", "fake"),
    ("'fake', 'served'", "served", "served"),
    ("'served'", "fake", "served"),
    ("'live', 'served', 'fake'", "fake", "fake"),
    ("'live', 'server'", "fake", "server"),
]


@pytest.mark.parametrize(("names", "chosen", "target"), FITS)
def test_a_test_has_one_of_the_targets_it_is_for(
    suite: Suite, names: str, chosen: str, target: str
) -> None:
    """The chosen one if it is among them, else the first that needs no network."""
    test = f"@pytest.mark.nemo_target({names})\ndef test_it(nemo_service): shows(nemo_service)"
    result = suite.run(SHOWS + test, "-s", f"--nemo-target={chosen}")

    passed(result)
    assert f"target: {target}\n" in text(result)


def test_a_test_for_the_real_service_only_is_skipped(suite: Suite) -> None:
    """Nothing offline will do, and the reason says so."""
    result = suite.run("@pytest.mark.nemo_target('live')\ndef test_it(nemo_service): pass", "-rs")

    result.assert_outcomes(skipped=1)
    assert "it is for the target live, and this run is about fake" in text(result)


OTHERS = {
    "def test_it(nemo_fake): pass": "nemo_fake is a fake",
    "def test_it(nemo_server): pass": "nemo_server is a fake",
    "@pytest.mark.nemo_target('fake')\ndef test_it(nemo_service): pass": "for the target fake",
    "@pytest.mark.nemo_scenario('happy')\ndef test_it(nemo_service): pass": "nemo_scenario",
    "@pytest.mark.nemo_variant(preset='4.4')\ndef test_it(nemo_service): pass": "nemo_variant",
    "@pytest.mark.nemo_faults('turn.accepted', {'status': 503})\ndef test_it(nemo_client): pass": (
        "nemo_faults"
    ),
}


LIVE = ("--nemo-target=live", "--nemo-live", "--nemo-budget=100")


@pytest.mark.parametrize("real", [LIVE, ("--nemo-url=http://127.0.0.1:9",)])
@pytest.mark.parametrize("test", OTHERS)
def test_a_run_about_a_real_service_leaves_the_others_out(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, test: str, real: tuple[str, ...]
) -> None:
    """What is about a fake is no news of that service: it is skipped, with the reason, before anything is asked."""
    monkeypatch.setenv("NEMO_TOKEN", "of-somebody")
    monkeypatch.delenv("CI", raising=False)
    result = suite.run(test, "-rs", *real)

    result.assert_outcomes(skipped=1)
    assert OTHERS[test] in text(result)


def test_a_target_that_does_not_exist_ends_the_run_at_once(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is said: one sentence, and no test runs."""
    monkeypatch.setenv("NEMO_PYTEST_TARGET", "moon")
    result = suite.run("def test_it(): pass")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert (
        "NEMO_PYTEST_TARGET: 'moon' is none of fake, served, cassette, live" in result.stderr.str()
    )


@pytest.mark.parametrize("number", ["fast", "0", "-3", "nan", "inf"])
def test_a_rate_is_a_number_above_0(suite: Suite, number: str) -> None:
    """Anything else ends the run at once, in a sentence."""
    result = suite.run("def test_it(): pass", f"--nemo-rate={number}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--nemo-rate" in result.stderr.str()
    assert "no number above 0" in result.stderr.str()
