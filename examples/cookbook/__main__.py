"""Prints docs/cookbook.md: every test of this folder, under the words that its docstring begins with.

python -m examples.cookbook > docs/cookbook.md
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent

CHAPTERS = {
    "Time": ("token_expiry", "nothing_but_heartbeats", "rate_limit"),
    "Money": ("double_charge", "out_of_credits"),
    "What goes wrong": ("silent_edit", "cut_stream", "render_fails_once", "flaky_network"),
    "Files and exports": ("uploads", "missing_attribution"),
    "Users and clients": (
        "in_chinese",
        "asyncio",
        "twenty_clients",
        "your_own_client",
        "shell_script",
    ),
    "Recordings, verdicts, chance": ("recorded_session", "judge", "made_up_sessions"),
}
"""Which situations there are, in the order of the page."""

INTRODUCTION = """# Cookbook

Situations that cost minutes, credits or a week in production, each as a test that takes milliseconds. Install
`nemovideo-harness[pytest]`, copy a file from [examples/cookbook](../examples/cookbook), and run `pytest`: the
plugin brings the fixtures ([pytest.md](pytest.md)). All of them pass with `--nemo-judge=error` and with
`-W error`.

This page is printed by `python -m examples.cookbook`; do not edit it by hand.
"""


def page() -> Iterator[str]:
    """Yield the page, line by line."""
    yield INTRODUCTION
    for chapter, names in CHAPTERS.items():
        yield f"- {chapter}"
        yield from (f"  - [{title(name)}](#{anchor(name)})" for name in names)
    for chapter, names in CHAPTERS.items():
        yield f"\n## {chapter}"
        for name in names:
            yield from recipe(name)


def recipe(name: str) -> Iterator[str]:
    """Yield one situation: its title, its words, and the code without them."""
    module = ast.parse(source(name))
    _, _, words = docstring(name).partition("\n\n")
    code = source(name).splitlines()[module.body[0].end_lineno or 0 :]
    yield f"\n### {title(name)}\n\n{words}\n\n[test_{name}.py](../examples/cookbook/test_{name}.py)\n"
    yield "\n".join(("```python", *code, "```")).replace("\n\n", "\n", 1)


def title(name: str) -> str:
    """Return what a situation is called."""
    return docstring(name).partition("\n")[0].removesuffix(".")


def anchor(name: str) -> str:
    """Return the anchor of its title, as GitHub makes them."""
    kept = (letter for letter in title(name).lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def docstring(name: str) -> str:
    """Return what a file says of itself."""
    return ast.get_docstring(ast.parse(source(name))) or ""


def source(name: str) -> str:
    """Return a file."""
    return (HERE / f"test_{name}.py").read_text(encoding="utf-8")


if __name__ == "__main__":
    print("\n".join(page()))
