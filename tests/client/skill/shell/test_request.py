"""What a curl command line asks for."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest

from nemovideo_client.skill.shell.options import option
from nemovideo_client.skill.shell.request import Request, read

URL = "https://x.test/a"


def asked(line: str, given: str | None = None) -> Request:
    """Read a command line behind `curl`."""
    return read(shlex.split(line), 7, {} if given is None else {"-": given})


@pytest.mark.parametrize(
    ("line", "method", "body"),
    [
        (URL, "GET", None),
        (f"-X PUT {URL}", "PUT", None),
        (f"-XDELETE {URL}", "DELETE", None),
        (f"--request patch {URL}", "PATCH", None),
        (f"-d a=1 {URL}", "POST", "a=1"),
        (f"-d a=1 --data b=2 {URL}", "POST", "a=1&b=2"),
        (f"-sSNXPOST {URL} --data-raw @x", "POST", "@x"),
        (f"--data-urlencode 'q=a b' {URL}", "POST", "q=a%20b"),
        (f"--json '{{\"a\":1}}' {URL}", "POST", '{"a":1}'),
        (f"-G -d a=1 {URL}", "GET", "a=1"),
        (f"-I {URL}", "HEAD", None),
        (f"-F files=@x.mp4 {URL}", "POST", None),
        (f"-X GET -d a {URL}", "GET", "a"),
    ],
)
def test_method_and_body(line: str, method: str, body: str | None) -> None:
    """They are what curl would send."""
    request = asked(line)

    assert (request.method, request.body, request.url, request.line) == (method, body, URL, 7)
    assert request.refused == []


def test_the_data_of_a_get_is_in_its_query() -> None:
    """`-G` moves it there."""
    assert asked(f"-G -d a=1 -d b=2 {URL}").target == f"{URL}?a=1&b=2"
    assert asked(f"-G -d a=1 {URL}?x=0").target == f"{URL}?x=0&a=1"


def test_headers() -> None:
    """They are found whatever their case; an empty one is not a missing one."""
    request = asked(f"-H 'A: b' --header 'X-Empty;' --oauth2-bearer t --json '{{}}' {URL}")

    assert request.header("a") == "b"
    assert request.header("X-Empty") == ""
    assert request.header("Authorization") == "Bearer t"
    assert request.header("Content-Type") == "application/json"
    assert request.header("Other") is None


def test_times_and_flags() -> None:
    """The limit is in seconds, 0 is none."""
    request = asked(f"-N -k -m 900 --connect-timeout 5 --retry 3 -o out -w '%{{http_code}}' {URL}")

    assert (request.unbuffered, request.insecure, request.limit) == (True, True, 900)
    assert asked(f"--max-time 0 {URL}").limit is None
    assert asked(f"--max-time soon {URL}").limit is None


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("-d @/etc/passwd", ["/etc/passwd"]),
        ("--data-binary @x", ["x"]),
        ("--json @x", ["x"]),
        ("--data-urlencode name@x", ["x"]),
        ("-H @x", ["x"]),
        ("-F 'files=@a.mp4;type=video/mp4'", ["a.mp4"]),
        ("-F 'text=<b.txt'", ["b.txt"]),
        ("--form-string 'text=@c'", []),
        ("--data-raw @d", []),
        ("-d @-", ["-"]),
    ],
)
def test_files_that_would_be_read(line: str, files: list[str]) -> None:
    """Whatever curl would open is known."""
    assert asked(f"{line} {URL}").files == files


def test_a_here_document_is_the_body() -> None:
    """`-d @-` takes it."""
    request = asked(f"-d @- {URL}", '{"a":1}')

    assert (request.body, request.files) == ('{"a":1}', [])


@pytest.mark.parametrize("option", ["-K", "--config", "-x", "--proxy", "-T", "-u", "--resolve", "--next", "-b", "--unix-socket"])  # fmt: skip
def test_options_that_are_not_for_skills(option: str) -> None:
    """Other files, hosts, proxies and identities are known by their options."""
    assert option in asked(f"{option} {URL}").refused


def test_more_urls() -> None:
    """The first URL is the URL."""
    assert asked(f"{URL} --url b c").more_urls == ["b", "c"]


HELP = re.compile(r"\s*(?:(-\S),)?\s+(--[\w.-]+)( <.*?>| \[protocol://\].*)?\s")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl knows its options")
def test_curl_takes_values_with_the_same_options() -> None:
    """Each option of the installed curl that has a value has one here, and no other does."""
    told = subprocess.run(["curl", "--help", "all"], capture_output=True, text=True, check=True)

    options = [found for line in told.stdout.splitlines() if (found := HELP.match(line))]
    named = {name: bool(found[3]) for found in options for name in (found[1], found[2]) if name}
    assert len(named) > 200
    assert {name: option(name).valued for name in named} == named


@pytest.mark.parametrize(
    "line", ["-D /tmp/heads -c /tmp/jar --trace-ascii /tmp/x", "-K /tmp/x", "--unix-socket /run/x", "--libcurl a -Z --etag-save b", "--expand-data a", "--variable a=b"]
)  # fmt: skip
def test_the_value_of_an_option_is_no_url(line: str) -> None:
    """Whatever the option is for, and whether it is for skills or not."""
    request = asked(f"{line} {URL}")

    assert (request.url, request.more_urls) == (URL, [])


def test_the_query_of_an_option_is_in_the_url() -> None:
    """`--url-query` adds to it, encoded or not, and leaves the method alone."""
    request = asked(f"--url-query 'a=b c' --url-query '+d=e' {URL}")

    assert (request.method, request.target) == ("GET", f"{URL}?a=b%20c&d=e")
