"""The table of the control paths as `docs/control.md` ends with it; `python -m` this module prints it."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.api.control.routes import ROUTES

TITLE = "## The paths"


def as_markdown() -> str:
    """Return the last chapter of `docs/control.md`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"{TITLE}\n"
    yield "Printed by `python -m nemovideo_fakeserver.api.control.printed`; do not edit by hand.\n"
    yield "| path | what it does |"
    yield "|---|---|"
    for route in ROUTES:
        yield f"| `{route.name}` | {route.says} |"


if __name__ == "__main__":
    print(as_markdown(), end="")
