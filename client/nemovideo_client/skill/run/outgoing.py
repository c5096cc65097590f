"""What may leave: a request to the fake, made anew from what a command asks for. Everything else is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from nemovideo_client.skill.check.api import is_nemo
from nemovideo_client.skill.run import media
from nemovideo_client.skill.shell.request import Request

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
_STEERING = re.compile(r"/(?:~[^/]*/)?__fake__(?:/|$)")


class Refused(Exception):
    """The command is not run; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to the fake; `form` has names, values, and whether a value is the path of a file of ours."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    form: tuple[tuple[str, str, bool], ...] = ()


def outgoing(request: Request, base: str, folder: Path) -> Outgoing:
    """Return what may be sent to the fake at `base`; files are ours, and lie in `folder`. Raises Refused."""
    if request.refused:
        raise Refused(f"the option {request.refused[0]} is not for skills")
    if request.more_urls:
        raise Refused("it asks for more than one URL")
    if request.method not in METHODS:
        raise Refused(f"{request.method[:20]!a} is no method")
    in_form = {text for _, text, is_file in request.form if is_file}
    foreign = [name for name in request.files if name not in in_form]
    if foreign:
        raise Refused(
            f"it would read {foreign[0][:60]!a}; only uploads may name files, and get one of ours"
        )
    return Outgoing(
        request.method,
        address(request.target, base),
        tuple(_headers(request)),
        None if request.query else request.body,
        tuple(_form(request, folder)),
    )


def address(url: str, base: str) -> str:
    """Return a URL of NemoVideo as one of the fake's. Raises Refused for every other host."""
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, at = parts.hostname or "", parts.netloc
    except ValueError:
        raise Refused(f"{url[:60]!a} is no URL") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(f"it asks for {parts.scheme[:20]}:, and only http and https are for skills")
    if at != urlsplit(base).netloc and not is_nemo(host):
        raise Refused(
            f"it goes to {at[:60]!a}, and only NemoVideo's hosts are replaced by the fake"
        )
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    if _STEERING.match(path):
        raise Refused("it would steer the fake")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{base}{path or '/'}{'?' if query else ''}{query}"


def sendable(value: str) -> bool:
    """Say whether a value can stand in a header."""
    return not _UNSAFE.search(value)


def _headers(request: Request) -> Iterator[tuple[str, str]]:
    for name, value in request.headers:
        if not _TOKEN.fullmatch(name) or not sendable(value):
            raise Refused(f"{name[:40]!a} is no header that can be sent")
        if name.lower() not in (
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "expect",
        ):
            yield name, value


def _form(request: Request, folder: Path) -> Iterator[tuple[str, str, bool]]:
    for name, text, is_file in request.form:
        if _UNSAFE.search(name) or not name:
            raise Refused("a field of the form has no name that can be sent")
        yield name, str(media.make(folder, text)) if is_file else text, is_file
