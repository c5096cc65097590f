"""A misdeed for every rule of the judge: a few requests over HTTP, table-driven by the name of the rule.

A deed trips the rule it is for, those it cannot be had without (`also`), and no other.
"""

from support.misdeeds import films, identity, refusals, talk
from support.misdeeds.deed import DEEDS

__all__ = ["DEEDS", "films", "identity", "refusals", "talk"]
