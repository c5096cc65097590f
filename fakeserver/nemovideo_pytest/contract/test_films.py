"""The film that a render comes to: a file that plays, at an address and by download."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract import film
from nemovideo_pytest.contract.basis import costs, rests_on, unrecorded
from nemovideo_pytest.contract.drafts import card, showing, titled
from nemovideo_pytest.contract.replies import Seen, data, refused
from nemovideo_pytest.contract.samples import sample
from nemovideo_pytest.contract.visitor import Visitor

RESULT, RESULT_HEAD = (f"{m} /cdn/render-result/{{key}}/{{name}}" for m in ("GET", "HEAD"))
DOWNLOAD, DOWNLOAD_HEAD = (f"{m} /api/render/proxy/{{render}}/download" for m in ("GET", "HEAD"))
ORDER = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"


def filmed(visitor: Visitor, **order: object) -> tuple[Seen, bytes]:
    """Order a render, wait for it, and return how it stands and the bytes of its film."""
    stands = visitor.finished(visitor.ordered(**order).id)
    assert stands.status == "completed", stands
    assert stands.url is not None
    return stands, visitor.fetch(stands.url).content


@pytest.fixture
def done(visitor: Visitor) -> Seen:
    """A render of a second that is completed."""
    return visitor.finished(visitor.ordered(id="render_1", draft=card()).id)


@rests_on(POLL, RESULT, "draft keys")
def test_an_output_is_a_film(visitor: Visitor) -> None:
    """MP4 with H.264 and AAC, as long and as large as the draft, of the size that is told."""
    stands, content = filmed(visitor, draft=card(1500))
    found = film.read(content)

    assert abs(found.seconds - 1.5) < 0.15
    assert (found.width, found.height) == (64, 36)
    assert found.codecs == {"avc1", "mp4a"}
    assert stands.size in (None, len(content))
    assert stands.seconds is None or abs(stands.seconds - 1.5) < 0.15


@pytest.mark.parametrize(
    ("resolution", "size"), [("360p", (640, 360)), ("480p", (854, 480))], ids=str
)
@rests_on(ORDER, RESULT)
def test_a_resolution_is_that_of_the_short_side(
    visitor: Visitor, resolution: str, size: tuple[int, int]
) -> None:
    """The shape stays the draft's."""
    draft = card(200, width=1280, height=720)
    _, content = filmed(visitor, draft=draft, output={"resolution": resolution, "fps": 5})
    found = film.read(content)

    assert abs(found.width - size[0]) <= 2
    assert found.height == size[1]


@rests_on(ORDER, RESULT, "draft keys")
def test_an_upright_draft_is_an_upright_film(visitor: Visitor) -> None:
    """`m` of the draft says how wide and how high."""
    _, content = filmed(visitor, draft=card(200, width=36, height=64))
    found = film.read(content)

    assert (found.width, found.height) == (36, 64)


@rests_on(ORDER, RESULT, "what a film shows")
def test_a_film_shows_what_was_uploaded(visitor: Visitor) -> None:
    """The upload's address in a segment brings its pictures and its tone: more than a card has."""
    (file,) = data(visitor.upload(("beach.mp4", sample("mp4"))))["files"]
    _, shown = filmed(visitor, draft=showing(file["cdn_url"], 1000))
    _, plain = filmed(visitor, draft=card(1000))

    assert abs(film.read(shown).seconds - 1) < 0.15
    assert len(shown) > 1.5 * len(plain)


@costs(50)
@rests_on(ORDER, POLL, RESULT, "draft keys", "music is an edit")
def test_music_alone_is_a_film_too(visitor: Visitor) -> None:
    """The draft from the state, sent back as it is."""
    visitor.say("Make a 2-second lo-fi loop at 80 BPM")
    _, content = filmed(visitor, output={"resolution": "360p", "fps": 5})
    found = film.read(content)

    assert abs(found.seconds - 2) < 0.15
    assert "mp4a" in found.codecs


