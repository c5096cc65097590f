"""What is written while it comes in: no part of a secret, at any split."""

from __future__ import annotations

import gzip
import json

import pytest

from nemovideo_proxy.model import Request, Response
from nemovideo_proxy.redaction import Redactor, Rules

TOKEN = "nmv_usr_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPexampl00"
SSE = "text/event-stream"


def _frame(words: str) -> bytes:
    return b"data: " + json.dumps({"text": words}).encode() + b"\n\n"


def _whole(redactor: Redactor, body: bytes) -> bytes:
    made = redactor.response(Response(status=200, headers=(("Content-Type", SSE),), body=body)).body
    assert isinstance(made, bytes)
    return made


def _fragments(secret: str, size: int = 10) -> set[bytes]:
    return {secret[at : at + size].encode() for at in range(8, len(secret) - size)}


@pytest.mark.parametrize("secret", [TOKEN, "laptop-77 in the kitchen"])
def test_words_split_at_every_byte(secret: str) -> None:
    """A secret between two frames is replaced over both, live and whole; what is written never shows it."""
    known = [("client", secret)] if " " in secret else []
    for at in range(len(secret) + 1):
        body = _frame("see " + secret[:at]) + b": ping\n\n" + _frame(secret[at:] + " there")
        live = Redactor(known=known).stream(SSE)  # type: ignore[arg-type]  # a role
        early = b"".join(
            data for _, data in live.feed(0, body[: len(_frame("see " + secret[:at]))])
        )
        pieces = live.feed(1, body[len(_frame("see " + secret[:at])) :]) + live.finish()
        made = early + b"".join(data for _, data in pieces)

        assert made == _whole(Redactor(known=known), body)  # type: ignore[arg-type]  # a role
        assert not [part for part in _fragments(secret, 6) if part in made]
        assert len(made) == len(body)


def test_a_short_word_is_not_waited_for() -> None:
    """A word that ends a sentence goes out, and the heartbeats behind it; an address that it began is cut."""
    live = Redactor().stream(SSE)
    said = live.feed(0, _frame("All done.")) + live.feed(15, b"data:\n\n")

    assert [at for at, _ in said] == [0, 15]

    parts = [live.feed(16, _frame("write to ann")), live.feed(17, _frame("@example.org now. "))]
    made = b"".join(data for pieces in parts for _, data in pieces)

    assert b"ann" in made
    assert b"@example" not in made


def test_a_longer_address_between_frames_is_replaced_over_both() -> None:
    """Its first part is waited for."""
    secret = "somebody.long@example.org"
    for at in range(12, len(secret)):
        body = _frame("see " + secret[:at]) + _frame(secret[at:] + " there")
        live = Redactor().stream(SSE)
        pieces = live.feed(0, body[:40]) + live.feed(1, body[40:]) + live.finish()

        assert b"".join(data for _, data in pieces) == _whole(Redactor(), body)


@pytest.mark.parametrize(
    ("first", "second", "made"),
    [
        ("to jane.roe@example.com", "Your video is ready.", "to emai.l1x@xxxxxxx.xxx"),
        ("to jane.roe@example.com", "your video is ready.", "to emai.l1x@xxxxxxx.xxx"),
        ("to jane.roe@example.com", ".Your video", "to emai.l1x@xxxxxxx.xxx"),
        ("to jane.roe@made-up.films", "Your video", "to emai.l1x@xxxxxxx.xxxxx"),
        (f"see {TOKEN}", "Your video is ready.", f"see nmv_usr_token1{'x' * 37}"),
        (f"see clm_{TOKEN[8:]}", "done", f"see clm_claim1{'x' * 37}"),
        ("see anon_abc123def4567890", "done", "see anon_e000000000000001"),
    ],
)
def test_a_whole_secret_takes_nothing_from_the_next_message(
    first: str, second: str, made: str
) -> None:
    """What begins right behind one in the next frame stays, heartbeats between or not."""
    for between in (b"", b": ping\n\n"):
        body = _frame(first) + between + _frame(second)
        expected = _frame(made) + between + _frame(second)
        live = Redactor().stream(SSE)
        pieces = live.feed(0, _frame(first) + between) + live.feed(1, _frame(second))

        assert _whole(Redactor(), body) == expected
        assert b"".join(data for _, data in pieces + live.finish()) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("to tom@exa", "mple.com now"),
        ("to tom@example.co", "m. Now"),
        ("to tom@example.co", ".uk now"),
        ("to tom@mail.example", ".org now"),
        ("to tom@example.c", "om"),
        ("to t", "om@example.com"),
    ],
)
def test_an_address_that_goes_on_is_one(first: str, second: str) -> None:
    """Its parts are replaced as they are in one frame."""
    whole = _whole(Redactor(), _frame(first + second))
    made = _whole(Redactor(), _frame(first) + _frame(second))
    told = [json.loads(line[6:])["text"] for line in made.decode().split("\n\n") if line]

    assert _frame("".join(told)) == whole


def test_bytes_split_anywhere() -> None:
    """Chunks that are no frames are held until their frame is whole, and keep time and size."""
    body = _frame(f"see {TOKEN} there") + b"data:\n\n" + _frame("done. ")
    expected = _whole(Redactor(), body)
    for at in range(1, len(body)):
        live = Redactor().stream(SSE)
        early = live.feed(0.5, body[:at])
        pieces = early + live.feed(0.7, body[at:]) + live.finish()

        assert [(when, len(data)) for when, data in pieces] == [(0.5, at), (0.7, len(body) - at)]
        assert b"".join(data for _, data in pieces) == expected
        assert not [part for part in _fragments(TOKEN) for _, data in early if part in data]


