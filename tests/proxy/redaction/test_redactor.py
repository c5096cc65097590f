"""One value, one pseudonym, everywhere; and what is left alone."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Callable
from random import Random
from typing import Literal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nemovideo_proxy.model import Interaction, Multipart, Part, Request, Response
from nemovideo_proxy.redaction import Finding, Leak, Redactor, findings
from support.proxy_planting import bytes_of, replies, requests, secrets, streams, uploads

TOKEN = "nmv_usr_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPexampl00"
OTHER = "nmv_usr_AAdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPexampl11"


def _said(text: str, kind: str = "application/json") -> Response:
    return Response(status=200, headers=(("Content-Type", kind),), body=text.encode())


def _redacted(redactor: Redactor, text: str) -> str:
    body = redactor.response(_said(text)).body
    assert isinstance(body, bytes)
    return body.decode()


def test_the_same_secret_has_the_same_pseudonym_everywhere() -> None:
    """What a header says and what a reply echoes stay the same value, and keep the form of a token."""
    redactor = Redactor()
    asked = redactor.request(
        Request(
            method="GET", url=f"/x?token={TOKEN}", headers=(("Authorization", f"Bearer {TOKEN}"),)
        )
    )
    answered = _redacted(redactor, json.dumps({"token": TOKEN, "other": OTHER}))

    said = json.loads(answered)
    assert asked.header("authorization") == f"Bearer {said['token']}"
    assert asked.url == f"/x?token={said['token']}"
    assert re.fullmatch(r"nmv_usr_[A-Za-z0-9_-]{43}", said["token"])
    assert said["other"] != said["token"]


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 2**32))
def test_what_is_redacted_stays_as_it_is(seed: int) -> None:
    """A cassette that is replayed through the recorder is the same cassette; nothing is found in it."""
    rng = Random(seed)
    kept = secrets(rng)
    first = Redactor()
    asked = [first.request(make(rng, kept)) for make in (requests, uploads)]
    answered = [first.response(make(rng, kept)) for make in (replies, streams)]
    second = Redactor()

    assert [bytes_of(second.request(one)) for one in asked] == [bytes_of(one) for one in asked]
    assert [bytes_of(second.response(one)) for one in answered] == [
        bytes_of(one) for one in answered
    ]
    for one, two in zip(asked, answered, strict=True):
        assert findings(Interaction(number=1, at=0, request=one, response=two)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"client_id":"me","x":"me and me"}', '{"client_id":"me","x":"me and me"}'),
        ('{"client_id":"abc","x":"abc"}', '{"client_id":"ccc","x":"abc"}'),
        ('{"user_id":12345678,"x":12345678}', '{"user_id":30000001,"x":30000001}'),
        ('{"user_id":["tom-long","ann-long"]}', '{"user_id":["user1xxx","user2xxx"]}'),
        (
            '{"token":null,"user_id":"","email":"unknown"}',
            '{"token":null,"user_id":"","email":"unknown"}',
        ),
        ("{'token': 'hunter222'} hunter222", "{'token': 'token1xxx'} token1xxx"),
        ('{"msg":"\\ntom@example.com"}', '{"msg":"\\nl1x@xxxxxxx.xxx"}'),
        ('{"msg":"no\\u4e2dtom@example.com"}', '{"msg":"no\\u4e2dl1x@xxxxxxx.xxx"}'),
        ('{"token":"a\\/bcdefg"}', '{"token":"t\\/oken1x"}'),
        ('"https://bob77x:hunter222@x.org"', '"https://token1:token2xxx@x.org"'),
        (
            "GET /api/tasks/user-77/with-session/nemo_agent",
            "GET /api/tasks/user1xx/with-session/nemo_agent",
        ),
        ("x-client-id: lap-77x!", "x-client-id: client1!"),
        ("Bearer abcdefghij123", "Bearer token1xxxxxxx"),
        (
            '{"session_id":"3f2a-11","task_id":"t-9999999"}',
            '{"session_id":"3f2a-11","task_id":"t-9999999"}',
        ),
        (
            '{"user_id":10000023,"client_id":"u1001x2"}',
            '{"user_id":30000001,"client_id":"client1"}',
        ),
        ('{"user_id":"u123456"}', '{"user_id":"user1xx"}'),
        ("anon_&#97;&#98;cdef&#x78;y", "anon_&#85;&#83;er1x&#x78;x"),
        ('"nmv_usr_o56xYwR3pZ"', '"nmv_usr_token1xxxx"'),
        ("?policy=accepted&x=accepted", "?policy=s1xxxxxx&x=accepted"),
    ],
)
def test_places_and_values(text: str, expected: str) -> None:
    """What tells a secret, and what does not."""
    assert _redacted(Redactor(), text) == expected


def test_a_secret_that_is_told_late_is_replaced_from_the_beginning() -> None:
    """A body is read again when its end tells a secret."""
    assert _redacted(Redactor(), '["hunter222",{"token":"hunter222"}]') == (
        '["token1xxx",{"token":"token1xxx"}]'
    )


def test_the_longest_secret_wins() -> None:
    """Where one secret begins another, neither leaves a rest."""
    redactor = Redactor(known=[("client", "laptop-7"), ("client", "laptop-7-kitchen")])

    assert _redacted(redactor, "laptop-7-kitchen laptop-7") == "client2xxxxxxxxx client1x"


@pytest.mark.parametrize("known", [[("token", TOKEN)], []])
def test_what_follows_a_known_beginning_is_a_secret_by_itself(
    known: list[tuple[Literal["token"], str]],
) -> None:
    """A token without its `nmv_usr_`, or split off from it, is replaced as it is in the whole."""
    rest, made = TOKEN.removeprefix("nmv_usr_"), "token1" + "x" * 37
    redactor = Redactor(known=known)
    asked = redactor.request(
        Request(
            method="GET",
            url=f"/x/{rest}",
            headers=(("X-Echo", f"nmv_usr_ {rest}"), ("X-Api-Key", f"Bearer {TOKEN}")),
            body=f'["{rest}", "{TOKEN}", "nmv_usr_", "anon_abc123def456 abc123def456"]'.encode(),
        )
    )

    assert asked.url == f"/x/{made}"
    assert asked.header("x-echo") == f"nmv_usr_ {made}"
    assert asked.header("x-api-key") == f"Bearer nmv_usr_{made}"
    assert asked.body == (
        f'["{made}", "nmv_usr_{made}", "nmv_usr_", "anon_e00000000001 e00000000001"]'.encode()
    )
    with pytest.raises(Leak, match="token"):
        redactor.check(rest.encode())


def test_short_and_plain_words_after_a_beginning_are_no_secrets_by_themselves() -> None:
    """Of `user_administrator` the word stays where it stands alone; so does what is under twelve bytes."""
    said = '{"user_id":["user_administrator","anon_abc1234"]} administrator abc1234'

    assert _redacted(Redactor(), said).endswith("} administrator abc1234")


def test_a_secret_in_capitals_or_small_letters_is_replaced() -> None:
    """So is a token, and an address that somebody writes in another way."""
    redactor = Redactor(known=[("client", "Laptop-77-Kitchen"), ("token", TOKEN)])
    text = _redacted(redactor, f"LAPTOP-77-KITCHEN laptop-77-kitchen {TOKEN.upper()} {TOKEN}")

    assert text == (
        f"CLIENT1XXXXXXXXXX client1xxxxxxxxxx NMV_USR_TOKEN1{'X' * 37} nmv_usr_token1{'x' * 37}"
    )
    assert _redacted(redactor, "Tom.Jones@Example.com, tom.jones@example.com") == (
        "ema.il1xx@xxxxxxx.xxx, ema.il1xx@xxxxxxx.xxx"
    )
    with pytest.raises(Leak, match="client"):
        redactor.check(b"LAPTOP-77-KITCHEN")


def test_a_secret_within_a_pseudonym_is_left_there() -> None:
    """A client that calls itself as a pseudonym reads does not break that pseudonym."""
    redactor = Redactor(known=[("token", TOKEN), ("client", "token1xxxx-")])
    text = _redacted(redactor, TOKEN)

    assert text.startswith("nmv_usr_token1x")
    redactor.check(text.encode())


def test_logins_and_cookies() -> None:
    """A login is taken apart, and of cookies only the values are secret."""
    login = b64encode(b"tom-user:hunter222").decode()
    headers = (
        ("Authorization", f"Basic {login}"),
        ("Cookie", 'theme=dark; sid="s3cr3t-9876"'),
        ("Set-Cookie", "sid=s3cr3t-9876; Path=/; Max-Age=3600"),
        ("X-Echo", "hunter222 s3cr3t-9876 dark"),
        ("X-hunter222", "1"),
    )

    made = Redactor().request(Request(method="GET", url="/", headers=headers))

    assert made.headers == (
        ("Authorization", "Basic " + b64encode(b"user1xxx:token1xxx").decode()),
        ("Cookie", 'theme=o1xx; sid="cookie2xxxx"'),
        ("Set-Cookie", "sid=cookie2xxxx; Path=/; Max-Age=3600"),
        ("X-Echo", "token1xxx cookie2xxxx dark"),
        ("X-token1xxx", "1"),
    )


def test_a_film_is_left_alone_but_for_known_secrets() -> None:
    """What only looks like an address in a film is a part of the film."""
    film = b"\x00\xffa@b.cd" + TOKEN.encode() + b"\x00laptop-77"
    redactor = Redactor(known=[("client", "laptop-77")])
    body = Multipart(boundary="b", parts=(Part(headers=(), body=film),))

    made = redactor.request(Request(method="POST", url="/", body=body)).body

    assert isinstance(made, Multipart)
    assert made.parts[0].body == (b"\x00\xffa@b.cdnmv_usr_token1" + b"x" * 37 + b"\x00client1xx")


@pytest.mark.parametrize(
    "hide",
    [
        str,
        lambda text: text.encode().hex(),
        lambda text: "%" + "%".join(f"{byte:02x}" for byte in text.encode()),
        lambda text: json.dumps("".join(f"\\u{ord(c):04x}" for c in text)),
        lambda text: "".join(f"&#{ord(c)};" for c in text),
        lambda text: b64encode(b"q" + text.encode()).decode(),
        lambda text: b64encode(b64encode(text.encode())).decode(),
        lambda text: "\n".join(
            f'  - {{at: 1.0, data: {{"text": "{part}"}}}}' for part in (text[:9], text[9:])
        ),
    ],
)
def test_the_last_look_refuses_a_secret(hide: object) -> None:
    """It says what is there, and where, and not the secret."""
    assert callable(hide)
    redactor = Redactor(known=[("client", "laptop-77-kitchen")])

    with pytest.raises(Leak, match="client") as caught:
        redactor.check(f"one\ntwo {hide('laptop-77-kitchen')}".encode())

    assert "laptop" not in str(caught.value)
    assert caught.value.role == "client"
    redactor.check(b"nothing of it")


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: b64encode(b"q" + text.encode()),
        lambda text: gzip.compress(b"see " + text.encode()),
    ],
)
def test_the_last_look_refuses_a_secret_in_a_binary(hide: Callable[[str], bytes]) -> None:
    """Of a film, what is printed in it is decoded, and every other byte."""
    redactor = Redactor(known=[("client", "laptop-77-kitchen")])
    noise = Random(1).randbytes(3000)
    hidden = hide("laptop-77-kitchen")

    with pytest.raises(Leak, match="client"):
        redactor.check(hidden + noise if hidden.startswith(b"\x1f") else noise + hidden + noise)
    redactor.check(noise)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_utf_16_is_read(encoding: str) -> None:
    """Places and shapes tell secrets in it as in other text."""
    text = '{"token": "hunter222", "mail": "tom@example.com"}'
    made = '{"token": "token1xxx", "mail": "l1x@xxxxxxx.xxx"}'
    headers = (("Content-Type", "application/json; charset=utf-16"),)
    response = Response(status=200, headers=headers, body=text.encode(encoding))

    assert Redactor().response(response).body == made.encode(encoding)


def test_gzip_within_a_body_is_read_and_stays_as_long() -> None:
    """A file that is uploaded compressed says the same, without the secret."""
    said = json.dumps({"token": TOKEN, "n": list(range(99))}).encode()
    zipped = gzip.compress(said)
    part = Part(headers=(("Content-Disposition", 'form-data; name="f"'),), body=zipped)
    body = Multipart(boundary="b", parts=(part,))

    made = Redactor().request(Request(method="POST", url="/", body=body)).body

    assert isinstance(made, Multipart)
    content = made.parts[0].body
    assert isinstance(content, bytes)
    assert len(content) == len(zipped)
    assert gzip.decompress(content) == said.replace(TOKEN.encode(), b"nmv_usr_token1" + b"x" * 37)


def test_gzip_that_cannot_be_written_anew_is_refused() -> None:
    """One that is cut off has no length to keep; the sentence says so, and not the secret."""
    said = f"{TOKEN} {Random(1).randbytes(200).hex()}".encode()
    body = gzip.compress(said)[:150]

    with pytest.raises(Leak, match="gzip in the request body holds a secret") as caught:
        Redactor().request(Request(method="POST", url="/", body=body))

    assert TOKEN[8:14] not in str(caught.value)
    request = Request(method="POST", url="/", body=body)
    assert Finding("token", "request body, in gzip") in findings(
        Interaction(number=1, at=0, request=request, response=None)
    )


def test_the_report_says_what_was_replaced() -> None:
    """Role, pseudonym, how often and where; the secret is not in it."""
    redactor = Redactor()
    redactor.request(Request(method="GET", url="/", headers=(("X-Client-Id", "laptop-77"),)))
    _redacted(redactor, '"laptop-77 laptop-77"')

    (row,) = redactor.report()
    assert (row.role, row.pseudonym, row.times) == ("client", "client1xx", 3)
    assert row.places == ("request header x-client-id", "response body")


def test_findings_name_the_place_and_not_the_secret() -> None:
    """What a cassette gives away is found by place and by shape."""
    request = Request(method="GET", url=f"/x?q={TOKEN}", headers=(("X-Client-Id", "laptop-77"),))
    interaction = Interaction(
        number=1, at=0, request=request, response=_said('{"email":"a@b.org"}')
    )

    assert set(findings(interaction)) == {
        Finding("token", "request url"),
        Finding("client", "request header x-client-id"),
        Finding("email", "response body"),
    }