@costs(50)
@rests_on(ORDER, POLL, "draft keys", "prices")
def test_the_documented_way_ends_with_a_film(visitor: Visitor) -> None:
    """Upload, edit, state, order, polls, download: and only the edit was paid."""
    before = visitor.credits()["total"]
    data(visitor.upload(("beach.mp4", sample("mp4"))))
    visitor.say('put my clip on the timeline, trim to 1 second and add a title "Paradise Found"')
    stands, content = filmed(visitor, output={"format": "mp4", "quality": "high", "fps": 5, "resolution": "360p"})  # fmt: skip

    assert content == visitor.download(stands.id).content
    assert abs(film.read(content).seconds - visitor.draft()["d"] / 1000) < 0.25
    assert before - visitor.credits()["total"] == 50


@rests_on(ORDER, POLL)
def test_the_draft_that_was_sent_is_rendered(visitor: Visitor) -> None:
    """Not the one of the session, and titles do no harm."""
    assert visitor.draft() == {}
    _, content = filmed(visitor, draft=titled("Größe 标题"))

    assert abs(film.read(content).seconds - 1) < 0.15


@rests_on(DOWNLOAD, RESULT)
def test_a_download_is_the_same_film(visitor: Visitor, done: Seen) -> None:
    """As its address leads to; of the type of a film, under its name."""
    assert done.url is not None
    by_url, download = visitor.fetch(done.url), visitor.download(done.id)

    assert download.status_code == by_url.status_code == 200
    assert download.content == by_url.content
    assert download.headers["content-type"] == "video/mp4"
    assert download.headers["content-length"] == str(len(download.content))
    assert "render_1.mp4" in download.headers["content-disposition"]
    assert download.headers["etag"] == by_url.headers["etag"]


@unrecorded("files have other addresses in a replay")
@rests_on(RESULT, "code 404")
def test_an_address_is_complete_or_leads_nowhere(visitor: Visitor, done: Seen) -> None:
    """The right place with another name is no film."""
    assert done.url is not None
    assert done.url.endswith(f"{done.id}.mp4")
    assert len(done.url.split("/")[-2]) >= 16
    refused(visitor.fetch(done.url.replace(f"{done.id}.mp4", "other.mp4")), 404)


@rests_on(DOWNLOAD, "code 1001")
def test_a_download_needs_a_token(visitor: Visitor, done: Seen) -> None:
    """The address does not."""
    refused(visitor.http.get(f"/api/render/proxy/{done.id}/download"), 1001)


@rests_on(DOWNLOAD_HEAD, RESULT_HEAD, "byte ranges")
def test_the_head_of_a_film_is_that_of_the_whole(visitor: Visitor, done: Seen) -> None:
    """Its length and type, and not a byte of it."""
    assert done.url is not None
    whole = visitor.download(done.id)
    for head in (visitor.download(done.id, "HEAD"), visitor.fetch(done.url, "HEAD")):
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "etag", "accept-ranges"):
            assert head.headers[name] == whole.headers[name]


@rests_on("byte ranges", DOWNLOAD, RESULT)
def test_a_film_comes_in_parts(visitor: Visitor, done: Seen) -> None:
    """By download and by its address; together they are the whole."""
    assert done.url is not None
    whole = visitor.download(done.id).content
    first = visitor.download(done.id, Range="bytes=0-99")
    rest = visitor.fetch(done.url, Range="bytes=100-")

    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == whole
    assert first.headers["content-range"] == f"bytes 0-99/{len(whole)}"


@pytest.mark.within(20)
@rests_on(DOWNLOAD, "code 409")
def test_a_download_before_the_end_is_refused(visitor: Visitor) -> None:
    """409 while it is worked on, and for ever where nothing came of it."""
    failed, running = (visitor.ordered(draft=d).id for d in ({}, card()))
    refused(visitor.download(running), 409)
    visitor.cancel(running)
    visitor.service.sleep(100)

    for id_ in (failed, running):
        reply = visitor.download(id_)
        assert reply.status_code == 409
        assert id_ in refused(reply, 409)


@rests_on(DOWNLOAD, POLL)
def test_a_film_can_be_had_without_a_poll(visitor: Visitor) -> None:
    """After its time a download brings it, whoever has looked."""
    id_ = visitor.ordered(draft=card(200)).id
    visitor.service.sleep(91)

    assert visitor.download(id_).content[4:8] == b"ftyp"
