"""What stands for a secret: a made-up value of the same length and alphabet, that says what it stands for.

The law:

* Known beginnings stay (`nmv_usr_`, `clm_`, `anon_`, `user_`, `eyJ` of a JWT), and so does punctuation: the
  `@` and the dots of an e-mail address, the dashes of a UUID. `-` and `_` within words, and blanks between them,
  do not: a name of two words becomes one.
* Digits stay digits and hexadecimal stays hexadecimal, in its case; other letters and digits become the role,
  the number of its first appearance and `x` (`nmv_usr_token1xxxx…`). Where the role does not fit, its letter
  has to do. A character that is no ASCII becomes one of as many UTF-8 bytes.
* Nothing but form, role and number goes into a pseudonym, so that one is known as such without any list.
"""

from __future__ import annotations

import re

from nemovideo_proxy.places import SECRET, Role

PREFIXES = ("nmv_usr_", "clm_", "anon_", "user_", "eyJ")
"""Beginnings that say what a value is, and nothing of whose it is."""

_ORDER: tuple[Role, ...] = ("token", "client", "user", "claim", "email", "cookie", "signature")
_LETTERS: dict[Role, str] = dict(zip(_ORDER, "tiumlos", strict=True))
_DIGITS: dict[Role, str] = dict(zip(_ORDER, "1234569", strict=True))
_HEX: dict[Role, str] = dict(zip(_ORDER, "acedbf9", strict=True))
SHORT = 4
"""Letters and digits from which on a number fits in."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_OTHER = {2: "é", 3: "某", 4: "𠮷"}


def pseudonym(role: Role, number: int, value: str) -> str:
    """Return what stands for `value`, the `number`th of its role.

    Where a value is too short for role and number, different values may get the same one; of fewer than
    `SHORT` letters and digits all do.
    """
    prefix, slots = _slots(value)
    filling = iter(_filling(role, number, value[len(prefix) :], len(slots)))
    made = list(value)
    for at in slots:
        made[at] = next(filling)
    for at in range(len(prefix), len(value)):
        if ord(made[at]) >= 0x80:
            made[at] = _like(made[at])
    return "".join(made)


def named(text: str) -> tuple[Role, int] | None:
    """Return the role and the number that a pseudonym stands for, or None when `text` is none."""
    prefix, slots = _slots(text)
    body, filled = text[len(prefix) :], "".join(text[at] for at in slots)
    found = _in_digits(body, filled) if _lead("token", body) else _in_words(filled.lower())
    return found if found and pseudonym(*found, text).lower() == text.lower() else None


def is_pseudonym(role: Role, text: str) -> bool:
    """Tell a pseudonym of that role from a value; there is none of a role that is no secret."""
    return role in SECRET and (found := named(text)) is not None and found[0] == role


def is_ours(role: Role, text: str) -> bool:
    """Tell whether what stands in a place of that role came from here; a mere number has to fit the role."""
    found = named(text)
    if found is None:
        return False
    return found[0] == role or not _lead("token", text) or _is_uuid(text)


def has_form(value: str) -> bool:
    """Tell whether anything in a value can be replaced."""
    prefix, slots = _slots(value)
    return bool(slots) or any(ord(character) >= 0x80 for character in value[len(prefix) :])


def _slots(value: str) -> tuple[str, list[int]]:
    """Return the beginning that stays, and where the letters and digits are that do not."""
    prefix = next((p for p in PREFIXES if value.startswith(p) and len(value) >= len(p) + 4), "")
    also = "" if _lead("token", value[len(prefix) :]) else "-_ "
    return prefix, [
        at
        for at in range(len(prefix), len(value))
        if (value[at].isascii() and value[at].isalnum()) or value[at] in also
    ]


def _filling(role: Role, number: int, body: str, length: int) -> str:
    said = str(number)
    if length < SHORT:
        return (_lead(role, body) or _letter(role, body)) * length
    if lead := _lead(role, body):
        filled = (lead + said.zfill(length - 1))[-length:] if length else ""
        return filled[:12] + "4" + filled[13:16] + "8" + filled[17:] if _is_uuid(body) else filled
    word = role + said
    room = (
        length if "@" not in body else len(body.partition("@")[0].replace(".", "").replace("+", ""))
    )
    if len(word) > min(room, length):
        word = (_LETTERS[role] + said)[-length:] if length else ""
    word = word.ljust(length, "x")
    return word.upper() if _is_upper(body) else word


def _letter(role: Role, body: str) -> str:
    return _LETTERS[role].upper() if _is_upper(body) else _LETTERS[role]


def _lead(role: Role, body: str) -> str:
    """Return the first digit of a pseudonym that is a number; empty where it is made of words."""
    characters = [c for c in body if c.isascii() and c.isalnum()]
    if all(c.isdigit() for c in characters):
        return _DIGITS[role]
    if all(c in "0123456789abcdef" for c in characters):
        return _HEX[role]
    if all(c in "0123456789ABCDEF" for c in characters):
        return _HEX[role].upper()
    return ""


def _in_words(filled: str) -> tuple[Role, int] | None:
    """Read a word; one letter has to be followed by an `x`, for somebody may be called `u1001`."""
    if 0 < len(filled) < SHORT:
        return _of_one(filled, _LETTERS)
    for role in _ORDER:
        for form in (rf"{role}(\d{{1,9}})x*", _LETTERS[role] + r"(\d{1,3})x+"):
            if match := re.fullmatch(form, filled):
                return role, int(match[1])
    return None


def _in_digits(body: str, filled: str) -> tuple[Role, int] | None:
    """Read a number; it has noughts enough in front to be no chance."""
    if 0 < len(filled) < SHORT:
        return _of_one(filled, _DIGITS if filled.isdigit() else _HEX)
    core = filled[1:12] + filled[13:16] + filled[17:] if _is_uuid(body) else filled[1:]
    match = re.fullmatch(r"(0+)(\d{1,9})", core)
    if match is None or len(match[1]) < (len(core) + 1) // 2:
        return None
    lead = filled[0].lower()
    for role in _ORDER:
        if lead in (_DIGITS[role], _HEX[role]):
            return role, int(match[2])
    return None


def _of_one(filled: str, names: dict[Role, str]) -> tuple[Role, int] | None:
    """Read what is too short for a number: nothing but the name of its role."""
    found = (role for role in _ORDER if filled.lower() == names[role] * len(filled))
    return next(((role, 1) for role in found), None)


def _is_uuid(body: str) -> bool:
    return _UUID.fullmatch(body) is not None


def _is_upper(body: str) -> bool:
    return body.isascii() and body.upper() == body


def _like(character: str) -> str:
    """Return a character of as many bytes; what stands for a byte that is no UTF-8 stays."""
    try:
        return _OTHER[len(character.encode())]
    except UnicodeEncodeError:
        return character
