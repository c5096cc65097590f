"""What a cassette still gives away: values in secret places, or of a secret's shape, that are no pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_proxy.model import Interaction
from nemovideo_proxy.places import Role
from nemovideo_proxy.redaction.binaries import Unchangeable
from nemovideo_proxy.redaction.redactor import Redactor
from nemovideo_proxy.redaction.rules import Rules


@dataclass(frozen=True, slots=True)
class Finding:
    """A secret: what it is, and where; never the secret itself."""

    role: Role
    where: str


def findings(interaction: Interaction) -> tuple[Finding, ...]:
    """Return what an interaction gives away; a body that cannot be read gives away nothing that we know."""
    redactor = Redactor(Rules(keep_undecodable=True))
    sealed = []
    try:
        redactor.request(interaction.request)
        if interaction.response is not None:
            redactor.response(interaction.response)
    except Unchangeable as problem:
        sealed.append(Finding("token", f"{problem.where}, in gzip"))
    found = [Finding(each.role, where) for each in redactor.report() for where in each.places]
    return tuple(dict.fromkeys(found + sealed))
