"""Uploads: what is taken, and what becomes of it.

Documented: thirteen formats (4001 for the rest), several files in one request, each then shows in the
session's `video_infos`. Assumed: a request with one bad file is refused whole. A URL is not fetched: a
seeded clip of the kind its name says stands for what would be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from urllib.parse import quote, unquote, urlsplit

from nemovideo_fakeserver.core.assets import ACCEPTED, KINDS, Asset, Synthetic, imagined
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.ports import Vault
from nemovideo_fakeserver.core.refusals import RequestMalformed, UnsupportedFile
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.wire.messages import MediaKind, Part, Probe

MAX_URLS = 20
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_SIZES = ((1920, 1080), (1280, 720), (1080, 1920))


class Uploads:
    """Takes media into sessions, and knows every one by its URL."""

    def __init__(self, setting: Setting, vault: Vault) -> None:
        self._setting = setting
        self._vault = vault
        self._by_key: dict[str, Asset] = {}

    def store(self, session: Session, parts: Sequence[Part], *, cdn: str) -> list[Asset]:
        """Keep uploaded files; raises `UnsupportedFile` with nothing kept when one is no accepted media."""
        probes = [(part, _probe(part)) for part in parts]
        with self._stored(session):
            return [self._keep(session, part, probe, cdn) for part, probe in probes]

    def fetch(self, session: Session, urls: Sequence[str], *, cdn: str) -> list[Asset]:
        """Take a seeded clip for each URL; raises `UnsupportedFile` or `RequestMalformed`."""
        named = [_named(url) for url in urls]
        with self._stored(session):
            return [self._imagine(session, name, kind, cdn) for name, kind in named]

    def forget(self, sessions: Collection[Session]) -> None:
        """Drop what was uploaded to these sessions."""
        gone = {id(asset) for session in sessions for asset in session.uploads}
        self._by_key = {key: a for key, a in self._by_key.items() if id(a) not in gone}

    def restore(self, session: Session) -> None:
        """Take up the uploads of a session that was here before."""
        self._by_key.update({asset.url.split("/")[-2]: asset for asset in session.uploads})

    def by_key(self, key: str) -> Asset | None:
        """Return the upload that has `key` in its URL."""
        return self._by_key.get(key)

    def _keep(self, session: Session, part: Part, probe: Probe, cdn: str) -> Asset:
        filename = clean(part.filename or "")
        key = self._here(session).hex(32, "key")
        asset = Asset(
            kind=probe.kind,
            filename=filename,
            url=_url(cdn, key, filename),
            seconds=probe.seconds,
            width=probe.width,
            height=probe.height,
            fps=probe.fps,
            hash=part.sha256,
            source=self._vault.keep(part.path, part.sha256),
            origin="uploaded",
        )
        return self._take(session, key, asset)

    def _imagine(self, session: Session, filename: str, kind: MediaKind, cdn: str) -> Asset:
        here = self._here(session)
        key = here.hex(32, "key")
        asset = imagined(
            _clip(here, kind, filename),
            filename=filename,
            url=_url(cdn, key, filename),
            hash_=here.hex(64, "hash"),
            origin="uploaded",
        )
        return self._take(session, key, asset)

    def _stored(self, session: Session) -> AbstractContextManager[None]:
        return self._setting.moment(
            "upload.stored", account=session.account.uid, session=session.id
        )

    def _here(self, session: Session) -> Chance:
        return self._setting.chance.at(
            session.account.uid, session.id, "upload", len(session.uploads)
        )

    def _take(self, session: Session, key: str, asset: Asset) -> Asset:
        session.uploads.append(asset)
        self._by_key[key] = asset
        self._setting.note(
            "upload.stored",
            account=session.account.uid,
            session=session.id,
            media=asset.kind,
            filename=asset.filename,
            hash=asset.hash,
        )
        return asset


def _url(cdn: str, key: str, filename: str) -> str:
    return f"{cdn}/uploads/{key}/{quote(filename, safe='')}"


def clean(filename: str) -> str:
    """Return the last part of a claimed file name, without control characters, of sane length."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return _EDGES.sub("", visible[-120:]) or "file"


def _probe(part: Part) -> Probe:
    if isinstance(part.probe, Probe):
        return part.probe
    why = part.probe.why if part.probe else "It has no content."
    raise _unsupported(clean(part.filename or ""), why)


def _unsupported(name: str, why: str) -> UnsupportedFile:
    return UnsupportedFile(
        f"unsupported file {name!r}. {why} Supported formats: {', '.join(ACCEPTED)}"
    )


def _named(url: str) -> tuple[str, MediaKind]:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise RequestMalformed(f"urls: {url[:80]!r} is no http or https URL")
    name = clean(unquote(parts.path)) if parts.path.strip("/") else "file"
    extension = _extension(name)
    if extension not in KINDS:
        raise _unsupported(name, f"Its name ends in {extension[:20]!r}.")
    return name, KINDS[extension]


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else "mp4"


def _clip(here: Chance, kind: MediaKind, label: str) -> Synthetic:
    width, height = here.choice(_SIZES, "size") if kind != "audio" else (0, 0)
    return Synthetic(
        kind=kind,
        seconds=here.uniform(8, 40, "seconds") if kind != "image" else 0.0,
        label=label,
        seed=here.number("look"),
        width=width,
        height=height,
        fps=30.0 if kind == "video" else 0.0,
        notes={"format": _extension(label), "sound": kind == "video"},
    )
