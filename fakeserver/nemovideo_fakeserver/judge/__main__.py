"""Prints the table of rules."""

from nemovideo_fakeserver.judge.printed import as_markdown

print(as_markdown(), end="")
