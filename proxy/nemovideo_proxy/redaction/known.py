"""The secrets known so far, and what stands for each: in memory only, and never printed.

The law:

* A value has one pseudonym, numbered in order of first appearance, and no two values of six bytes or more
  share one.
* A secret of twelve bytes or more in nothing but capitals, or small letters, is replaced by its pseudonym in
  such letters.
* A pseudonym that comes in again stands for itself.
* What follows a known beginning (`nmv_usr_`, `Bearer `) is a secret by itself; its pseudonym is what follows
  that beginning in the pseudonym of the whole.
* Values under six bytes are replaced where they stand, and never looked for elsewhere: a client that calls
  itself `abc` must not eat every `abc`. So are values like `00000000`, and cookies and parts of signatures
  that are a plain word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nemovideo_proxy.places import NOBODY, Role
from nemovideo_proxy.redaction.base64s import traces
from nemovideo_proxy.redaction.needles import Needles
from nemovideo_proxy.redaction.pseudonyms import has_form, is_ours, pseudonym

HUNTED = 6
"""From how many bytes on a secret is looked for everywhere."""

VARIED = 4
"""Of how many different bytes a secret is at least that is looked for everywhere."""

WORDS = NOBODY | set(
    re.findall(
        r"\S+",
        "null none true false undefined unknown string bearer basic anonymous public private required"
        " missing invalid expired revoked success failed redacted REDACTED <redacted> ***"
        " {token} {client} {user} {claim} {session} {task} {render}",  # as shapes have them
    )
)
"""What stands in secret places without being anybody's."""

REST = 12
"""From how many bytes on what follows a beginning is a secret by itself."""

