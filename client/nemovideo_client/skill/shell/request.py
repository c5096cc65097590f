"""What a curl command asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from nemovideo_client.skill.shell.options import option as known


@dataclass(slots=True)
class Request:
    """A request as its command line has it.

    `limit` is the time it may take (`--max-time`, in seconds, None: without end). `form` has names,
    values, and whether a value is the name of a file; `files` are all that it would read; `refused` are
    options that no skill has a use for. `stated` is the method of `-X`, `queries` what `--url-query` adds.
    """

    line: int
    url: str = ""
    stated: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str | None = None
    form: list[tuple[str, str, bool]] = field(default_factory=list)
    query: bool = False
    head: bool = False
    unbuffered: bool = False
    insecure: bool = False
    limit: float | None = None
    files: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    more_urls: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    @property
    def method(self) -> str:
        """The method that curl will use."""
        if self.stated:
            return self.stated.upper()
        if self.head:
            return "HEAD"
        return "POST" if (self.body is not None and not self.query) or self.form else "GET"

    @property
    def target(self) -> str:
        """The URL, with the data of `-G` and of `--url-query` in its query."""
        data = (self.body,) if self.query and self.body is not None else ()
        joined = "&".join((*data, *self.queries))
        if not joined:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{joined}"

    @property
    def path(self) -> str:
        """The path of the URL."""
        try:
            return urlsplit(self.url).path
        except ValueError:
            return ""

    def header(self, name: str) -> str | None:
        """Return the value of a header; None where it is not sent, empty where it is and says nothing."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None


STANDARD_INPUT = "-"
"""How curl calls what a here-document gives it."""

NO_FILES: Mapping[str, str] = MappingProxyType({})


def read(arguments: Sequence[str], line: int, given: Mapping[str, str] = NO_FILES) -> Request:
    """Return what `curl arguments…` asks for; `given` are the files that it can read, by name, "-" among them."""
    request = Request(line)
    for option, value in _options(arguments):
        _take(request, option, value, given)
    return request


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give each option with its value; an argument that is none is a URL."""
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("-") or argument == "-":
            yield "--url", argument
        elif argument.startswith("--"):
            yield argument, rest.pop(0) if known(argument).valued and rest else ""
        else:
            yield from _cluster(argument[1:], rest)


def _cluster(letters: str, rest: list[str]) -> Iterator[tuple[str, str]]:
    """Give the options of `-sSXPOST`: the first that takes a value takes what is left."""
    for number, letter in enumerate(letters, 1):
        option = f"-{letter}"
        if known(option).valued:
            attached = letters[number:]
            yield option, attached or (rest.pop(0) if rest else "")
            return
        yield option, ""


def _take(request: Request, option: str, value: str, given: Mapping[str, str]) -> None:
    kind = known(option).purpose
    match kind:
        case "":
            request.refused.append(option)
        case "url":
            _url(request, value)
        case "method":
            request.stated = value
        case "header" | "bearer":
            _header(request, value if kind == "header" else f"Authorization: Bearer {value}")
        case "data" | "raw" | "encoded" | "json":
            _data(request, kind, value, given)
        case "form" | "form-text":
            _form(request, kind, value)
        case "url-query":
            request.queries.append(value[1:] if value.startswith("+") else _encoded(request, value))
        case "limit":
            request.limit = _seconds(value)
        case "head" | "query" | "unbuffered" | "insecure":
            setattr(request, kind, True)


def _url(request: Request, value: str) -> None:
    if request.url:
        request.more_urls.append(value)
    else:
        request.url = value


def _header(request: Request, value: str) -> None:
    if value.startswith("@"):
        request.files.append(value[1:])
        return
    name, sign, text = value.partition(":")
    if sign or value.endswith(";"):
        request.headers.append((name.strip().rstrip(";"), text.strip()))


def _data(request: Request, kind: str, value: str, given: Mapping[str, str]) -> None:
    if kind != "raw" and value.startswith("@"):
        if value[1:] in given:
            value = given[value[1:]]
        else:
            request.files.append(value[1:])
            value = ""
    elif kind == "encoded":
        value = _encoded(request, value)
    if kind == "json":
        request.headers += [("Content-Type", "application/json"), ("Accept", "application/json")]
    joined = "" if kind == "json" else "&"
    request.body = value if request.body is None else f"{request.body}{joined}{value}"


def _encoded(request: Request, value: str) -> str:
    """Return `name=text` with its text fit for a URL; `name@file` would read a file."""
    name, sign, text = value.partition("=")
    if not sign and "@" in value:
        request.files.append(value.partition("@")[2])
        return ""
    return f"{name}={quote(text)}" if sign and name else quote(text or value)


def _form(request: Request, kind: str, value: str) -> None:
    name, _, text = value.partition("=")
    is_file = kind == "form" and text.startswith(("@", "<"))
    if is_file:
        text = text[1:].split(";")[0]
        request.files.append(text)
    request.form.append((name, text, is_file))


def _seconds(value: str) -> float | None:
    try:
        return float(value) or None
    except ValueError:
        return None
