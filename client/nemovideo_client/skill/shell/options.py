"""The options of curl, as far as skills have a use for them, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "-s": "quiet", "--silent": "quiet",
        "-S": "quiet", "--show-error": "quiet",
        "-f": "quiet", "--fail": "quiet", "--fail-with-body": "quiet",
        "-v": "quiet", "--verbose": "quiet",
        "-i": "quiet", "--include": "quiet",
        "-#": "quiet", "--progress-bar": "quiet", "--no-progress-meter": "quiet",
        "-L": "quiet", "--location": "quiet",
        "-k": "insecure", "--insecure": "insecure",
        "-4": "quiet", "-6": "quiet", "--ipv4": "quiet", "--ipv6": "quiet",
        "-0": "quiet", "--http1.0": "quiet", "--http1.1": "quiet", "--http2": "quiet",
        "--compressed": "quiet", "--globoff": "quiet", "-g": "quiet",
        "-O": "output", "--remote-name": "output", "-J": "output", "--remote-header-name": "output",
        "--create-dirs": "quiet", "--retry-connrefused": "retry", "--retry-all-errors": "retry",
        "-N": "unbuffered", "--no-buffer": "unbuffered",
        "-I": "head", "--head": "head",
        "-G": "query", "--get": "query",
        "-q": "quiet", "--disable": "quiet",
    }
)  # fmt: skip
"""Options without a value: the name, and what it is for."""

VALUED: Mapping[str, str] = MappingProxyType(
    {
        "-X": "method", "--request": "method",
        "-H": "header", "--header": "header",
        "-d": "data", "--data": "data", "--data-ascii": "data", "--data-binary": "data",
        "--data-raw": "raw",
        "--data-urlencode": "encoded",
        "--json": "json",
        "-F": "form", "--form": "form", "--form-string": "form-text",
        "--url": "url",
        "-m": "limit", "--max-time": "limit",
        "--connect-timeout": "quiet",
        "-o": "output", "--output": "output", "--output-dir": "output",
        "-w": "quiet", "--write-out": "quiet",
        "-A": "agent", "--user-agent": "agent",
        "-e": "referer", "--referer": "referer",
        "--oauth2-bearer": "bearer",
        "--retry": "retry", "--retry-delay": "retry", "--retry-max-time": "retry",
        "-y": "quiet", "--speed-time": "quiet", "-Y": "quiet", "--speed-limit": "quiet",
        "--keepalive-time": "quiet", "--max-redirs": "quiet",
    }
)  # fmt: skip
"""Options with a value. What is in neither table is not for skills: other files, hosts and proxies."""


def purpose(option: str) -> tuple[str, bool]:
    """Return what an option is for (empty where it is none of these), and whether it takes a value."""
    if option in FLAGS:
        return FLAGS[option], False
    return VALUED.get(option, ""), option in VALUED
