"""URLs of files in replies become addresses of the proxy, and come back as they were."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.recording.assets import Assets, Rewriting

BASE = "http://127.0.0.1:9999"
URLS = st.builds(
    "https://cdn.example/{}?sig={}".format,
    st.text("abcXYZ019._-", min_size=1, max_size=12),
    st.text("abcXYZ019%&=+", min_size=1, max_size=12),
)


def _assets() -> Assets:
    return Assets("https://api.example")


@given(
    url=URLS,
    depth=st.integers(0, 2),
    escaped=st.booleans(),
    key=st.sampled_from(("cdn_url", "thumbnail_url", "outputUrl")),
)
def test_urls_in_json_within_json_come_back_as_they_were(
    url: str, depth: int, escaped: bool, key: str
) -> None:
    """However deep in strings of JSON a URL stands, the client reads an address, and the address is the URL."""
    assets, value = _assets(), json.dumps({key: url})
    if escaped:
        value = value.replace("/", "\\/")
    for _ in range(depth):
        value = json.dumps({"inner": value})
    seen = assets.outgoing(value, BASE)
    for _ in range(depth):
        seen = json.loads(seen)["inner"]
    address = json.loads(seen)[key]

    assert address == f"{BASE}/__asset__/1"
    assert assets.url(1) == url
    assert assets.incoming(address) == url


@given(
    lines=st.lists(
        st.one_of(
            URLS.map(lambda url: "data: " + json.dumps({"url": url})),
            st.text("htps:/ {}\"url'", max_size=20).map(lambda text: "data: " + text),
        ),
        max_size=5,
    ),
    cuts=st.lists(st.integers(0, 300), max_size=20),
)
def test_a_stream_is_rewritten_the_same_however_it_is_cut(
    lines: list[str], cuts: list[int]
) -> None:
    """What the client has in the end does not depend on where the pieces were cut."""
    whole = "\n\n".join(lines).encode()
    expected = _assets().outgoing(whole.decode(), BASE).encode()
    rewriting, got, start = Rewriting(_assets(), BASE), b"", 0
    for cut in sorted({*(c for c in cuts if c < len(whole)), len(whole)}):
        got += rewriting.feed(whole[start:cut])
        start = cut

    assert got + rewriting.finish() == expected


def test_only_the_beginning_of_a_url_is_held_back() -> None:
    """A frame without a URL passes at once, even without its end; one with a URL waits for its line."""
    rewriting = Rewriting(_assets(), BASE)

    assert rewriting.feed(b"data: hal") == b"data: hal"
    assert rewriting.feed(b'f\n\ndata: {"url": "ht') == b'f\n\ndata: {"url": "'
    assert rewriting.feed(b"tps://cdn.example/a.mp4") == b""
    assert rewriting.feed(b'"}\n') == f'{BASE}/__asset__/1"}}\n'.encode()


def test_urls_of_the_service_itself_are_rewritten_wherever_they_stand() -> None:
    """A sentence may hold a URL of the service; its punctuation is not part of it."""
    assets = _assets()
    seen = assets.outgoing('{"content": "See https://api.example/cdn/a.mp4."}', BASE)

    assert seen == f'{{"content": "See {BASE}/__asset__/1."}}'
    assert assets.url(1) == "https://api.example/cdn/a.mp4"


def test_an_address_that_was_never_given_out_is_nobodys() -> None:
    """Only what the service named can be asked for."""
    assets = _assets()

    assert assets.of_path("/__asset__/1") is None
    assert assets.of_path("/__asset__/x") is None
    assert assets.incoming(f"{BASE}/__asset__/7") == f"{BASE}/__asset__/7"
