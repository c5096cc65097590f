"""curl itself: started with a list of arguments, never through a shell, and with nothing of the skill's options."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nemovideo_client.errors import UsageError
from nemovideo_client.skill.run.outgoing import Outgoing

LONGEST_ANSWER = 1_000_000
"""Bytes of an answer that are read."""

CONNECTING_SECONDS = 5

FAILURES = {
    7: "nobody answers",
    28: "it took too long",
    52: "the answer was empty",
    56: "the connection broke",
    18: "the answer ended too early",
}
"""What curl's exit codes mean; its manual has them all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 0 where nothing did, and `failed` says why. `cut`: there was more.

    `request_id` is the X-Request-Id that the fake has given the request.
    """

    status: int
    body: str = ""
    failed: str = ""
    cut: bool = False
    request_id: str = ""


def program() -> str:
    """Return the path of curl. Raises UsageError where it is not installed."""
    found = shutil.which("curl")
    if found is None:
        raise UsageError(
            "Running a skill needs curl, which is not installed", next_step="Install curl."
        )
    return found


def send(request: Outgoing, folder: Path, seconds: float) -> Answer:
    """Send a request, and return the answer; it may take `seconds` of real time."""
    heads = folder / "heads"
    with tempfile.TemporaryFile(dir=folder) as body:
        body.write((request.body or "").encode(errors="replace"))
        body.seek(0)
        with subprocess.Popen(  # noqa: S603  # a list of our own making, no shell
            [program(), *arguments(request, heads, seconds)],
            stdin=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"HOME": str(folder), "PATH": "/nowhere", "LC_ALL": "C"},
        ) as child:
            assert child.stdout is not None
            content = child.stdout.read(LONGEST_ANSWER + 1)
            cut = len(content) > LONGEST_ANSWER
            if cut:
                child.kill()
        code = 0 if cut else child.returncode
    failed = FAILURES.get(code, f"curl ended with {code}") if code else ""
    text = content[:LONGEST_ANSWER].decode(errors="replace")
    head = _head(heads)
    return Answer(_status(head), text, failed, cut, _request_id(head))


def arguments(request: Outgoing, heads: Path, seconds: float) -> Iterator[str]:
    """Give the arguments. `-q` first: no ~/.curlrc; no proxy, no other protocol, no redirection, no globbing."""
    yield from ("-q", "--silent", "--no-buffer", "--globoff", "--noproxy", "*")
    yield from ("--proto", "=http", "--max-redirs", "0", "--path-as-is")
    yield from ("--connect-timeout", str(CONNECTING_SECONDS), "--max-time", f"{seconds:.1f}")
    yield from ("--dump-header", str(heads))
    yield from ("--head",) if request.method == "HEAD" else ("--request", request.method)
    for name, value in request.headers:
        yield from ("--header", f"{name}: {value}" if value else f"{name};")
    if request.body is not None and not request.form:
        yield from ("--data-binary", "@-")
    for name, value, is_file in request.form:
        yield from (
            ("--form", f"{name}=@{value}") if is_file else ("--form-string", f"{name}={value}")
        )
    yield from ("--url", request.url)


def _head(heads: Path) -> list[bytes]:
    """Return the lines that curl wrote of heads."""
    if not heads.exists():
        return []
    lines = heads.read_bytes().split(b"\n")
    heads.unlink()
    return lines


def _status(head: list[bytes]) -> int:
    """Return the status of the last answer."""
    found = [
        line.split()[1] for line in head if line.startswith(b"HTTP/") and len(line.split()) > 1
    ]
    return int(found[-1]) if found and found[-1].isdigit() else 0


def _request_id(head: list[bytes]) -> str:
    found = [line for line in head if line.lower().startswith(b"x-request-id:")]
    return found[-1].partition(b":")[2].strip().decode(errors="replace") if found else ""
