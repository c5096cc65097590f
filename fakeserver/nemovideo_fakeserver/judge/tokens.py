"""Where a token belongs: into the Authorization header, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import CLAIM_PAGE, WITH_TOKEN
from nemovideo_fakeserver.judge.rule import KEPT, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, V19

BEARER = "nmv_usr_"
"""How a token begins; the journal keeps no more of one."""


def bearer_missing(evidence: Evidence) -> Iterator[Finding]:
    """Where a request without a token was refused for that."""
    for ask in evidence.asks:
        if ask.line in WITH_TOKEN:
            bare = ask.token is None and ask.heard(1001)
            yield broken("Sent no Authorization: Bearer", ask) if bare else KEPT


def token_in_url(evidence: Evidence) -> Iterator[Finding]:
    """No path and no query of the API has a token in it."""
    for ask in evidence.asks:
        if ask.line != CLAIM_PAGE:
            told = BEARER in ask.path or BEARER in ask.query
            yield broken("Wrote the token into the URL", ask) if told else KEPT


def link_with_token(evidence: Evidence) -> Iterator[Finding]:
    """A claim link that was opened carries a claim token."""
    for ask in evidence.asks:
        if ask.line == CLAIM_PAGE and BEARER in ask.query:
            yield broken("Gave out a claim link that has the token itself in it", ask)
        elif ask.line == CLAIM_PAGE and "ct=" in ask.query:
            yield KEPT


def claim_token_as_bearer(evidence: Evidence) -> Iterator[Finding]:
    """Where a claim token was ever issued, or tried."""
    claimed = {
        fact.what.get("account"): fact.number for fact in reversed(evidence.of("claim.issued"))
    }
    for ask in evidence.asks:
        if ask.line not in WITH_TOKEN or ask.token is None:
            continue
        if ask.heard(1001) and ask.answer is not None and "claim token" in ask.answer.message:
            yield broken("Used a claim token as bearer token", ask)
        elif ask.account in claimed and claimed[ask.account] < ask.number:
            yield KEPT


RULES = (
    Rule(
        name="bearer-missing",
        severity="error",
        source=f"{ALL4}: all requests must include it",
        says="Send `Authorization: Bearer <NEMO_TOKEN>` with every request of the API but the one for an"
        " anonymous token.",
        check=bearer_missing,
    ),
    Rule(
        name="token-in-url",
        severity="error",
        source=f"{ALL4}: all requests must include it, as a header",
        says="Keep the token out of paths and queries: URLs end up in logs.",
        check=token_in_url,
    ),
    Rule(
        name="claim-link-with-token",
        severity="warning",
        source=f"{V19}: claim link (older documents print ?token=)",
        says="Give the user a claim link with `?ct=<claim token>`, never with the token itself.",
        check=link_with_token,
    ),
    Rule(
        name="claim-token-as-bearer",
        severity="error",
        source=f"{V19}: claim token",
        says="Use a claim token in the claim link alone: it opens a project in a browser, and no API.",
        check=claim_token_as_bearer,
    ),
)
