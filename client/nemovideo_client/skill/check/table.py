"""The table of rules, grouped by what they are about."""

from __future__ import annotations

from nemovideo_client.skill.check.rule import Rule
from nemovideo_client.skill.check.rules import (
    attribution,
    clients,
    commands,
    damage,
    documents,
    endpoints,
    fields,
    polls,
    recovery,
    renders,
    routing,
    streams,
    tokens,
    variables,
)

CHAPTERS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Document", documents.RULES),
    ("Tokens", tokens.RULES),
    ("Attribution", attribution.RULES),
    ("Client ids", clients.RULES),
    ("Endpoints", endpoints.RULES),
    ("Bodies", fields.RULES),
    ("Streams", streams.RULES),
    ("Renders and polls", renders.RULES + polls.RULES),
    ("Routing", routing.RULES),
    ("Recovery", recovery.RULES),
    ("Variables", variables.RULES),
    ("Commands", commands.RULES),
    ("Damage", damage.RULES),
)

RULES: tuple[Rule, ...] = tuple(rule for _, rules in CHAPTERS for rule in rules)
