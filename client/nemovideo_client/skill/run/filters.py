"""Pipes are not run. What jq would find by a path, and others by luck, is looked up in the answer."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_client.skill.meanings import meaning
from nemovideo_client.skill.run.answers import NOTHING, Answers, at, parsed, written
from nemovideo_client.skill.shell.commands import Command


def filtered(printed: str, filters: Sequence[Command], wanted: str) -> str | None:
    """Return what filters would leave of an output: a path of jq, else what is `wanted` by name; None if neither is there."""
    if not filters:
        return printed.rstrip("\n")
    value = parsed(printed)
    for command in filters:
        for word in command.words[1:] if command.name == "jq" else ():
            found = at(value, word.plain) if word.plain and word.plain[:1] == "." else NOTHING
            if found is not NOTHING and found is not None:
                return written(found)
    return _by_name(value, wanted)


def _by_name(value: object, wanted: str) -> str | None:
    answers = Answers()
    answers.learn(value)
    what = meaning(wanted)
    if what == "render_id":
        return answers.get("id") or answers.get("taskId")
    return answers.get(what) or answers.get(wanted.lower())
