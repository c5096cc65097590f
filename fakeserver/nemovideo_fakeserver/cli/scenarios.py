"""`scenarios`: what is ready, and what a file may say."""

from __future__ import annotations

import json

from nemovideo_fakeserver import scenario
from nemovideo_fakeserver.cli.failure import Failure


def run(*, show: str | None, schema: bool, as_json: bool) -> int:
    """Print the list, one scenario, or the schema; raises `Failure` for a name that is not there."""
    if schema:
        print(json.dumps(scenario.schema(), indent=2, ensure_ascii=False))
    elif show is not None:
        print(_text(show), end="")
    elif as_json:
        told = [{"name": one.name, "about": one.about} for one in scenario.ready()]
        print(json.dumps(told, ensure_ascii=False))
    else:
        _list()
    return 0


def _text(name: str) -> str:
    try:
        return scenario.text_of(name)
    except ValueError as problem:
        raise Failure(str(problem), exit_code=2) from None


def _list() -> None:
    every = scenario.ready()
    room = max(len(one.name) for one in every)
    for one in every:
        print(f"{one.name:<{room}}  {one.about}")
