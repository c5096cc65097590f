"""Who has been told what: which answers a client knew of when it asked again.

A request that was on its way before an answer came back could not know of it. What one conversation was told,
another of the same account may not have heard.
"""

from __future__ import annotations

from collections import defaultdict

from nemovideo_fakeserver.judge.asks import Ask


class Told:
    """Requests whose answer matters, by what they have in common; to be asked in the order of writing."""

    def __init__(self) -> None:
        self._known: dict[object, list[Ask]] = defaultdict(list)
        self._underway: dict[object, list[Ask]] = defaultdict(list)

    def add(self, who: object, ask: Ask) -> None:
        """Note a request."""
        self._underway[who].append(ask)

    def before(self, who: object, ask: Ask) -> list[Ask]:
        """Return the requests whose answer had come back when this was asked."""
        known = self._known[who]
        if underway := self._underway.get(who):
            known += [other for other in underway if ask.knew(other.answer)]
            self._underway[who] = [other for other in underway if not ask.may_know(other.answer)]
        return known
