"""Who may steer: this machine, and whoever reaches the fake under a host name that was allowed.

The other side of the connection must be a loopback address and the `Host` it asked for this machine's own
(`localhost`, or a loopback address), unless that host is one of those that `--allow-host` names (for
containers). A request that a web page made must come from a page of this very server: its `Origin` has the
same scheme, host and port, and `Sec-Fetch-Site` says the same. Otherwise the network, a page open in a
browser, or a name that leads here by somebody else's DNS could move the clock and read tokens.

Law: nothing here depends on what the door makes of a strange `Host`; what is no plain host is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

from nemovideo_fakeserver.api.control.refusing import Forbidden
from nemovideo_fakeserver.wire.messages import Head

_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
_OWN_PAGES = (None, "same-origin", "none")
_ELSEWHERE = "the control paths answer no web page from elsewhere"


def check(head: Head, allowed: Collection[str]) -> None:
    """Raise `Forbidden` unless who asks may steer; `allowed` are host names, in lower case."""
    scheme, _, reached = head.base.partition("://")
    asked = head.header("host")
    host = (reached.partition("/")[0] if asked is None else asked).lower()
    name = _name(host)
    if name not in allowed:
        _check_here(head.peer, name)
    if head.header("origin") not in (None, f"{scheme}://{host}"):
        raise Forbidden(_ELSEWHERE)
    if head.header("sec-fetch-site") not in _OWN_PAGES:
        raise Forbidden(_ELSEWHERE)


def _check_here(peer: str, name: str) -> None:
    if not _is_loopback(peer):
        raise Forbidden(
            f"the control paths answer to this machine only, not to {peer[:80] or 'nobody'};"
            f" --allow-host {name or 'NAME'} lets in whoever asks for that host"
        )
    if name != "localhost" and not _is_loopback(name):
        raise Forbidden(
            f"the control paths answer to localhost and loopback addresses only, not to the host"
            f" {name[:80] or 'of this request'}; --allow-host adds one"
        )


def _name(host: str) -> str:
    """Return a host without its port and brackets, "" for what is none."""
    match = _HOST.fullmatch(host)
    return match[1].strip("[]") if match else ""


def _is_loopback(address: str) -> bool:
    """Say whether an address is on this machine; what is no address is not."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return (mapped or known).is_loopback
