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
    hosts,
    placeholders,
    polls,
    recovery,
    renders,
    routing,
    streams,
    tokens,
    typography,
    variables,
)

CHAPTERS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Document", documents.RULES),
    ("Tokens", tokens.RULES),
    ("Attribution", attribution.RULES),
    ("Client ids", clients.RULES),
    ("Endpoints", endpoints.RULES + hosts.RULES),
    ("Bodies", fields.RULES),
    ("Streams", streams.RULES),
    ("Renders and polls", renders.RULES + polls.RULES),
    ("Routing", routing.RULES),
    ("Recovery", recovery.RULES),
    ("Variables", variables.RULES + placeholders.RULES),
    ("Commands", commands.RULES),
    ("Damage", damage.RULES + typography.RULES),
)

RULES: tuple[Rule, ...] = tuple(rule for _, rules in CHAPTERS for rule in rules)
