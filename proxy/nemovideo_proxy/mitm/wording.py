"""Between mitmproxy's messages and the values of the model."""

from __future__ import annotations

from mitmproxy import http
from mitmproxy.proxy.mode_specs import ReverseMode

from nemovideo_proxy.model import Headers, Request
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.recording.routing import Route
from nemovideo_proxy.recording.upstream import Upstream


def headers_of(message: http.Message) -> Headers:
    """Return the headers as they were written."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in message.headers.fields
    )


def request_of(request: http.Request) -> Request:
    """Return what a client sent."""
    return Request(
        method=request.method,
        url=request.path,
        headers=headers_of(request),
        body=request.raw_content or b"",
    )


def base_of(flow: http.HTTPFlow, service: Upstream) -> str:
    """Return the URL under which a client knows the proxy.

    In reverse mode that is what its Host header says, unless mitmproxy has put the service's there already
    (`keep_host_header` is off); else the client thinks that it talks to the service.
    """
    if not isinstance(flow.client_conn.proxy_mode, ReverseMode):
        return service.origin
    host = flow.request.headers.get("host", service.netloc)
    own = _listening(flow) if host == service.netloc else host
    return f"{'https' if flow.client_conn.tls else 'http'}://{own}"


def answer(flow: http.HTTPFlow, marked: Marked) -> None:
    """Answer in the proxy's own name; nothing is forwarded."""
    flow.response = response(marked)


def response(marked: Marked) -> http.Response:
    """Return an answer in the proxy's own name."""
    return http.Response.make(marked.status, marked.body, dict(marked.headers))


def nothing_streams(flow: http.HTTPFlow) -> bool:
    """Say whether the client can still be answered: nothing of request or reply is on its way in pieces."""
    return not flow.request.stream and (flow.response is None or not flow.response.stream)


def answer_instead(flow: http.HTTPFlow, marked: Marked) -> None:
    """Answer in the proxy's own name although the head of a reply may have come.

    Without a callable, mitmproxy would put the service's body into that answer.
    """
    has_head = flow.response is not None
    answer(flow, marked)
    if has_head and flow.response is not None:
        rest = iter((marked.body,))
        flow.response.stream = lambda _: next(rest, [])


def send(request: http.Request, route: Route) -> None:
    """Turn a request into what goes on along `route`."""
    place = (route.place.scheme, route.place.host, route.place.port)
    if place != (request.scheme, request.host, request.port):  # each of these writes headers anew
        request.scheme, request.host, request.port = place
    request.path = route.path
    request.headers = http.Headers(
        [(name.encode("latin-1"), value.encode("latin-1")) for name, value in route.headers]
    )
    body = route.recorded.body
    if isinstance(body, bytes) and request.raw_content is not None:
        request.raw_content = body


def reframe(flow: http.HTTPFlow, response: http.Response) -> None:
    """Announce what the client will get: no compression, and no length, for it may be another."""
    response.headers.pop("content-encoding", None)
    if "content-length" not in response.headers or flow.request.method == "HEAD":
        return
    del response.headers["content-length"]
    if flow.request.http_version == "HTTP/1.1":
        response.headers["Transfer-Encoding"] = "chunked"
    elif flow.request.http_version == "HTTP/1.0":
        response.headers["Connection"] = "close"


def _listening(flow: http.HTTPFlow) -> str:
    host, port, *_ = flow.client_conn.sockname
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
