"""Options: valid at birth, and never changed."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest

from nemovideo_client.flows.context import Context
from nemovideo_client.options import Options, url_from
from nemovideo_client.words import CONNECTING, Wording
from support.replies import context

TIMES = ["timeout", "idle_timeout", "heartbeat_timeout", "stream_timeout"]


def test_defaults_are_the_documented_ones() -> None:
    """15 minutes of stream, 10 of heartbeats, a poll every 30 s, ten of them; 60 s for an answer."""
    options = Options()

    assert (options.stream_timeout, options.heartbeat_timeout) == (900, 600)
    assert (options.poll_interval, options.max_polls) == (30, 10)
    assert (options.timeout, options.max_retries, options.claim_link) == (60, 2, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[(name, value) for name in TIMES for value in (0, -1, "60", None, True)],
        ("max_retries", -1),
        ("max_retries", None),
        ("poll_interval", -0.5),
        ("poll_interval", "30"),
        ("max_polls", 0),
        ("max_polls", -3),
        ("max_polls", False),
    ],
)
def test_what_makes_no_sense(name: str, value: Any) -> None:
    """ValueError says which number it was, and what is possible."""
    with pytest.raises(ValueError, match=f"{name}: must be") as raised:
        Options(**{name: value})

    assert repr(value) in str(raised.value)


@pytest.mark.parametrize("name", [*TIMES, "poll_interval"])
def test_no_number(name: str) -> None:
    """NaN is no time."""
    value: Any = math.nan

    with pytest.raises(ValueError, match=name):
        Options(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("timeout", 0.001), ("max_retries", 0), ("poll_interval", 0), ("max_polls", None)],
)
def test_the_limits_of_sense(name: str, value: Any) -> None:
    """No retries, no pause and no cap are possible."""
    assert getattr(Options(**{name: value}), name) == value


def test_options_do_not_change() -> None:
    """Others are made; the context with them shares the account."""
    ctx = context()
    other = ctx.with_options(timeout=5, language="zh")

    with pytest.raises(dataclasses.FrozenInstanceError):
        ctx.options.timeout = 7  # type: ignore[misc] # that is the point
    assert (ctx.options.timeout, other.options.timeout) == (60, 5)
    assert other.account is ctx.account


@pytest.mark.parametrize(
    ("told", "written", "language", "said"),
    [
        (None, None, "en", "Connecting..."),
        (None, "zh", "zh", "正在连接..."),
        (None, "ja", "ja", "Connecting..."),
        ("zh-CN", "en", "zh-CN", "正在连接..."),
        ("en", "zh", "en", "Connecting..."),
    ],
)
def test_language(told: str | None, written: str | None, language: str, said: str) -> None:
    """As told, else as last written, else English; spoken are English and Chinese."""
    ctx = context(language=told)
    ctx.account.language = written

    assert (ctx.language, ctx.say(CONNECTING)) == (language, said)


@pytest.mark.parametrize(
    ("given", "environ", "url"),
    [
        (None, {}, "https://default.test"),
        ("", {"X": ""}, "https://default.test"),
        (None, {"X": "http://env.test/"}, "http://env.test"),
        ("http://arg.test:8080/a/", {"X": "http://env.test"}, "http://arg.test:8080/a"),
    ],
)
def test_url(given: str | None, environ: dict[str, str], url: str) -> None:
    """Argument, environment, default; without a slash at the end."""
    assert url_from(given, environ, "X", "https://default.test") == url


def test_words_stay_out_of_the_way() -> None:
    """Long wordings are not part of what is printed."""
    shown = repr(Context(Options(connecting=Wording("Hang on", "等等")), context().account))

    assert "Hang on" not in shown
