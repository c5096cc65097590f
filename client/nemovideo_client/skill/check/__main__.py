"""Prints the table of rules."""

from nemovideo_client.skill.check.printed import as_markdown

print(as_markdown(), end="")
