"""Where the words of one frame end with a whole secret, so that those of the next do not go on with it.

A frame may end anywhere within a secret, and the next message may begin right behind one without a blank. A
token, a claim token and an id are whole by their known lengths. An address is whole when its last label is a
known one and would be none with what follows: `example.com` and `Your`; of `example.co` and `m`, it goes on.
"""

from __future__ import annotations

import re

LONGEST = 320
"""Bytes that an address has at most."""

_WHOLE = re.compile(rb"(?:nmv_usr_[\w-]{43}|clm_[\w-]{43}|(?:anon|user)_[0-9a-f]{16})\Z", re.ASCII)
_BEGUN = re.compile(rb"(?:nmv_usr_|clm_|anon_|user_)[\w-]*\Z", re.ASCII)
_ADDRESS = re.compile(rb"[\w+.-]@((?:[A-Za-z0-9-]+\.)+([A-Za-z]{2,}))\Z", re.ASCII)
_HOST = re.compile(rb"[A-Za-z0-9.-]*")
_LABELS = frozenset(
    b"com org net edu gov mil int info biz name pro mobi app dev xyz online site shop store cloud tech company"
    b" email example test invalid localhost local"
    b" ai at au be br ca cc ch cn co cz de dk es eu fi fr gg hk ie il in io it jp kr ly me mx nl no nz pl pt ru"
    b" se sg sh so to tr tv tw ua uk us vn za".split()
)
"""Last labels of hosts that are common, and those that are reserved for examples."""


def is_over(words: bytes, following: bytes) -> bool:
    """Tell whether `words` end with a whole secret that `following` is no part of."""
    end = words[-LONGEST:]
    if begun := _BEGUN.search(end):
        return _WHOLE.fullmatch(begun[0]) is not None
    address = _ADDRESS.search(end)
    going_on = _HOST.match(following)
    if address is None or going_on is None:
        return False
    label = address[2]
    longer = (address[1] + going_on[0].rstrip(b".-")).rpartition(b".")[2]
    if _is_label(longer):
        return False
    return _is_label(label) or (label.islower() and following[:1].isupper())


def _is_label(label: bytes) -> bool:
    return label in _LABELS or (label.isupper() and label.lower() in _LABELS)
