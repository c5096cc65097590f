"""Where a request goes: to the service, to a file that the service named, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from nemovideo_proxy import redirects
from nemovideo_proxy.model import Headers, Request
from nemovideo_proxy.recording import asset_rules, assets, upstream
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.decoding import asking_plain
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.recording.upstream import Upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where it goes, under which path, with which headers and body; and `recorded`, as the cassette has it."""

    place: Upstream
    path: str
    headers: Headers
    recorded: Request
    is_asset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Decides it. `instance` marks what this recorder has forwarded."""

    service: Upstream
    assets: Assets | None
    instance: str

    def refusal(self, host: str, port: int, headers: Headers) -> Marked | None:
        """Return why what a client asks of `host` is not forwarded, whatever it is."""
        if refused := upstream.loop(headers, self.instance):
            return refused
        if not self.service.is_at(host, port):
            return upstream.stranger(host, self.service)
        return None

    def route(self, request: Request) -> Route | Marked:
        """Return where `request`, as the client sent it, goes."""
        if self.assets is not None and request.url.startswith(assets.PATH):
            return self._asset(self.assets, request)
        recorded = self._addressed(self._put_back(request), self.service)
        path = self.service.path + request.url
        return self._routed(self.service, path, recorded)

    def inside(self, location: str, asked: Request, base: str) -> str:
        """Return what the answer to `asked` tells a client of the proxy at `base` as its `Location`."""
        if (known := self.assets) is None:
            return location
        return redirects.inside(
            location,
            asked=asked.url,
            root=self.service.origin + self.service.path,
            base=base,
            address=lambda url: known.address(url, base),
        )

    def _asset(self, known: Assets, request: Request) -> Route | Marked:
        url = known.of_path(request.url.partition("?")[0])
        if url is None or request.method not in ("GET", "HEAD"):
            return asset_rules.unknown()
        place = asset_rules.host_of(url, self.service)
        if isinstance(place, Marked):
            return place
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        recorded = self._addressed(replace(request, url=url), place)
        return replace(self._routed(place, path, recorded), is_asset=True)

    def _put_back(self, request: Request) -> Request:
        """Put the service's URLs back in the place of the proxy's addresses."""
        body = request.body
        if self.assets is None or not isinstance(body, bytes) or b"__asset__" not in body:
            return request
        text = self.assets.incoming(body.decode("utf-8", "surrogateescape"))
        body = text.encode("utf-8", "surrogateescape")
        return replace(request, body=body, headers=_with_length(request.headers, len(body)))

    def _addressed(self, request: Request, place: Upstream) -> Request:
        """Under which name the client knew the proxy says nothing of the service."""
        headers = tuple(
            (name, place.netloc if name.lower() == "host" else value)
            for name, value in request.headers
        )
        return replace(request, headers=headers)

    def _routed(self, place: Upstream, path: str, recorded: Request) -> Route:
        headers = asking_plain(upstream.forwarded(recorded.headers, self.instance))
        return Route(place=place, path=path, headers=headers, recorded=recorded)


def _with_length(headers: Headers, length: int) -> Headers:
    return tuple(
        (name, str(length) if name.lower() == "content-length" else value)
        for name, value in headers
    )
