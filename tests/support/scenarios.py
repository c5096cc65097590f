"""A scenario that says everything a scenario can say, and ways to spoil it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]

RICH = """
name: rich
about: Everything a scenario can say.
seed: 7
clock: {start: 2033-03-03T03:33:33Z, rate: 60}
variants:
  preset: 4.4
  sse_dialect: adk
silence: never
newcomers: {credits: 0}
accounts:
  - name: mia
    credits: 40
    client_id: mia-1
    tokens:
      - {name: old, age: 8d, lasts: 6d, scopes: [read, write], revoked: true}
      - {name: new}
    sessions:
      - {name: holiday, task_name: Holiday, language: zh-CN}
  - name: bob
    kind: registered
    plan: paid
    credits: 25000
turns:
  - when: generate|生成
    account: mia
    once: true
    work: generate
    price: 70
    steps:
      - {at: 250ms, text: On it}
      - {at: 2s, tool_call: {name: generate, args: {prompt: dawn, deep: [1, {a: null}]}}}
      - {at: 20s, heartbeat: true}
      - {at: 1m30s, media: {kind: video, label: dawn, seconds: 8, width: 1280, height: 720}}
      - {media: {kind: audio, label: hum, notes: {bpm: 80}}}
      - {tool_result: {name: generate, result: {status: success}}}
      - at: 2m
        draft:
          - put: {track: video, id: v, s: 100ms, d: 8s, src: "media:dawn", in: 500ms, m: {name: dawn}}
          - put: {track: audio, id: a, d: 8000, src: "upload:1", new_track: true, extra: {x: 1}}
          - change: {id: v, s: 1s, d: 7s, src: null, in: null, m: {volume: null}, extra: {y: 2}}
          - remove: a
          - order: [v]
          - describe: {title: Dawn, width: 1280, height: null, extra: {z: 3}}
      - {at: 3m, silence: 1h}
      - {at: 4m, end: {cut: stall}}
      - {at: 5m, end: {error: It broke}}
  - when: {says: hello}
    times: 3
    steps: [{at: 1, text: Hi}, {end: ok}]
  - when: {matches: cut}
    steps: [{end: cut}, {at: 9.5, end: error}]
  - steps: [{text: Whatever}]
renders:
  timing: {seconds: [20s, 1m]}
  outcomes: [complete, {fail: lost}]
  last_sticks: true
faults:
  - {at: POST /run_sse, do: {status: 503, message: later, retry_after: 30}, message: dawn}
  - {at: "turn.heartbeat[2]", do: {break: half_closed}, side: after, times: always, account: mia}
  - {at: turn.settled, do: {fail: lost}, times: 2, probability: 0.5, session: holiday}
  - {at: upload.stored, do: {code: 4001}}
  - {at: render.submitted, do: {delay: 5m}}
  - {at: token.issued, do: {malformed: true}}
  - {at: "download.byte[9]", do: {drip: 1s}, account: anon_0123456789abcdef}
"""


def rich() -> dict[str, Any]:
    """Return the same as plain data."""
    data: dict[str, Any] = _typed(yaml.load(RICH, Loader=yaml.BaseLoader))
    return data


def _typed(value: Any) -> Any:
    """Give texts the type that JSON would have."""
    if isinstance(value, dict):
        return {key: _typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    known = {"true": True, "null": None, "0.5": 0.5, "9.5": 9.5}
    return known.get(value, int(value) if value.isdecimal() else value)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything in `value` but `value` itself."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places(one, (*path, key))


def at(value: Any, path: Path) -> Any:
    """Return what stands at the end of `path`."""
    for step in path:
        value = value[step]
    return value


def replaced(data: Any, path: Path, value: Any) -> Any:
    """Return a copy of `data` in which `value` stands at `path`."""
    after = copy.deepcopy(data)
    at(after, path[:-1])[path[-1]] = value
    return after


def renamed(data: Any, path: Path, key: str) -> Any:
    """Return a copy of `data` in which the last key of `path` is called `key`, at its place."""
    after = copy.deepcopy(data)
    parent = at(after, path[:-1])
    items = list(parent.items())
    parent.clear()
    parent.update({key if old == path[-1] else old: value for old, value in items})
    return after


def lines(text: str, path: Path) -> range:
    """Return the lines (from 1) on which the key or item at `path` and its value stand."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    begin = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == step)
            begin = key.start_mark.line
        else:
            node = node.value[step]
            begin = node.start_mark.line
    end = node.end_mark
    return range(begin + 1, (end.line if end.column == 0 else end.line + 1) + 1)
