"""The documents of the project: their pages, fenced blocks and links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
OTHERS = (ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "cassettes" / "README.md")


def name_of(page: Path) -> str:
    """Return a page's path in the project, for the name of a test."""
    return page.relative_to(ROOT).as_posix()


def fences(page: Path, language: str) -> list[str]:
    """Return what stands in the fences of a language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def typed(page: Path) -> list[str]:
    """Return the command lines that `console` fences show behind a prompt, continued lines as one."""
    lines = "".join(fences(page, "console")).replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def links(page: Path) -> list[str]:
    """Return where the links of a page lead, outside of its fences."""
    prose = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}
