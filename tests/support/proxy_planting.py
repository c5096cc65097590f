"""Plants secrets in exchanges: in every place, in every encoding, as a seeded `Random` says."""

from __future__ import annotations

import gzip
import json
import string
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID

from nemovideo_proxy.model import Headers, Multipart, Part, Piece, Request, Response
from nemovideo_proxy.places import Role

_URL64 = string.ascii_letters + string.digits + "-_"
_LETTERS = string.ascii_letters + string.digits


def _text(rng: Random, alphabet: str, low: int, high: int) -> str:
    return "".join(rng.choices(alphabet, k=rng.randint(low, high)))


@dataclass(frozen=True)
class Secrets:
    """One of each kind."""

    token: str
    client: str
    user: str
    claim: str
    email: str
    cookie: str
    signature: str
    jwt: str

    def all(self) -> tuple[tuple[Role, str], ...]:
        """Return each with what it is."""
        return (
            ("token", self.token),
            ("client", self.client),
            ("user", self.user),
            ("claim", self.claim),
            ("email", self.email),
            ("cookie", self.cookie),
            ("signature", self.signature),
            ("token", self.jwt),
        )


def secrets(rng: Random) -> Secrets:
    """Make up one of each kind."""
    client = rng.choice(
        (
            str(UUID(int=rng.getrandbits(128), version=4)),
            "c7-" + _text(rng, _LETTERS, 8, 30),
            "8203741" + _text(rng, string.digits, 4, 14),
            "机器" + _text(rng, _LETTERS, 6, 20) + "9",
        )
    )
    return Secrets(
        token="nmv_usr_" + _text(rng, _URL64, 43, 43),
        client=client,
        user="anon_" + _text(rng, "0123456789abcdef", 16, 16),
        claim="clm_" + _text(rng, _URL64, 43, 43),
        email="{}.{}@{}.org".format(*(_text(rng, string.ascii_lowercase, 3, 9) for _ in "abc")),
        cookie=_text(rng, _LETTERS, 12, 40) + "0",
        signature=_text(rng, _LETTERS + "+/", 24, 60) + "k5==",
        jwt="eyJ{}.{}.{}".format(*(_text(rng, _URL64, 20, 40) for _ in "abc")),
    )


def percent(rng: Random, text: str) -> str:
    """Encode some bytes of a text, or all of them."""
    forms = ("", "%%%02x", "%%%02X")
    return "".join(
        form % byte if (form := rng.choice(forms)) else quote(bytes((byte,)), safe="")
        for byte in text.encode()
    )


def escaped(rng: Random, text: str) -> str:
    r"""Write some characters of a text as `\uXXXX`."""
    return "".join(
        f"\\u{ord(character):04x}"
        if rng.random() < 0.3
        else json.dumps(character, ensure_ascii=False)[1:-1]
        for character in text
    )


def base64(rng: Random, text: str) -> str:
    """Encode a text with something before and after it, in either alphabet; the run may begin earlier."""
    before = rng.randbytes(rng.randint(0, 4))
    after = rng.choice((b"", b" z", b"\0\xff", b'"}'))
    encode = rng.choice((b64encode, urlsafe_b64encode))
    earlier = rng.choice(("", "Zz", "q", "abc", " "))
    return earlier + str(encode(before + text.encode() + after).decode())


def encoded(rng: Random, text: str) -> str:
    """Return a text as it may stand in an error message."""
    return rng.choice(ENCODERS)(rng, text)


ENCODERS: tuple[Callable[[Random, str], str], ...] = (
    lambda _, text: text,
    percent,
    lambda rng, text: percent(rng, percent(rng, text)),
    base64,
    lambda rng, text: quote(base64(rng, text)),
    lambda _, text: json.dumps({"inner": text}),
    lambda _, text: text.encode().hex(),
    lambda _, text: json.dumps(json.dumps([text, "中文\n"])),
)


def json_of(rng: Random, value: Any) -> bytes:
    """Write JSON with escapes that nobody needs."""
    match value:
        case dict():
            inner = (_key(rng, k) + b": " + json_of(rng, v) for k, v in value.items())
            return b"{" + b", ".join(inner) + b"}"
        case list():
            return b"[" + b",".join(json_of(rng, each) for each in value) + b"]"
        case str():
            return b'"' + escaped(rng, value).encode() + b'"'
        case _:
            return json.dumps(value).encode()


def _key(rng: Random, key: str) -> bytes:
    """Write a key; nobody escapes the words of a protocol."""
    return json_of(rng, key) if len(key) > 12 else json.dumps(key).encode()


def requests(rng: Random, kept: Secrets) -> Request:
    """Make a request that tells who the client is in every place there is."""
    query = f"?token={percent(rng, kept.token)}&x=1&Signature={percent(rng, kept.signature)}"
    echoes = [encoded(rng, value) for _, value in rng.sample(kept.all(), 8)]
    body: Any = {
        "said": echoes,
        "a": {"client_id": kept.client, "email": kept.email},
        kept.token: kept.user,
        "nested": json.dumps({"claim_token": kept.claim, "t": [kept.jwt, kept.user]}),
    }
    return Request(
        method="POST",
        url=f"/api/tasks/{kept.user}/with-session/nemo_agent{query}",
        headers=(
            ("Authorization", f"Bearer {kept.token}"),
            ("X-Client-Id", kept.client.encode().decode("latin-1")),
            ("Cookie", f"lang=en; sid={kept.cookie}"),
            ("Referer", f"https://x.org/claim?ct={quote(kept.claim)}"),
            ("Content-Type", "application/json"),
        ),
        body=json_of(rng, body),
    )


