"""What the flags of the command mean for a fake."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.cli.arguments import parser
from nemovideo_fakeserver.cli.asked import options
from nemovideo_fakeserver.cli.failure import Failure
from nemovideo_fakeserver.core.presets import preset
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.options import Options


def meant(*words: str) -> Options:
    """Return what these words after `serve` ask for."""
    return options(parser().parse_args(["serve", *words]))


def chosen(*flags: str) -> Variants:
    """Return the variants that these values of `--variant` choose."""
    return meant(*(word for flag in flags for word in ("--variant", flag))).variants


def test_without_flags_the_defaults_hold() -> None:
    """No variant is chosen by accident."""
    assert chosen() == Variants()


def test_flags_choose_variants_and_presets_in_any_order() -> None:
    """What is named by its own key holds against a preset."""
    flags = ("max_upload=1GB", "preset=4.4", "render_shape=both")
    expected = preset("4.4").changed("max_upload", "1GB").changed("render_shape", "both")

    assert chosen(*flags) == chosen(*reversed(flags)) == expected


def test_a_value_may_hold_an_equals_sign_and_blanks() -> None:
    """The first equals sign ends the key."""
    assert chosen("anon_scopes=read, write").anon_scopes == ("read", "write")
    with pytest.raises(Failure, match="sse_dialect cannot be 'typed=adk'"):
        chosen("sse_dialect=typed=adk")


@pytest.mark.parametrize(
    ("flag", "says"),
    [
        ("preset", "write it as KEY=VALUE"),
        ("preset=9.9", "preset cannot be '9.9'; it is one of: 1.9, 1.8, 1.5, 4.4, 2026-03-13"),
        ("presett=4.4", "did you mean preset?"),
        ("token_ttl=soon", "token_ttl cannot be 'soon'; it is a time"),
        ("=adk", "no variant is called ''. There are: preset, sse_dialect"),
    ],
)
def test_a_flag_that_makes_no_sense_is_wrong_usage(flag: str, says: str) -> None:
    """One sentence with what there is, and exit code 2."""
    with pytest.raises(Failure) as failed:
        chosen(flag)

    assert says in str(failed.value)
    assert failed.value.exit_code == 2


def test_hosts_are_allowed_one_by_one() -> None:
    """None unless said; upper and lower case are one."""
    assert meant().allow_hosts == ()
    assert meant("--allow-host", "Fake", "--allow-host", "[::1]").allow_hosts == ("fake", "::1")


@pytest.mark.parametrize("host", ["http://fake", "fake:8765", "*", ""])
def test_a_host_that_is_none_is_wrong_usage(host: str) -> None:
    """With what to say instead."""
    with pytest.raises(Failure, match="is no host: say the name alone") as failed:
        meant("--allow-host", host)

    assert failed.value.exit_code == 2
