"""Questions to the journal: what was asked for, how often, in which order, and what came nearest.

Everything here is a function of facts: it reads no clock, changes nothing, and gives the same answer
for the same facts.
"""

from nemovideo_fakeserver.verify.asking import verify_data
from nemovideo_fakeserver.verify.asserting import (
    VerificationFailed,
    assert_count,
    assert_none,
    assert_sequence,
)
from nemovideo_fakeserver.verify.comparing import Point
from nemovideo_fakeserver.verify.counting import verify
from nemovideo_fakeserver.verify.exchanges import Exchange
from nemovideo_fakeserver.verify.explaining import explain
from nemovideo_fakeserver.verify.finding import Found, count, find
from nemovideo_fakeserver.verify.joining import exchanges
from nemovideo_fakeserver.verify.malformed import QueryMalformed
from nemovideo_fakeserver.verify.ordering import verify_sequence
from nemovideo_fakeserver.verify.outcome import Outcome, Step, as_json
from nemovideo_fakeserver.verify.patterns import ABSENT, ANY, Contains, Equal
from nemovideo_fakeserver.verify.query import Asked, Query
from nemovideo_fakeserver.verify.written import Nth

__all__ = [
    "ABSENT",
    "ANY",
    "Asked",
    "Contains",
    "Equal",
    "Exchange",
    "Found",
    "Nth",
    "Outcome",
    "Point",
    "Query",
    "QueryMalformed",
    "Step",
    "VerificationFailed",
    "as_json",
    "assert_count",
    "assert_none",
    "assert_sequence",
    "count",
    "exchanges",
    "explain",
    "find",
    "verify",
    "verify_data",
    "verify_sequence",
]
