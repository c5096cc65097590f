"""Writing a scenario as YAML that people read, and that reads as the same scenario again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec
import yaml
from msgspec import UNSET

from nemovideo_fakeserver.scenario.model.part import Millis, Part, Seconds
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.units import brief
from nemovideo_fakeserver.scenario.yaml_text import PLAIN


def dump(scenario: Scenario) -> str:
    """Return the scenario as YAML: keys in the model's order, nothing that goes without saying."""
    parts = [_written({key: value}) for key, value in plain(scenario).items()]
    return (
        "".join(f"\n{part}" if n and part.count("\n") > 1 else part for n, part in enumerate(parts))
        or "{}\n"
    )


def _written(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100))


def plain(value: Any) -> Any:
    """Return a part of a scenario as plain data, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    for kind, write in _WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    return value


def _part(part: Part) -> dict[str, Any]:
    said = {}
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        if value is not UNSET and value != _default(field):
            whole = type(value) is float and value.is_integer()
            said[field.encode_name] = int(value) if whole else plain(value)
    return said


@cache
def _fields(kind: type[Part]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the fields of a kind of part; msgspec works them out anew each time it is asked, at some length."""
    return msgspec.structs.fields(kind)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


_WRITTEN: dict[type, Callable[[Any], Any]] = {Part: _part, Seconds: brief, Millis: int, str: str}


class _Dumper(yaml.SafeDumper):
    """Lays lists out as people do."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Write everything out where it stands."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # PyYAML's signature
        """Indent a list below its key."""
        super().increase_indent(flow, indentless=False)


_ODD = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that a YAML writer may lose unless they are escaped."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD.search(text) else "|" if "\n" in text.strip("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def careful(dumper: Any) -> None:
    """Let a dumper quote all that our reader, or another, would not take for a text."""
    dumper.add_representer(str, _text)
    for kind, form, first in PLAIN:
        whole = re.compile(f"(?:{form.pattern})$")
        dumper.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", whole, [*first, ""])


careful(_Dumper)
