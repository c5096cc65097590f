"""`nemo-proxy addon`: where the addon lies, for one's own mitmproxy."""

from __future__ import annotations

import argparse
from pathlib import Path

import nemovideo_proxy

NAME = "addon"
SAYS = "print the path of the addon for your own mitmproxy, mitmweb or mitmdump"
EXAMPLE = """example:
  mitmdump -s "$(nemo-proxy addon)" -m reverse:http://127.0.0.1:8765 --set nemo_cassette=session.yaml"""


def declare(_: argparse.ArgumentParser) -> None:
    """There are no flags."""


def run(_: argparse.Namespace) -> int:
    """Print the path."""
    print(Path(nemovideo_proxy.__file__).parent / "mitm" / "script.py")
    return 0
