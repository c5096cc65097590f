"""Who may be asked, and with what: the service, the files it named, and nothing of this machine behind its back."""

from __future__ import annotations

import gzip

import pytest

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.decoding import decoder_of, without_coding
from nemovideo_proxy.recording.marked import Marked, NotRecorded
from nemovideo_proxy.recording.routing import Route, Routing
from nemovideo_proxy.recording.upstream import BadUpstream, is_private, upstream_of

SERVICE = "https://api.example"


def _routing(service: str = SERVICE, *urls: str) -> Routing:
    found = upstream_of(service)
    known = Assets(found.origin)
    for url in urls:
        known.outgoing(f'{{"url": "{url}"}}', "http://127.0.0.1:1")
    return Routing(service=found, assets=known, instance="abcd")


def _get(path: str) -> Request:
    headers = (("Host", "127.0.0.1:1"), ("Accept-Encoding", "br"), ("X-Nemo-Proxy-Wish", "1"))
    return Request(method="GET", url=path, headers=headers)


def test_the_service_is_asked_under_its_own_name() -> None:
    """Host is the service's, nothing is compressed, words to the proxy stay here, and Via marks it."""
    route = _routing(f"{SERVICE}/v1").route(_get("/api/tokens?a=b"))

    assert isinstance(route, Route)
    assert route.path == "/v1/api/tokens?a=b"
    assert route.headers == (
        ("Host", "api.example"),
        ("Via", "1.1 nemo-proxy-abcd"),
        ("Accept-Encoding", "identity"),
    )
    assert route.recorded.header("accept-encoding") == "br"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "localhost"]
)
def test_files_of_this_machine_are_not_fetched_for_a_service_elsewhere(host: str) -> None:
    """A reply may name what it likes; addresses of this machine and its network are not contacted."""
    refused = _routing(SERVICE, f"http://{host}/secret").route(_get("/__asset__/1"))

    assert isinstance(refused, Marked)
    assert refused.why == "refused"


def test_a_file_is_asked_where_it_lies() -> None:
    """The path and the query go to its host, and it is recorded under its URL."""
    url = "https://cdn.example/films/a.mp4?Signature=abc"
    route = _routing(SERVICE, url).route(_get("/__asset__/1"))

    assert isinstance(route, Route)
    assert (route.place.host, route.path) == ("cdn.example", "/films/a.mp4?Signature=abc")
    assert route.recorded.url == url


def test_what_has_been_here_does_not_pass_again() -> None:
    """The mark of this recorder refuses; that of another does not."""
    routing = _routing()

    again = routing.refusal("api.example", 443, (("Via", "1.1 nemo-proxy-abcd"),))
    assert again is not None
    assert again.why == "loop"
    assert routing.refusal("api.example", 443, (("via", "1.1 nemo-proxy-ef01"),)) is None
    elsewhere = routing.refusal("elsewhere.example", 443, ())
    assert elsewhere is not None
    assert elsewhere.why == "refused"


@pytest.mark.parametrize(
    "url", ["nowhere", "ftp://a", "http://", "http://u@a", "http://a?b", "http://a:x"]
)
def test_what_is_no_service_is_said_to_be_none(url: str) -> None:
    """Only http and https, without user and query."""
    with pytest.raises(BadUpstream):
        upstream_of(url)


def test_addresses_of_this_network_are_told_from_public_ones() -> None:
    """Also where an IPv6 address stands for an IPv4 one."""
    assert is_private("::ffff:10.0.0.1")
    assert not is_private("::ffff:8.8.8.8")
    assert not is_private("api.example")


def test_a_compressed_reply_is_read_piece_by_piece() -> None:
    """What was compressed all the same is stored as what it says, without the headers of compression."""
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "9"), ("A", "b"))
    decoder, packed = decoder_of(headers), gzip.compress(b"data: 1\n\n")

    assert b"".join(decoder.feed(bytes((byte,))) for byte in packed) == b"data: 1\n\n"
    assert without_coding(headers) == (("A", "b"),)
    with pytest.raises(NotRecorded, match="cannot be decompressed"):
        decoder_of(headers).feed(b"no gzip at all")
    with pytest.raises(NotRecorded, match="'br'"):
        decoder_of((("Content-Encoding", "br"),))
