"""Which service a run is about, where it is none that the run makes itself."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest

from nemovideo_pytest.settings import Settings


def given(settings: Settings) -> str:
    """Return the URL of `--nemo-url` without a slash at its end; raises UsageError for what is none."""
    from nemovideo_client.options import is_web_address

    url = settings.text("url").rstrip("/")
    if not is_web_address(url):
        raise pytest.UsageError(
            f"{settings.given('url').where}: give the address of a service, as http://127.0.0.1:8765 (no user in it)"
        )
    return url


def leads_elsewhere(settings: Settings) -> bool:
    """Say whether `--nemo-url` is given, and does not lead to this machine."""
    from nemovideo_pytest.sealing.hosts import is_local

    return bool(settings.text("url")) and not is_local(host(given(settings)))


def live(settings: Settings) -> str:
    """Return the URL of the live service: `--nemo-url`, else NEMO_API_URL, else the client's own default."""
    from nemovideo_client.options import BASE_URL, url_from

    if settings.text("url"):
        return given(settings)
    try:
        return url_from(None, os.environ, "NEMO_API_URL", BASE_URL)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None


def host(url: str) -> str:
    """Return the name in a URL."""
    return urlsplit(url).hostname or ""


def path(url: str) -> str:
    """Return the path in a URL, without a slash at its end."""
    return urlsplit(url).path.rstrip("/")


def hosts(settings: Settings) -> tuple[str, ...]:
    """Return the hosts that the tests of this run are meant to reach."""
    if settings.text("url"):
        return (host(given(settings)),)
    return (
        (host(live(settings)),)
        if settings.text("target") == "live" or _records_live(settings)
        else ()
    )


def _records_live(settings: Settings) -> bool:
    return settings.on("live") and settings.text("record-from", "live") == "live"
