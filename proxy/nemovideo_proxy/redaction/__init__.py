"""Replaces tokens, ids, addresses and signatures before anything is written, by what looks like them."""

from nemovideo_proxy.redaction.checking import Leak
from nemovideo_proxy.redaction.encodings import Undecodable, decoded
from nemovideo_proxy.redaction.findings import Finding, findings
from nemovideo_proxy.redaction.live import Live
from nemovideo_proxy.redaction.opaque import Opaque
from nemovideo_proxy.redaction.pseudonyms import is_pseudonym
from nemovideo_proxy.redaction.redactor import Dropped, Redactor, Replaced
from nemovideo_proxy.redaction.rules import Rules
from nemovideo_proxy.redaction.rules_file import BadRules

__all__ = [
    "BadRules",
    "Dropped",
    "Finding",
    "Leak",
    "Live",
    "Opaque",
    "Redactor",
    "Replaced",
    "Rules",
    "Undecodable",
    "decoded",
    "findings",
    "is_pseudonym",
]
