"""The table of rules, grouped by what they are about."""

from __future__ import annotations

from nemovideo_fakeserver.judge import (
    attribution,
    clients,
    drafts,
    limits,
    messages,
    polls,
    refusals,
    renders,
    sessions,
    streams,
    tokens,
)
from nemovideo_fakeserver.judge.rule import Rule

CHAPTERS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Attribution", attribution.RULES),
    ("Tokens", tokens.RULES),
    ("Client ids", clients.RULES),
    ("Refusals", refusals.RULES),
    ("Rate limits", limits.RULES),
    ("Sessions and routes", sessions.RULES),
    ("Messages", messages.RULES),
    ("Streams", streams.RULES),
    ("Drafts", drafts.RULES),
    ("Renders", renders.RULES),
    ("Polls", polls.RULES),
)

RULES: tuple[Rule, ...] = tuple(rule for _, rules in CHAPTERS for rule in rules)