def test_a_stream_that_is_cut_off_shows_no_beginning_of_a_secret() -> None:
    """Of a known secret, what came of it before the cut is replaced as its pseudonym begins."""
    body = _frame("see laptop-77-kitch") + b'data: {"text": "en'
    for at in range(len(body)):
        redactor = Redactor(known=[("client", "laptop-77-kitchen")])
        made = _whole(redactor, body[:at])

        assert b"laptop" not in made
        live = redactor.stream(SSE)
        written = live.feed(0, body[:at]) + live.finish()
        assert b"".join(data for _, data in written) == made


def test_words_that_cannot_go_on_are_written_at_once() -> None:
    """Heartbeats, and words that end with a blank or in Chinese, are not held back."""
    live = Redactor(known=[("token", TOKEN)]).stream(SSE)
    frames = (_frame("hello "), b"data:\n\n", _frame("标题。"), b": ping\n\n")

    assert [live.feed(at, frame) for at, frame in enumerate(frames)] == [
        [(at, frame)] for at, frame in enumerate(frames)
    ]


def test_a_place_in_words_holds_them_back() -> None:
    """JSON that is told word by word is held while it may name a secret."""
    live = Redactor().stream(SSE)
    parts = ('{"tok', 'en": "hun!', "ter2", '22"} ok ')
    made = [live.feed(at, _frame(part)) for at, part in enumerate(parts)]

    assert [len(pieces) for pieces in made] == [0, 0, 0, 4]
    told = b"".join(data for _, data in made[-1])
    assert b"hun!" not in told
    assert b"ter2" not in told


def test_what_is_no_stream_is_written_when_it_is_over() -> None:
    """JSON comes back at the end, as pieces of the same sizes."""
    live = Redactor().stream("application/json")

    assert live.feed(0.1, b'{"token":"hun') == []
    assert live.feed(0.2, b'ter222"}') == []
    assert live.finish() == [(0.1, b'{"token":"tok'), (0.2, b'en1xxx"}')]


def test_rules_that_only_see_the_whole_hold_everything_back() -> None:
    """A pattern may span frames, and a function of the user's sees whole replies."""
    live = Redactor(Rules(patterns=("hello there",))).stream(SSE)

    assert live.feed(0, _frame("hello ")) == []
    assert live.feed(1, _frame("there ")) == []
    assert b"hello" not in b"".join(data for _, data in live.finish())


def test_big_bytes_split_anywhere() -> None:
    """A file that is written while it comes in holds no part of a secret."""
    film = b"\x00\xff" + TOKEN.encode() + b"\x00 laptop-77 a@b.cd"
    expected = b"\x00\xffnmv_usr_token1" + b"x" * 37 + b"\x00 client1xx a@b.cd"
    for at in range(len(film) + 1):
        opaque = Redactor(known=[("client", "laptop-77")]).opaque()
        early = opaque.feed(film[:at])

        assert not [part for part in _fragments(TOKEN) if part in early]
        assert early + opaque.feed(film[at:]) + opaque.finish() == expected


def test_bytes_that_are_text_are_read_as_text() -> None:
    """What tells a secret by its place is heard in an upload, wherever its pieces are cut."""
    body = 'Größe {"email": "tom.jones@example.com", "token": "hunter222"} hunter222 '.encode()
    expected = Redactor().request(Request(method="POST", url="/", body=body)).body
    for at in range(len(body) + 1):
        opaque = Redactor().opaque()

        assert opaque.feed(body[:at]) + opaque.feed(body[at:]) + opaque.finish() == expected


def test_text_without_blanks_does_not_pile_up() -> None:
    """Of a long word only what could be an address is held back."""
    opaque = Redactor().opaque()
    word = b"Zm9v" * 5000
    made = [opaque.feed(word) for _ in range(3)]

    assert all(len(piece) > 19_000 for piece in made)
    assert b"".join(made) + opaque.finish() == word * 3


def test_big_utf_16_split_anywhere() -> None:
    """A secret in UTF-16 is replaced there, between two pieces too."""
    film = b"\x00\xff" + f"see {TOKEN} there".encode("utf-16-le")
    expected = b"\x00\xff" + f"see nmv_usr_token1{'x' * 37} there".encode("utf-16-le")
    for at in range(0, len(film) + 1, 3):
        opaque = Redactor(known=[("token", TOKEN)]).opaque()

        assert opaque.feed(film[:at]) + opaque.feed(film[at:]) + opaque.finish() == expected


def test_gzip_that_comes_in_pieces_is_read_when_it_is_whole() -> None:
    """It says the same without the secret, in as many bytes; nothing of it is written before its end."""
    said = f"see {TOKEN} there, and {TOKEN} here".encode()
    film = b"\x00\xffab" + gzip.compress(said, mtime=0)
    opaque = Redactor().opaque()
    pieces = [opaque.feed(film[at : at + 7]) for at in range(0, len(film), 7)] + [opaque.finish()]
    made = b"".join(pieces)

    assert len(made) == len(film)
    assert gzip.decompress(made[4:]) == said.replace(TOKEN.encode(), b"nmv_usr_token1" + b"x" * 37)
    assert not any(b"\x1f" in piece for piece in pieces[:-2])


def test_bytes_of_an_unfinished_gzip_pass() -> None:
    """What only begins as gzip, or is cut off, comes out as it was."""
    film = b"\x1f\x8b\x08" + bytes(range(256)) * 9 + gzip.compress(b"good morning")[:20]
    opaque = Redactor().opaque()

    assert opaque.feed(film[:100]) + opaque.feed(film[100:]) + opaque.finish() == film
