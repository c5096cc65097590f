"""What settings can be: every wrong value ends the run at once, and the place where it stands is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_pytest.kinds import OFF, ON, is_on
from support.newcomer import Suite, passed

WRONG = [
    ("rate", "fast", "is no number above 0"),
    ("budget", "abc", "is no number above 0"),
    ("budget", "99.5", "is below 100: a message to the agent counts as 100 credits"),
    ("seal", "enabled", "is no switch: it is on with yes, on, true, 1, off with no, off, false, 0"),
    ("live_in_ci", "perhaps", "is no switch"),
    ("strict", "2", "is no switch"),
    ("judge", "loud", "is none of off, warn, error"),
    ("record", "new_episodes", "is none of none, once, all, rewrite"),
    ("variant", "foo", "is no reading: say KEY=VALUE"),
    ("variant", "=a=b", "is no reading: say KEY=VALUE"),
    ("variant", "preset=9", "is no reading: preset cannot be '9'"),
    ("variant", "sse_dialekt=adk", "is no reading: "),
]
PERSONAL = ("live", "budget", "live_in_ci")


def _ends(result: pytest.RunResult, sentence: str) -> None:
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {sentence}" in result.stderr.str()
    assert "collected" not in result.stdout.str()


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_value_of_the_environment_names_its_variable(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    """Not the flag, which nobody gave."""
    variable = f"NEMO_PYTEST_{name.upper()}"
    monkeypatch.setenv(variable, value)

    _ends(suite.run("def test_it(): pass"), f"{variable}: {value!r} {sentence}")


@pytest.mark.parametrize(
    ("name", "value", "sentence"), [row for row in WRONG if row[0] not in PERSONAL]
)
def test_a_wrong_value_of_the_ini_file_names_its_key(
    suite: Suite, name: str, value: str, sentence: str
) -> None:
    """`-o` is the ini file as well."""
    result = suite.run("def test_it(): pass", "-o", f"nemo_{name}={value}")

    _ends(result, f"nemo_{name}: {value!r} {sentence}")


@pytest.mark.parametrize(
    ("name", "value", "sentence"), [row for row in WRONG if row[0] in ("variant", "budget", "rate")]
)
def test_a_wrong_value_of_a_flag_names_the_flag(
    suite: Suite, name: str, value: str, sentence: str
) -> None:
    """What has a list of choices, pytest refuses itself."""
    result = suite.run("def test_it(): pass", f"--nemo-{name}={value}")

    _ends(result, f"--nemo-{name}: {value!r} {sentence}")


def test_the_ini_file_has_no_personal_settings(suite: Suite) -> None:
    """Pytest says so of a key that it does not know."""
    suite.pytester.makeini("[pytest]\nnemo_live = yes\n")
    result = suite.run("def test_it(): pass")

    passed_with_a_warning = result.parseoutcomes()
    assert passed_with_a_warning["passed"] == 1
    assert "Unknown config option: nemo_live" in result.stdout.str()


def test_an_empty_value_says_nothing(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next place is asked."""
    monkeypatch.setenv("NEMO_PYTEST_JUDGE", "")
    monkeypatch.setenv("NEMO_PYTEST_SEAL", "")

    passed(suite.run("def test_it(): pass"))


@given(st.sampled_from(ON + OFF), st.booleans())
def test_a_switch_is_on_or_off_in_any_case(word: str, loud: bool) -> None:
    """There are four words for each."""
    assert is_on(word.upper() if loud else word) == (word in ON)


@given(st.text().filter(lambda word: word.strip().lower() not in ON + OFF))
def test_any_other_word_is_no_switch(word: str) -> None:
    """Nothing is quietly off."""
    with pytest.raises(ValueError, match="is no switch"):
        is_on(word)
