"""Where a redirect leads: a client that follows it stays with the proxy, while recording and on replay."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}


def inside(
    location: str, *, asked: str, root: str, base: str, address: Callable[[str], str]
) -> str:
    """Return what a client of the proxy at `base` is to read in place of `location`, the answer to `asked`.

    What lies below `root`, the URL of the service, is had from `base`; anything else is a file, whose `address`
    is looked up. `asked` is a path below `root`, or the URL of a file. What is not HTTP stays as it is.
    """
    is_file = not asked.startswith("/")
    try:
        target = urljoin(asked if is_file else root + asked, location)
        parts, service = urlsplit(target), urlsplit(root)
        place, own = _place(parts), _place(service)
    except ValueError:
        return address(location)
    if place is None:
        return location
    below = parts.path == service.path or parts.path.startswith(f"{service.path}/")
    if place != own or not below:
        return address(urldefrag(target).url)
    is_relative = not urlsplit(location).netloc
    if is_relative and not is_file and not service.path:
        return location
    return base + _rest(parts, service)


def _place(parts: SplitResult) -> tuple[str, str, int] | None:
    if parts.scheme not in _PORTS:
        return None
    host = parts.hostname or ""
    return parts.scheme, f"{parts.username or ''}@{host}", parts.port or _PORTS[parts.scheme]


def _rest(parts: SplitResult, service: SplitResult) -> str:
    """Return path, query and fragment as they are asked of the proxy."""
    path = parts.path.removeprefix(service.path)
    return parts._replace(scheme="", netloc="", path=path).geturl()
