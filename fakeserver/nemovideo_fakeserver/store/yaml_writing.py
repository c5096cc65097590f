"""Writing snapshots as YAML that people read: block style, but small mappings, and lists of words, on one line."""

from __future__ import annotations

import json
from typing import Any

import yaml

from nemovideo_fakeserver.scenario.writing import careful
from nemovideo_fakeserver.store.encoding import plain
from nemovideo_fakeserver.store.records import Snapshot

HEAD = "# Worlds of nemovideo-fakeserver. To begin with them: nemo-fakeserver serve --import FILE\n"
WIDTH = 100
SHORT = 96
"""Characters that fit on the rest of a line, as JSON has them."""


class _ShortDict(dict[str, Any]):
    """A mapping that is written on one line."""


class _ShortList(list[Any]):
    """A list that is written on one line."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # which of them is not known before
    """Writes everything out where it stands."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Name nothing to repeat it."""
        return True


def _map(dumper: Any, data: _ShortDict) -> yaml.MappingNode:
    node: yaml.MappingNode = dumper.represent_mapping(
        "tag:yaml.org,2002:map", dict(data), flow_style=True
    )
    return node


def _seq(dumper: Any, data: _ShortList) -> yaml.SequenceNode:
    node: yaml.SequenceNode = dumper.represent_sequence(
        "tag:yaml.org,2002:seq", list(data), flow_style=True
    )
    return node


careful(_Dumper)
_Dumper.add_representer(_ShortDict, _map)
_Dumper.add_representer(_ShortList, _seq)


def written(snapshot: Snapshot) -> str:
    """Return a snapshot as YAML; reading it gives the same snapshot."""
    said = plain(snapshot)
    worlds = said.pop("worlds", [])
    laid = {**said, "worlds": [{k: _laid_out(v) for k, v in world.items()} for world in worlds]}
    text = yaml.dump(laid, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return f"{HEAD}{text}"


def _laid_out(value: Any) -> Any:
    if isinstance(value, dict):
        laid: Any = {key: _laid_out(one) for key, one in value.items()}
        return _ShortDict(laid) if _short(value, laid.values()) else laid
    if isinstance(value, list | tuple):
        laid = [_laid_out(one) for one in value]
        words = not any(isinstance(one, dict) for one in laid)
        return _ShortList(laid) if words and _short(value, laid) else laid
    return value


def _short(value: Any, inside: Any) -> bool:
    """Say whether a mapping or list fits on a line; what has something long in it does not."""
    for one in inside:
        if isinstance(one, dict | list) and not isinstance(one, _ShortDict | _ShortList):
            return False
        if isinstance(one, str) and ("\n" in one or len(one) > SHORT):
            return False
    return bool(value) and len(json.dumps(value, ensure_ascii=False)) <= SHORT
