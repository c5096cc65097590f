"""HAR between us and mitmproxy: a reader and a writer that know nothing of each other."""

from __future__ import annotations

import json

import pytest

from nemovideo_proxy.convert.har_in import recording_of
from nemovideo_proxy.convert.har_out import har_of
from support.proxy_recordings import FILM, session

pytest.importorskip("mitmproxy", reason="the other reader is mitmproxy's")


def test_it_reads_the_replies_that_were_recorded() -> None:
    """What mitmproxy reads from a HAR has the recorded URLs, statuses, headers and bytes."""
    from mitmproxy.io.har import request_to_flow

    recording = session()
    flows = [
        request_to_flow(entry)
        for entry in json.loads(json.dumps(har_of(recording)))["log"]["entries"]
    ]

    assert [flow.request.url for flow in flows] == [
        "https://api.example.test/api/auth/anonymous-token",
        "https://api.example.test/api/upload-video/nemo_agent/me/1",
        "https://api.example.test/run_sse",
        "https://api.example.test/api/state?x=1&y=%20",
        "https://cdn.example.test/a.mp4?sig=1",
    ]
    responses = [flow.response for flow in flows]
    assert [r.status_code for r in responses if r] == [200, 200, 200, 0, 200]
    film, stream = responses[4], responses[2]
    assert film is not None
    assert film.content == FILM
    assert stream is not None
    assert stream.headers["content-type"] == "text/event-stream"


def test_what_mitmproxy_saved_is_read() -> None:
    """A HAR of mitmproxy's `save.har` gives its requests, unpacked replies and times; an error is no reply."""
    from mitmproxy.addons.savehar import SaveHar
    from mitmproxy.test.tflow import tflow

    good = tflow(resp=True)
    good.request.url = "https://a.test/api/x?q=1"
    good.request.text = "{}"
    assert good.response is not None
    good.response.headers["content-encoding"] = "gzip"
    good.response.text = '{"code":0}'
    bad = tflow(err=True)
    bad.request.url = "https://a.test/api/y"
    har = SaveHar().make_har([good, bad])

    one, two = recording_of(json.loads(json.dumps(har))).interactions
    assert (one.request.method, one.request.url) == ("GET", "/api/x?q=1")
    assert one.response is not None
    assert one.response.body == b'{"code":0}'
    assert one.response.header("content-encoding") is None
    assert one.ended > one.response.at > 0
    assert two.response is None
    assert two.end == "reset"
