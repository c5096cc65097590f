"""What can be chosen for a run: on the command line, else in the environment, else in the ini file.

`--nemo-target` is `NEMO_PYTEST_TARGET` in the environment and `nemo_target` in the ini file; so are all others,
but those that are `personal`: they say what may be spent, and an ini file, with its `addopts`, is the project's.
An empty value says nothing.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pytest

from nemovideo_pytest import kinds
from nemovideo_pytest.kinds import Kind

TARGETS = ("fake", "served", "cassette", "live")
MODES = ("none", "once", "all", "rewrite")
SOURCES = ("fake", "served", "live")
JUDGING = ("off", "warn", "error")

PAID = 100.0
"""Credits that a message to the agent counts as before a balance says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One of them, of a `kind`; `several` where it may be given again.

    What is `personal` only the one who starts the run can say: the ini file does not have it.
    """

    name: str
    help: str
    kind: Kind = kinds.TEXT
    metavar: str | None = None
    several: bool = False
    personal: bool = False

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
    Setting(
        name="target", kind=kinds.choice(*TARGETS), help="what tests run against (default: fake)"
    ),
    Setting(name="url", metavar="URL", help="run against the service at this URL instead"),
    Setting(
        name="rate",
        metavar="N",
        kind=kinds.number(),
        help="seconds of the service that pass in a real one: for --nemo-url (default: 1), and for"
        " the fixture nemo_server (default: 600)",
    ),
    Setting(
        name="variant",
        metavar="KEY=VALUE",
        kind=kinds.READING,
        several=True,
        help="a reading of the documents that fakes follow, such as preset=4.4; may be repeated",
    ),
    Setting(
        name="judge",
        kind=kinds.choice(*JUDGING),
        help="what becomes of a test whose client broke a rule of the documents (default: warn)",
    ),
    Setting(
        name="strict",
        kind=kinds.SWITCH,
        help="fail tests that leave recorded interactions unplayed",
    ),
    Setting(
        name="cassettes", metavar="DIR", help="where cassettes are, instead of beside the tests"
    ),
    Setting(
        name="record",
        kind=kinds.choice(*MODES),
        help="what to do about cassettes (default: none, replay)",
    ),
    Setting(
        name="record-from",
        kind=kinds.choice(*SOURCES),
        help="what is recorded, where --nemo-url does not say it (default: live)",
    ),
    Setting(
        name="live",
        kind=kinds.SWITCH,
        personal=True,
        help="allow requests to services elsewhere, which cost credits",
    ),
    Setting(
        name="budget",
        metavar="CREDITS",
        kind=kinds.number(
            least=PAID,
            because="a message to the agent counts as 100 credits until the balance says otherwise, so"
            " that not one could be sent",
        ),
        personal=True,
        help="what a run may cost there, 100 at least; needed with --nemo-live",
    ),
    Setting(
        name="live-in-ci",
        kind=kinds.SWITCH,
        personal=True,
        help="allow it where CI is set, too",
    ),
    Setting(
        name="seal", kind=kinds.SWITCH, help="forbid all connections but those to this machine"
    ),
)


def add(parser: pytest.Parser) -> None:
    """Let pytest know all of them."""
    group = parser.getgroup("nemo", "NemoVideo")
    for setting in SETTINGS:
        group.addoption(
            setting.flag, dest=setting.ini, default=None, help=setting.help, **_taken(setting)
        )
        if not setting.personal:
            kind: Literal["linelist", "string"] = "linelist" if setting.several else "string"
            parser.addini(setting.ini, setting.help, type=kind, default=None)


def _taken(setting: Setting) -> dict[str, Any]:
    """Return how the flag takes its value."""
    if setting.kind.switch:
        return {"action": "store_const", "const": kinds.ON[0]}
    more: dict[str, Any] = {"choices": setting.kind.choices} if setting.kind.choices else {}
    if setting.metavar:
        more["metavar"] = setting.metavar
    return more | ({"action": "append"} if setting.several else {})


class Given(NamedTuple):
    """What was given for a setting: its texts, and where: a flag, a variable, or a name of the ini file."""

    where: str
    texts: tuple[str, ...] = ()


class Settings:
    """The settings of one run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def check(self) -> None:
        """Raise UsageError for the first setting that has a value it cannot have."""
        for setting in SETTINGS:
            self._values(setting)

    def text(self, name: str, default: str = "") -> str:
        """Return the value of a setting that is a text, or one of some; raises UsageError as all of these do."""
        return str(self._value(name, default))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values of a setting that may be given again; in the environment, spaces part them."""
        return tuple(map(str, self._values(_named(name))))

    def on(self, name: str) -> bool:
        """Say whether a switch is on."""
        return bool(self._value(name, default=False))

    def number(self, name: str, default: float) -> float:
        """Return a number."""
        return float(self._value(name, default))

    def given(self, name: str) -> Given:
        """Return what was given for a setting, and where: the nearest place that says anything."""
        setting = _named(name)
        return next((given for given in self._places(setting) if given.texts), Given(setting.flag))

    def _value(self, name: str, default: Any) -> Any:
        return next(iter(self._values(_named(name))), default)

    def _values(self, setting: Setting) -> list[Any]:
        where, texts = self.given(setting.name)
        values = []
        for text in texts:
            try:
                values.append(setting.kind.read(text))
            except ValueError as wrong:
                raise pytest.UsageError(f"{where}: {text[:80]!r} {wrong}") from None
        return values

    def _places(self, setting: Setting) -> Iterator[Given]:
        if not setting.personal or self._is_typed(setting.flag):
            yield Given(setting.flag, _texts(self._config.getoption(setting.ini)))
        said = os.environ.get(setting.variable, "")
        yield Given(setting.variable, tuple(said.split()) if setting.several else _texts(said))
        if not setting.personal:
            yield Given(setting.ini, _texts(self._config.getini(setting.ini)))

    def _is_typed(self, flag: str) -> bool:
        """Say whether who starts the run gives this flag: `addopts` of the ini file are not theirs."""
        typed = (
            *map(str, self._config.invocation_params.args),
            *shlex.split(os.environ.get("PYTEST_ADDOPTS", "")),
        )
        return any(word.partition("=")[0] == flag for word in typed)


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    return tuple(filter(None, [value] if isinstance(value, str) else value or ()))


def _named(name: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.name == name)
