"""The sandbox: nothing leaves but requests to the fake, with files of our own."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.skill.run.curl import arguments
from nemovideo_client.skill.run.outgoing import Outgoing, Refused, address, outgoing
from nemovideo_client.skill.shell.request import read

BASE = "http://127.0.0.1:1234"
NEMO = "https://mega-api-prod.nemovideo.ai"


def leaving(line: str, folder: Path) -> Outgoing:
    """Return what leaves of a command line."""
    return outgoing(read(shlex.split(line), 1), BASE, folder)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        (f"{NEMO}/run_sse", "/run_sse"),
        ("https://mega-api-dev.nemovideo.ai/api/x?a=b", "/api/x?a=b"),
        ("https://nemovideo.com/register?bind=1", "/register?bind=1"),
        (f"{BASE}/cdn/a.mp4", "/cdn/a.mp4"),
        (NEMO, "/"),
        (f"{NEMO}/a b/ü?q=a b", "/a%20b/%C3%BC?q=a%20b"),
        (f"{NEMO}/x#part", "/x"),
        ("mega-api-prod.nemovideo.ai/run_sse", "/run_sse"),
        (f"{NEMO}/[1-9]/{{a,b}}", "/%5B1-9%5D/%7Ba,b%7D"),
    ],
)
def test_nemovideo_is_the_fake(url: str, sent: str) -> None:
    """Its hosts are replaced, and what curl would make a pattern of is quoted."""
    assert address(url, BASE) == BASE + sent


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.com/", "it goes to 'example.com'"),
        ("https://nemovideo.ai.evil.example/", "it goes to"),
        ("https://evilnemovideo.ai/", "it goes to"),
        ("http://127.0.0.1:9999/", "it goes to '127.0.0.1:9999'"),
        ("http://127.0.0.1:1234@evil.example/", "it goes to"),
        ("http://localhost/", "it goes to"),
        ("http://169.254.169.254/latest/meta-data", "it goes to"),
        ("file:///etc/passwd", "it asks for file:"),
        ("ftp://nemovideo.ai/x", "it asks for ftp:"),
        ("gopher://mega-api-prod.nemovideo.ai/x", "it asks for gopher:"),
        ("http://[::1/", "is no URL"),
        ("/api/x", "it goes to ''"),
        (f"{NEMO}/__fake__/accounts", "it would steer the fake"),
        (f"{NEMO}/~w/__fake__/reset", "it would steer the fake"),
    ],
)
def test_everybody_else_is_refused(url: str, why: str) -> None:
    """The sentence says where it would have gone."""
    with pytest.raises(Refused) as refused:
        address(url, BASE)

    assert why in str(refused.value)


@given(st.text(alphabet="htps:/.@#?nemovideoai127%[]\\ ab01~_-"))
def test_whatever_the_url_only_the_fake_is_reached(url: str) -> None:
    """A URL is refused, or becomes one of the fake's."""
    try:
        sent = address(url, BASE)
    except Refused:
        sent = BASE
    parts = urlsplit(sent)
    assert (parts.scheme, parts.netloc) == ("http", "127.0.0.1:1234")
    assert sent.isascii()
    assert " " not in sent


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("-K evil.conf", "the option -K is not for skills"),
        ("--config evil.conf", "the option --config is not for skills"),
        ("-x http://proxy.example", "the option -x is not for skills"),
        ("-T /etc/passwd", "the option -T is not for skills"),
        ("-u user:password", "the option -u is not for skills"),
        ("--next", "the option --next is not for skills"),
        ("--unix-socket /run/docker.sock", "--unix-socket is not for skills"),
        ("--data @/etc/passwd", "it would read '/etc/passwd'"),
        ("--json @/etc/passwd", "it would read '/etc/passwd'"),
        ("-H @/etc/passwd", "it would read '/etc/passwd'"),
        ("-d @-", "it would read '-'"),
        ("-X 'GET / HTTP/1.1'", "is no method"),
        ("-X TRACE", "is no method"),
        ("-H 'A b: c'", "is no header"),
        ("https://example.com", "it asks for more than one URL"),
    ],
)
def test_what_is_not_for_skills_is_refused(line: str, why: str, tmp_path: Path) -> None:
    """Other files, hosts, proxies, methods."""
    with pytest.raises(Refused) as refused:
        leaving(f"{NEMO}/run_sse {line}", tmp_path)

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("named", "made"),
    [
        ("/etc/passwd", "clip.avi"),
        ("beach.mp4", "clip.avi"),
        ("~/photo.JPG", "clip.png"),
        ("song.mp3;type=audio/mpeg", "clip.wav"),
        ("/path/to/image", "clip.png"),
    ],
)
def test_an_upload_is_a_file_of_ours(named: str, made: str, tmp_path: Path) -> None:
    """Whatever file is named, one of the same kind that was made here goes."""
    sent = leaving(f"-F 'files=@{named}' -F a=b {NEMO}/x", tmp_path)

    assert sent.form == (("files", str(tmp_path / made), True), ("a", "b", False))
    assert (tmp_path / made).stat().st_size > 0


def test_curl_gets_nothing_of_the_skills_options(tmp_path: Path) -> None:
    """No configuration, no proxy, no other protocol, no redirection, no globbing, no time without end."""
    sent = leaving(
        f"-sSkL -o /tmp/x -m 1 --retry 9 -A me -d a {NEMO}/x -H 'A: b' -H 'Host: evil'", tmp_path
    )

    given_to_curl = list(arguments(sent, tmp_path / "heads", 3))
    assert given_to_curl == [
        "-q", "--silent", "--no-buffer", "--globoff", "--noproxy", "*", "--proto", "=http", "--max-redirs", "0",
        "--path-as-is", "--connect-timeout", "5", "--max-time", "3.0", "--dump-header", str(tmp_path / "heads"),
        "--request", "POST", "--header", "A: b", "--data-binary", "@-", "--url", f"{BASE}/x",
    ]  # fmt: skip


def test_a_form_and_a_head(tmp_path: Path) -> None:
    """What is text in a form stays text; an empty header is sent as one."""
    sent = leaving(f"-I {NEMO}/x -H 'X-Empty;'", tmp_path)
    form = leaving(f"-F 'files=@a.png' --form-string 'a=@b' {NEMO}/x", tmp_path)

    head = list(arguments(sent, tmp_path / "heads", 3))
    fields = list(arguments(form, tmp_path / "heads", 3))
    assert "--head" in head
    assert "X-Empty;" in head
    assert fields[-6:-2] == ["--form", f"files=@{tmp_path / 'clip.png'}", "--form-string", "a=@b"]