_BEGINNING = re.compile(rb"(?:nmv_usr_|clm_|anon_|user_|bearer\s+)", re.IGNORECASE)
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret and its pseudonym, in bytes; they have one length."""

    role: Role
    value: bytes
    pseudonym: bytes
    is_hunted: bool


class Known:
    """What is known; `len()` grows with each new secret, also with those that are not looked for."""

    def __init__(self) -> None:
        self.hunted = Needles()
        self._traces = Needles()
        self._hex = Needles()
        self._made_up = Needles()
        self._by_value: dict[bytes, Secret] = {}
        self._numbers: dict[Role, int] = {}
        self._used: set[bytes] = set()
        self._pseudonyms = b""
        self._sheltered: list[bytes] = []

    def __len__(self) -> int:
        return len(self._by_value)

    def __iter__(self) -> Iterator[Secret]:
        return iter(tuple(self._by_value.values()))  # another thread may look meanwhile

    def learn(self, role: Role, value: bytes) -> Secret | None:
        """Return the secret with its pseudonym; None for what is nobody's."""
        if known := self._by_value.get(value):
            return known
        text = value.decode("utf-8", "surrogateescape")
        if text in WORDS or not has_form(text):
            return None
        if is_ours(role, text):
            pseudonym_ = value
        elif rest := self._rest(role, value):
            pseudonym_ = value[: -len(rest.value)] + rest.pseudonym
        else:
            pseudonym_ = self._made(role, text).encode("utf-8", "surrogateescape")
        secret = Secret(role, value, pseudonym_, _is_hunted(role, value) and pseudonym_ != value)
        self._note(secret)
        if secret.is_hunted and len(value) >= REST and not _BEGINNING.match(value):
            self._note_case(secret)
        return secret

    def is_part(self, value: bytes) -> bool:
        """Tell whether a value is a piece of a pseudonym, and none itself."""
        return value in self._pseudonyms and value not in self._used

    def is_mixed(self, value: bytes) -> bool:
        """Tell whether a secret or a pseudonym is a part of a value, and not all of it."""
        return any(
            part != value for each in (self.hunted, self._made_up) for part in each.within(value)
        )

    def spans(self, data: bytes) -> list[tuple[int, int, Secret]]:
        """Return where secrets stand in `data`, leftmost and longest first, none across another."""
        found = [
            (at, -len(value), self._by_value[value])
            for value in self.hunted.within(data)
            for at in _all(data, value)
        ]
        if not found:
            return []
        shelters = [(at, at + len(p)) for p in self._sheltered for at in _all(data, p)]
        found.sort(key=lambda hit: hit[:2])
        chosen, end = [], 0
        for at, minus, secret in found:
            if at >= end and not any(a <= at and at - minus <= b for a, b in shelters):
                end = at - minus
                chosen.append((at, end, secret))
        return chosen

    def traces(self, data: bytes) -> list[bytes]:
        """Return what betrays secrets in base64 in `data`."""
        return list(self._traces.within(data))

    def in_hex(self, data: bytes) -> list[tuple[bytes, Secret]]:
        """Return the secrets that stand in hexadecimal in `data`, as they are written there."""
        found = self._hex.within(data)
        return [(written, self._by_value[bytes.fromhex(written.decode())]) for written in found]

    def begun(self, data: bytes) -> tuple[int, Secret] | None:
        """Return how much of which secret `data` ends with, where it is cut off; six bytes at least."""
        length = self.hunted.begun(data, HUNTED)
        value = self.hunted.going_on(data[len(data) - length :]) if length else None
        return (length, self._by_value[value]) if value else None

    def sheltered(self, data: bytes) -> bytes:
        """Return `data` with blanks where a pseudonym happens to hold a secret."""
        for made in self._sheltered:
            data = data.replace(made, b" " * len(made))
        return data

    def _rest(self, role: Role, value: bytes) -> Secret | None:
        """Learn what follows a known beginning, for it may be told without that; None if it is no secret."""
        beginning = _BEGINNING.match(value)
        rest = value[beginning.end() :] if beginning else b""
        is_one = len(rest) >= REST and _is_hunted(role, rest) and not _is_word(rest)
        return self.learn(role, rest) if is_one else None

    def _made(self, role: Role, text: str) -> str:
        made = text
        for _ in range(_TRIES):
            self._numbers[role] = self._numbers.get(role, 0) + 1
            made = pseudonym(role, self._numbers[role], text)
            if self._is_free(made.encode("utf-8", "surrogateescape")):
                break
        return made

    def _is_free(self, made: bytes) -> bool:
        return made not in self._used and not any(self.hunted.within(made))

    def _note(self, secret: Secret) -> None:
        self._by_value[secret.value] = secret
        self._used.add(secret.pseudonym)
        self._pseudonyms += secret.pseudonym + b"\0"
        if len(secret.pseudonym) >= HUNTED:
            self._made_up.add(secret.pseudonym)
        if secret.is_hunted:
            self._hunt(secret.value)
        if any(self.hunted.within(secret.pseudonym)):
            self._sheltered.append(secret.pseudonym)

    def _note_case(self, secret: Secret) -> None:
        for form in (bytes.lower, bytes.upper):
            if (value := form(secret.value)) not in self._by_value:
                made = form(secret.pseudonym)
                self._by_value[value] = replace(secret, value=value, pseudonym=made)
                self._used.add(made)
                self._pseudonyms += made + b"\0"
                self._made_up.add(made)
                self.hunted.add(value)
                self._shelter(value)

    def _hunt(self, value: bytes) -> None:
        self.hunted.add(value)
        for trace in traces(value):
            self._traces.add(trace)
        for form in (bytes.lower, bytes.upper):
            self._hex.add(form(value.hex().encode()))
        self._shelter(value)

    def _shelter(self, value: bytes) -> None:
        if value in self._pseudonyms:
            self._sheltered += [made for made in self._used if value in made]


def _is_hunted(role: Role, value: bytes) -> bool:
    is_word = role in ("cookie", "signature") and _is_word(value)
    return len(value) >= HUNTED and len(set(value)) >= VARIED and not is_word


def _is_word(value: bytes) -> bool:
    return value.isalpha() and len(value) < 16


def _all(data: bytes, value: bytes) -> Iterator[int]:
    return (match.start() for match in re.finditer(re.escape(value), data))
