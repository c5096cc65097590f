"""Who may steer: this machine, and whoever reaches the fake under a host name that was allowed.

The other side of the connection must be a loopback address and the `Host` a loopback name, unless the
host is one of those that `--allow-host` names (for containers). A request that a web page made must come
from a page of this very server: it has an `Origin`, or `Sec-Fetch-Site` says where it comes from.
Otherwise the network, or any page open in a browser, could move the clock and read tokens.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.route import Handler
from nemovideo_fakeserver.wire.messages import Reply

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_OWN_PAGES = (None, "same-origin", "none")


def guarded(handler: Handler) -> Handler:
    """Let a handler answer only those who may steer."""

    def answer(call: Call) -> Reply:
        why = _refusal(call)
        return handler(call) if why is None else _forbidden(why)

    return answer


def _refusal(call: Call) -> str | None:
    head = call.head
    here = _split(head.base)
    host = here.hostname
    if host not in call.world.house.hosts:
        if not _is_loopback(head.peer):
            return f"the control paths answer to this machine only, not to {head.peer}; --allow-host lets in more"
        if host not in LOOPBACK:
            return f"the control paths answer to the hosts {', '.join(LOOPBACK)} only, not to {host}; --allow-host adds one"
    origin = head.header("origin")
    if origin is not None and _split(origin).netloc != here.netloc:
        return "the control paths answer no web page from elsewhere"
    if head.header("sec-fetch-site") not in _OWN_PAGES:
        return "the control paths answer no web page from elsewhere"
    return None


def _is_loopback(peer: str) -> bool:
    """Say whether the address `peer` is on this machine; what is no address is not."""
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _split(url: str) -> SplitResult:
    """Take a URL apart; one that is none has no parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _forbidden(why: str) -> Reply:
    return plain({"fake": "nemovideo", "forbidden": why}, status=403)
