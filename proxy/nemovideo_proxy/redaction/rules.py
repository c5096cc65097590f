"""What a user adds to redaction, with the names that users of VCR know."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from nemovideo_proxy.model import Request, Response
from nemovideo_proxy.redaction.rules_file import BadRules, read_rules

Filter: TypeAlias = str | tuple[str, str | None]
"""A name: what is called so is left out. With a replacement, it says that instead."""

BeforeRequest: TypeAlias = Callable[[Request], Request | None]
BeforeResponse: TypeAlias = Callable[[Response], Response | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A user's own rules.

    The three filters leave out or replace headers (of requests and replies), parameters of the query, and
    fields of a form or of a JSON object. `before_record_request` and `before_record_response` see a value
    before redaction and return what is to be recorded; None records nothing of that exchange. `secrets` are
    values, `patterns` regular expressions of values (group 1 where there is one) that are replaced
    everywhere. `keep_undecodable` lets compressed bodies pass that nobody can look into.
    """

    filter_headers: tuple[Filter, ...] = ()
    filter_query_parameters: tuple[Filter, ...] = ()
    filter_post_data_parameters: tuple[Filter, ...] = ()
    before_record_request: BeforeRequest | None = None
    before_record_response: BeforeResponse | None = None
    secrets: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    keep_undecodable: bool = False

    def __post_init__(self) -> None:
        for pattern in self.patterns:
            try:
                re.compile(pattern)
            except re.error as problem:
                raise ValueError(
                    f"patterns: {pattern!r} is no regular expression: {problem}"
                ) from None

    @classmethod
    def load(cls, path: str | Path) -> Rules:
        """Read rules from a YAML file, or from a Python file that sets these names; raises BadRules."""
        try:
            return cls(**read_rules(Path(path)))
        except ValueError as problem:
            raise BadRules(f"{path}: {problem}") from None
