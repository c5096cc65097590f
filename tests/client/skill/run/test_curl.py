"""curl itself, against a server of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nemovideo_client.errors import UsageError
from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.outgoing import Outgoing


class Echo(BaseHTTPRequestHandler):
    """Answers with what it heard; `/long` with more than anybody reads, `/hangup` with nothing."""

    def do_POST(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/hangup":
            self.close_connection = True
            return
        self.send_response(302 if self.path == "/away" else 418)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        content = self.headers.as_bytes() + body
        self.wfile.write(b"x" * 3_000_000 if self.path == "/long" else content)

    do_GET = do_POST  # noqa: N815  # the library's name

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    """The URL of an echo."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_what_is_sent_and_what_comes_back(echo: str, tmp_path: Path) -> None:
    """Method, headers and body arrive as they are."""
    sent = Outgoing("POST", f"{echo}/x", (("X-A", "ü b"), ("Content-Type", "t")), '{"a":"ü@"}')

    answer = curl.send(sent, tmp_path, 10)
    assert (answer.status, answer.failed, answer.cut) == (418, "", False)
    assert answer.body.endswith('\n{"a":"ü@"}')
    assert "Content-Type: t" in answer.body


def test_the_environment_and_configuration_of_the_user_do_not_count(
    echo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a proxy nor ~/.curlrc."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".curlrc").write_text("header = X-Evil: yes\n")

    answer = curl.send(Outgoing("GET", f"{echo}/x"), tmp_path, 10)
    assert answer.status == 418
    assert "X-Evil" not in answer.body


def test_nobody_is_followed(echo: str, tmp_path: Path) -> None:
    """A redirection is an answer like others."""
    answer = curl.send(Outgoing("GET", f"{echo}/away"), tmp_path, 10)

    assert (answer.status, answer.failed) == (302, "")


def test_a_long_answer_is_cut(echo: str, tmp_path: Path) -> None:
    """What is read has an end."""
    answer = curl.send(Outgoing("GET", f"{echo}/long"), tmp_path, 10)

    assert answer.cut
    assert len(answer.body) == curl.LONGEST_ANSWER


@pytest.mark.parametrize(
    ("path", "failed"), [("/hangup", "the answer was empty"), (":", "nobody answers")]
)
def test_a_failure_is_put_in_words(path: str, failed: str, echo: str, tmp_path: Path) -> None:
    """The exit code of curl says which it was."""
    url = f"{echo}/hangup" if path == "/hangup" else "http://127.0.0.1:9/"

    answer = curl.send(Outgoing("GET", url), tmp_path, 10)
    assert (answer.status, answer.failed) == (0, failed)


def test_where_there_is_no_curl_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence."""
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(UsageError, match="needs curl"):
        curl.program()