def uploads(rng: Random, kept: Secrets) -> Request:
    """Make an upload; its parts name some of the secrets, and hold them."""
    film = rng.randbytes(40) + kept.token.encode() + b"\xff\x00" + kept.client.encode()
    fields = (
        ("client_id", kept.client),
        ("user_id", kept.user),
        ("note", encoded(rng, kept.token)),
    )
    parts = (
        *(
            Part(headers=(("Content-Disposition", f'form-data; name="{n}"'),), body=v.encode())
            for n, v in fields
        ),
        Part(
            headers=(
                ("Content-Disposition", f'form-data; name="file"; filename="{kept.email}.mp4"'),
            ),
            body=film,
        ),
    )
    body = Multipart(boundary="b0", parts=parts)
    return Request(
        method="POST",
        url=f"/api/upload-video/nemo_agent/{kept.user}/s1",
        headers=(
            ("Authorization", f"Bearer {kept.token}"),
            ("Content-Type", "multipart/form-data; boundary=b0"),
        ),
        body=body if rng.random() < 0.5 else written(body),
    )


def written(body: Multipart) -> bytes:
    """Return a multipart body as it goes over the wire."""
    made = b""
    for part in body.parts:
        assert isinstance(part.body, bytes)
        lines = "".join(f"{name}: {value}\r\n" for name, value in part.headers)
        made += f"--{body.boundary}\r\n{lines}\r\n".encode() + part.body + b"\r\n"
    return made + f"--{body.boundary}--\r\n".encode()


def replies(rng: Random, kept: Secrets) -> Response:
    """Make a JSON reply that echoes everything; it may be compressed."""
    value: Any = {
        "data": {"token": kept.token, "user_id": kept.user, "claim_token": kept.claim},
        "msg": [f"bad {encoded(rng, secret)} here" for _, secret in kept.all()],
        "url": f"https://cdn.x.org/a.mp4?Signature={quote(kept.signature, safe='')}&Expires=1",
    }
    body = json_of(rng, value)
    headers = [
        ("Content-Type", "application/json"),
        ("Set-Cookie", f"sid={kept.cookie}; Path=/; HttpOnly"),
        ("Location", f"https://a.org/?ct={kept.claim}"),
    ]
    if rng.random() < 0.5:
        body = gzip.compress(body, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    return Response(status=200, headers=tuple(headers), body=body, pieces=cut(rng, body))


def streams(rng: Random, kept: Secrets) -> Response:
    """Make an event stream whose words are split anywhere, in frames that are split anywhere."""
    said = "".join(f" {secret} 说。" for _, secret in rng.sample(kept.all(), 8))
    cuts = _cuts(rng, len(said), 30)
    form = rng.choice(("typed", "flat", "adk"))
    frames = [
        b"data: " + json_of(rng, _frame(form, said[a:b])) + b"\n\n" + rng.choice(_HEARTBEATS)
        for a, b in cuts
    ]
    body = (
        b"".join(frames) + b"data: " + json_of(rng, {"error": encoded(rng, kept.token)}) + b"\n\n"
    )
    headers = (("Content-Type", "text/event-stream"),)
    return Response(status=200, headers=headers, body=body, pieces=cut(rng, body))


_HEARTBEATS = (b"", b"data:\n\n", b": ping\n\n")


def _cuts(rng: Random, size: int, most: int) -> list[tuple[int, int]]:
    cuts = sorted({0, size, *(rng.randint(0, size) for _ in range(rng.randint(0, most)))})
    return list(pairwise(cuts))


def _frame(form: str, words: str) -> dict[str, Any]:
    match form:
        case "typed":
            return {"type": "text", "content": words}
        case "flat":
            return {"text": words}
        case _:
            return {"content": {"parts": [{"text": words}], "role": "model"}, "partial": True}


def cut(rng: Random, body: bytes) -> tuple[Piece, ...]:
    """Cut a body into pieces anywhere."""
    cuts = _cuts(rng, len(body), 12)
    return tuple(Piece(at / 8, b - a) for at, (a, b) in enumerate(cuts))


def bytes_of(value: Request | Response) -> list[bytes]:
    """Return all that would be written of a request or a reply."""
    made = _lines(value.headers)
    made.append(value.url.encode() if isinstance(value, Request) else value.reason.encode())
    match value.body:
        case bytes():
            made.append(value.body)
        case Multipart():
            for part in value.body.parts:
                made += [*_lines(part.headers), part.body if isinstance(part.body, bytes) else b""]
        case _:
            pass
    return made


def _lines(headers: Headers) -> list[bytes]:
    return [f"{name}: {text}".encode("latin-1") for name, text in headers]
