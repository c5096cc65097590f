"""docs/pytest.md says what there is; its Python blocks run with the other documents."""

from __future__ import annotations

import re
from pathlib import Path

from nemovideo_pytest import plugin
from nemovideo_pytest.settings import SETTINGS, Setting

PAGE = (Path(__file__).parents[3] / "docs" / "pytest.md").read_text(encoding="utf-8")


def row(setting: Setting) -> str:
    """Return the row of a setting."""
    flag = " ".join(filter(None, (setting.flag, setting.metavar)))
    choices = ", ".join(f"`{choice}`" for choice in setting.kind.choices)
    ini = "" if setting.personal else f"`{setting.ini}` "
    says = setting.help[:1].upper() + setting.help[1:] + (f": {choices}" if choices else "")
    return f"| `{flag}` | `{setting.variable}` | {ini}| {says} |\n"


def test_the_settings_are_those_of_the_code() -> None:
    """The table is what the settings say of themselves, whole."""
    table = "| flag | environment | ini | |\n|---|---|---|---|\n" + "".join(map(row, SETTINGS))

    assert f"<!-- the settings -->\n{table}<!-- end -->" in PAGE


def test_every_mark_is_told() -> None:
    """And none that there is not."""
    marks = {marker.partition("(")[0] for marker in plugin.MARKERS}

    assert marks <= {*re.findall(r"`(nemo_\w+)\(", PAGE)}


def test_every_fixture_is_told() -> None:
    """In a row of the table."""
    fixtures = [name for name in vars(plugin) if name.startswith("nemo_")]

    assert all(f"| `{name}` | " in PAGE for name in fixtures)
