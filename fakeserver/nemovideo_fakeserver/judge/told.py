"""Who has been told what: which refusals a client knew of when it asked again.

A request that was on its way before the refusal came back could not know. What one conversation was told,
another of the same account may not have heard.
"""

from __future__ import annotations

from collections import defaultdict

from nemovideo_fakeserver.judge.asks import Ask


class Told:
    """Refused requests, by what they have in common; to be asked in the order of writing."""

    def __init__(self) -> None:
        self._known: dict[object, list[Ask]] = defaultdict(list)
        self._underway: dict[object, list[Ask]] = defaultdict(list)

    def add(self, who: object, ask: Ask) -> None:
        """Note a refused request."""
        self._underway[who].append(ask)

    def before(self, who: object, ask: Ask) -> list[Ask]:
        """Return the requests whose refusal had come back when this was asked."""
        known = self._known[who]
        if underway := self._underway.get(who):
            known += [other for other in underway if ask.knew(other.answer)]
            self._underway[who] = [other for other in underway if not ask.knew(other.answer)]
        return known
