"""What the plugin costs whoever has it installed and does not use it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nemovideo_pytest import plugin
from nemovideo_pytest.settings import SETTINGS
from support.newcomer import Suite

HEAVY = ("httpx", "aiohttp", "av", "yaml", "msgspec", "nemovideo_client", "nemovideo_fakeserver")
FREE = {
    "nemovideo_pytest",
    "nemovideo_pytest.run_checks",
    "nemovideo_pytest.ending",
    "nemovideo_pytest.ending.passed",
    "nemovideo_pytest.plugin",
    "nemovideo_pytest.kinds",
    "nemovideo_pytest.settings",
}


def test_nothing_heavy_is_imported_at_load() -> None:
    """Beside pytest there are only the page itself, the settings, and what looks at them."""
    script = (
        "import pytest, sys; before = {*sys.modules}; import nemovideo_pytest.plugin;"
        "print(*sorted({*sys.modules} - before))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    ours = {name for name in ran.stdout.split() if name.startswith("nemovideo")}

    assert ours == FREE
    assert not [name for name in ran.stdout.split() if name.partition(".")[0] in HEAVY]


def test_nothing_heavy_is_imported_by_a_run_without_our_fixtures(suite: Suite) -> None:
    """Configured, collected and run: it stays so."""
    suite.pytester.makepyfile(
        test_idle=f"""
        import sys

        def test_idle():
            loaded = {{name.partition(".")[0] for name in sys.modules}}
            assert not loaded & {{*{HEAVY!r}}}
        """
    )
    result = suite.pytester.runpytest_subprocess("-p", "no:nemovideo", "-p", plugin.__name__)

    result.assert_outcomes(passed=1)


def test_every_name_in_pytest_is_our_own() -> None:
    """Options, ini keys, variables, marks and fixtures begin so that no other plugin has them."""
    assert all(setting.flag.startswith("--nemo-") for setting in SETTINGS)
    assert all(setting.ini.startswith("nemo_") for setting in SETTINGS)
    assert all(setting.variable.startswith("NEMO_PYTEST_") for setting in SETTINGS)
    assert all(marker.startswith("nemo_") for marker in plugin.MARKERS)
    assert all(name.lstrip("_").startswith("nemo_") for name in _fixtures())


def test_public_fixtures() -> None:
    """What a test can ask for."""
    assert [name for name in _fixtures() if not name.startswith("_")] == [
        "nemo_client",
        "nemo_client_sync",
        "nemo_clock",
        "nemo_fake",
        "nemo_faults",
        "nemo_journal",
        "nemo_server",
        "nemo_service",
    ]


def test_help_has_all_settings_and_marks(suite: Suite) -> None:
    """`pytest --help` and `--markers` tell what there is."""
    helped = suite.run("", "--help").stdout.str()
    marked = suite.run("", "--markers").stdout.str()

    assert all(setting.flag in helped for setting in SETTINGS)
    assert all(f"@pytest.mark.{marker}" in marked for marker in plugin.MARKERS)


@pytest.mark.parametrize("flag", ["--fixtures"])
def test_fixtures_say_what_they_are(suite: Suite, flag: str) -> None:
    """In a line each, without those nobody is to ask for."""
    told = suite.run("", flag).stdout.str()

    assert "no docstring available" not in told.partition("nemo_")[2]
    assert "_nemo_house" not in told


def _fixtures() -> list[str]:
    """Return the names of all fixtures of the plugin."""
    return sorted(
        name for name, thing in vars(plugin).items() if hasattr(thing, "_fixture_function_marker")
    )
