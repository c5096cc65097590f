"""Replaces secrets in text and in bytes of any kind, through every layer of encoding; lengths stay.

Layers are opened from the inside out: where a secret is partly escaped, only the text below shows it whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from nemovideo_proxy.places import Role
from nemovideo_proxy.redaction.base64s import change_base64, is_text, traces
from nemovideo_proxy.redaction.binaries import change_wide, change_zipped
from nemovideo_proxy.redaction.clean import Clean
from nemovideo_proxy.redaction.escapes import ENTITIES, JSON, PERCENT
from nemovideo_proxy.redaction.known import Known, Secret
from nemovideo_proxy.redaction.spotting import BEGINNINGS, Spot, by_shape, in_text, role_by_shape

DEPTH = 4
"""How many layers are opened: JSON in a string of JSON in base64 in a query has four."""

PASSES = 4
"""How often text is read at most: usually once, and again when something was learned."""

_BEGINNINGS = tuple(trace for beginning in BEGINNINGS for trace in traces(beginning))

Spotter = Callable[[bytes], Iterable[Spot]]


class Text:
    """Learns secrets from text and replaces them; `places` counts what was replaced, by pseudonym and place."""

    def __init__(self, known: Known, own: Spotter) -> None:
        self._known = known
        self._own = own
        self._clean = Clean(known)
        self.places: Counter[tuple[Role, bytes, str]] = Counter()

    def uncounted(self) -> Text:
        """Return one that knows the same, and does not count: what it sees is counted elsewhere."""
        return Text(self._known, self._own)

    def replaced(self, data: bytes, where: str) -> bytes:
        """Return text without its secrets; what is learned late may stand early, so it is read again."""
        if data in self._clean:
            return data
        made = data
        for _ in range(PASSES):
            before = len(self._known)
            made = self._layers(made, where, DEPTH)
            if len(self._known) == before:
                break
        made = self._end_replaced(made, where)
        if made == data and len(self._known) == before:
            self._clean.add(data)
        return made

    def opaque(self, data: bytes, where: str) -> bytes:
        """Return bytes of any kind without the secrets that are known, or begin as only secrets do.

        Text in UTF-16 and in gzip that they hold is read as text. Raises Unchangeable.
        """
        data = self._bare(data, where)
        data = change_wide(data, lambda half: self._any(half, where))
        return change_zipped(data, lambda said: self._any(said, where), where)

    def value(self, role: Role, value: bytes, where: str) -> bytes:
        """Return what stands for a whole value that stands in a secret place."""
        secret = self._known.learn(role_by_shape(value) or role, value)
        if secret is None:
            return value
        if secret.pseudonym != value:
            self.places[secret.role, secret.pseudonym, where] += 1
        return secret.pseudonym

    def _any(self, data: bytes, where: str) -> bytes:
        if is_text(data):
            return self.replaced(data, where)
        return change_wide(self._bare(data, where), lambda half: self._bare(half, where))

    def _bare(self, data: bytes, where: str) -> bytes:
        self._learn(by_shape(data, BEGINNINGS), data)
        return self._written(data, self._known.spans(data), where)

    def _end_replaced(self, data: bytes, where: str) -> bytes:
        """Replace the beginning of a secret at the very end, where a reply was cut off."""
        if begun := self._known.begun(data):
            length, secret = begun
            cut = Secret(secret.role, b"", secret.pseudonym[:length], is_hunted=False)
            return self._written(data, [(len(data) - length, len(data), cut)], where)
        return data

    def _layers(self, data: bytes, where: str, depth: int) -> bytes:
        if depth:
            for escapes in (PERCENT, JSON, ENTITIES):
                data = escapes.change(data, lambda text: self._layers(text, where, depth - 1))
            data = change_base64(
                data,
                [*self._known.traces(data), *(t for t in _BEGINNINGS if t in data)],
                lambda text: self._layers(text, where, depth - 1),
                lambda some: self.opaque(some, where),
            )
        return self._in_hex(self._plain(data, where), where)

    def _plain(self, data: bytes, where: str) -> bytes:
        short = self._learn((*self._own(data), *in_text(data)), data)
        spans = self._known.spans(data)
        taken = [(start, end) for start, end, _ in spans]
        spans += [
            s for s in dict.fromkeys(short) if not any(a < s[1] and s[0] < b for a, b in taken)
        ]
        return self._written(data, spans, where)

    def _learn(self, spots: Iterable[Spot], data: bytes) -> list[tuple[int, int, Secret]]:
        """Learn what was spotted, in its order; return what is too short to be looked for."""
        short = []
        for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
            if self._is_ours(spot) or self._is_cut(spot, data):
                continue
            secret = self._known.learn(role_by_shape(spot.value) or spot.role, spot.value)
            if secret is None or secret.value == secret.pseudonym:
                continue
            if not secret.is_hunted and spot.is_plain:
                short.append((spot.start, spot.end, secret))
        return short

    def _is_ours(self, spot: Spot) -> bool:
        """Tell whether a spot is a piece of a pseudonym, or holds a secret that will be replaced in it."""
        if spot.where.endswith("shape") and self._known.is_mixed(spot.value):
            return True
        return len(spot.value) >= 4 and self._known.is_part(spot.value)

    def _is_cut(self, spot: Spot, data: bytes) -> bool:
        """Tell whether the text ends within a secret."""
        return spot.end == len(data) and self._known.hunted.going_on(spot.value) is not None

    def _in_hex(self, data: bytes, where: str) -> bytes:
        for written, secret in self._known.in_hex(data):
            form = bytes.upper if written.isupper() else bytes.lower
            data = data.replace(written, form(secret.pseudonym.hex().encode()))
            self.places[secret.role, secret.pseudonym, where] += 1
        return data

    def _written(self, data: bytes, spans: Iterable[tuple[int, int, Secret]], where: str) -> bytes:
        made = bytearray(data)
        for start, end, secret in spans:
            made[start:end] = secret.pseudonym
            self.places[secret.role, secret.pseudonym, where] += 1
        return bytes(made)
