"""What can be chosen for a run: on the command line, else in the environment, else in the ini file.

`--nemo-target` is `NEMO_PYTEST_TARGET` in the environment and `nemo_target` in the ini file; so are all others.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal

import pytest

TARGETS = ("fake", "served", "cassette", "live")
MODES = ("none", "once", "new_episodes", "all", "rewrite")
SOURCES = ("fake", "served", "live")
JUDGING = ("off", "warn", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One of them: legal `choices`, where they can be listed; `several` where it may be given again.

    A `switch` is on or off; every other value is a text, that of one `above_0` the text of such a number.
    """

    name: str
    help: str
    choices: tuple[str, ...] = ()
    metavar: str | None = None
    several: bool = False
    above_0: bool = False
    switch: bool = False

    @property
    def flag(self) -> str:
        """As it is given on the command line."""
        return f"--nemo-{self.name}"

    @property
    def ini(self) -> str:
        """As it is named in the ini file, and within pytest."""
        return f"nemo_{self.name.replace('-', '_')}"

    @property
    def variable(self) -> str:
        """As it is named in the environment."""
        return f"NEMO_PYTEST_{self.name.replace('-', '_').upper()}"


SETTINGS = (
    Setting(name="target", choices=TARGETS, help="what tests run against (default: fake)"),
    Setting(name="url", metavar="URL", help="run against the service at this URL instead"),
    Setting(
        name="rate",
        metavar="N",
        above_0=True,
        help="seconds of the service that pass in a real one: for --nemo-url (default: 1), and for"
        " the fixture nemo_server (default: 600)",
    ),
    Setting(
        name="variant",
        metavar="KEY=VALUE",
        several=True,
        help="a reading of the documents that fakes follow, such as preset=4.4; may be repeated",
    ),
    Setting(
        name="judge",
        choices=JUDGING,
        help="what becomes of a test whose client broke a rule of the documents (default: warn)",
    ),
    Setting(
        name="strict", switch=True, help="fail tests that leave recorded interactions unplayed"
    ),
    Setting(
        name="cassettes", metavar="DIR", help="where cassettes are, instead of beside the tests"
    ),
    Setting(
        name="record", choices=MODES, help="what to do about cassettes (default: none, replay)"
    ),
    Setting(
        name="record-from",
        choices=SOURCES,
        help="what is recorded, where --nemo-url does not say it (default: live)",
    ),
    Setting(
        name="live", switch=True, help="allow requests to the real service, which cost credits"
    ),
    Setting(
        name="budget",
        metavar="CREDITS",
        above_0=True,
        help="what a run may cost there; needed with --nemo-live",
    ),
    Setting(name="seal", switch=True, help="forbid all connections but those to this machine"),
)


def add(parser: pytest.Parser) -> None:
    """Let pytest know all of them."""
    group = parser.getgroup("nemo", "NemoVideo")
    for setting in SETTINGS:
        more: dict[str, Any] = {"choices": setting.choices} if setting.choices else {}
        if setting.metavar:
            more["metavar"] = setting.metavar
        if setting.switch:
            more = {"action": "store_const", "const": "yes"}
        elif setting.several:
            more["action"] = "append"
        group.addoption(setting.flag, dest=setting.ini, default=None, help=setting.help, **more)
        kind: Literal["linelist", "string"] = "linelist" if setting.several else "string"
        parser.addini(setting.ini, setting.help, type=kind, default=None)


class Settings:
    """The settings of one run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def check(self) -> None:
        """Raise UsageError for the first setting that has a value it cannot have."""
        for setting in SETTINGS:
            if setting.choices:
                self.text(setting.name)
            elif setting.above_0:
                self.number(setting.name, 1.0)

    def text(self, name: str, default: str = "") -> str:
        """Return the value of a setting; raises UsageError where it is none of those it can have."""
        setting = _named(name)
        value = self._config.getoption(setting.ini)
        where = setting.flag
        if value is None:
            value, where = os.environ.get(setting.variable), setting.variable
        if not value:
            value, where = self._config.getini(setting.ini), setting.ini
        if setting.choices and value and value not in setting.choices:
            raise pytest.UsageError(
                f"{where}: {str(value)[:80]!r} is none of {', '.join(setting.choices)}"
            )
        return str(value or default)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values of a setting that may be given again; in the environment, spaces part them."""
        setting = _named(name)
        given = self._config.getoption(setting.ini)
        if given is None:
            given = os.environ.get(setting.variable, "").split()
        return tuple(given or self._config.getini(setting.ini) or ())

    def on(self, name: str) -> bool:
        """Say whether a switch is on: `yes`, `on`, `true` and `1` are, in any case."""
        return self.text(name).lower() in {"yes", "on", "true", "1"}

    def number(self, name: str, default: float) -> float:
        """Return a number above 0; raises UsageError for what is none."""
        text = self.text(name)
        try:
            value = float(text) if text else default
        except ValueError:
            value = 0.0
        if not 0 < value < float("inf"):
            raise pytest.UsageError(f"{_named(name).flag}: {text[:80]!r} is no number above 0")
        return value


def _named(name: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.name == name)
