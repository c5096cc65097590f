"""`exec` and `scenarios`, as a user runs them: exit codes, environment, report, signals."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nemovideo_fakeserver import cli, scenario
from support.server import PATIENCE

GOOD = """
import json, os, urllib.request
url = os.environ["NEMO_API_URL"]
headers = {"Authorization": "Bearer " + os.environ["NEMO_TOKEN"], "X-Skill-Source": "mine",
           "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}
ask = urllib.request.Request(url + "/api/credits/balance/simple", headers=headers)
print(json.load(urllib.request.urlopen(ask))["data"]["available"])
"""
BAD = GOOD.replace('"X-Skill-Version": "1.0.0", ', "")


def run(*arguments: str, script: str = "") -> subprocess.CompletedProcess[str]:
    """Run `nemo-fakeserver exec` with these flags, on a Python script unless a command is given."""
    command = [sys.executable, "-m", "nemovideo_fakeserver", "exec", *arguments]
    if script:
        command += ["--", sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_command_finds_the_fake_and_is_reported_on() -> None:
    """Its output is its own; timeline, credits and verdicts go to standard error."""
    ran = run(script=GOOD)

    assert (ran.returncode, ran.stdout) == (0, "100\n")
    assert "credits   200" in ran.stderr
    assert "1 GET /api/credits/balance/simple" in ran.stderr
    assert "No errors, no warnings" in ran.stderr
    assert "\x1b" not in ran.stderr


def test_a_broken_rule_is_the_exit_code_when_asked_for() -> None:
    """`--strict` turns it into 3; without it the command's own code counts."""
    lenient, strict = run(script=BAD), run("--strict", script=BAD)

    assert (lenient.returncode, strict.returncode) == (0, 3)
    assert "attribution-missing" in lenient.stderr
    assert re.search(r"^    at [0-9]+:[0-9]{2}", lenient.stderr, re.MULTILINE)  # as in the timeline
    assert "X-Skill-Version" in strict.stderr


@pytest.mark.parametrize(
    ("script", "code"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_the_exit_code_is_the_commands(script: str, code: int) -> None:
    """Also with --strict, and as a shell has it for a signal."""
    assert run("--strict", script=script).returncode == code


def test_the_report_can_be_json() -> None:
    """One line on standard error, with the summary, the verdicts and what of the scenario stayed unused."""
    ran = run("--json", "--scenario", "cut-stream", script=GOOD)

    told = json.loads(ran.stderr)
    assert (told["event"], told["exit_code"]) == ("report", 0)
    assert told["summary"]["requests"] == {"GET /api/credits/balance/simple": 1}
    assert told["totals"]["errors"] == 0
    assert told["unplayed_turns"]


def test_a_scenarios_token_is_the_commands() -> None:
    """The first living one of its accounts, in the order in which they stand."""
    rich = run("--scenario", "demo", script=GOOD)

    assert rich.stdout == "25000\n"


def test_a_scenarios_dead_token_is_given_where_there_is_no_other() -> None:
    """The command is to find out by itself, and can come back under the client id of the account."""
    script = GOOD.replace('["data"]["available"]', '["code"], os.environ["NEMO_CLIENT_ID"]')

    ran = run("--scenario", "expired-token", script=script)

    assert ran.stdout == "1001 returning-client\n", ran.stderr


def test_without_a_token_the_command_gets_one() -> None:
    """`--no-token`: NEMO_TOKEN is not set, whatever the shell has."""
    script = 'import os; print("NEMO_TOKEN" in os.environ, "NEMO_CLIENT_ID" in os.environ)'

    ran = subprocess.run(
        [sys.executable, "-m", "nemovideo_fakeserver", "exec", "--no-token", "--", sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"NEMO_TOKEN": "x", "NEMO_CLIENT_ID": "y", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip

    assert ran.stdout == "False False\n", ran.stderr


@pytest.mark.parametrize(
    ("flags", "code", "says"),
    [
        ((), 2, "exec needs a command"),
        (("--rate", "0", "--", "true"), 2, "exec needs time that runs"),
        (("--", "/no/such/command"), 127, "/no/such/command: there is no such command"),
        (("--", str(Path(__file__).parent)), 126, "cannot be started"),
        (("--scenario", "hapy", "--", "true"), 2, "did you mean happy?"),
        (("--variant", "sse_dialect=odd", "--", "true"), 2, "sse_dialect cannot be 'odd'"),
    ],
)
def test_wrong_usage_is_one_sentence(flags: tuple[str, ...], code: int, says: str) -> None:
    """Exit 2 for usage; 126 and 127 as a shell has them; no traceback."""
    ran = run(*flags)

    assert ran.returncode == code
    assert says in ran.stderr
    assert ran.stderr.startswith("nemo-fakeserver: ")
    assert ran.stderr.count("\n") == 1


def test_a_polite_kill_reaches_the_command() -> None:
    """SIGTERM is passed on, the report is still written, and the code is that of the signal."""
    script = "import time, sys; print('up', flush=True); time.sleep(60)"
    command = [
        sys.executable,
        "-m",
        "nemovideo_fakeserver",
        "exec",
        "--",
        sys.executable,
        "-c",
        script,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=PATIENCE)

    assert child.returncode == 128 + signal.SIGTERM
    assert "0 requests" in err


# Scenarios


def test_the_list_names_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """At least ten, a sentence each."""
    assert cli.main(["scenarios"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [one.name for one in scenario.ready()]
    assert len(lines) >= 12
    assert all(line.endswith(".") for line in lines)


def test_a_scenario_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """With its comments, so that it can be begun with."""
    assert cli.main(["scenarios", "--show", "silent-edit"]) == 0

    text = capsys.readouterr().out
    assert scenario.parse(text) == scenario.named("silent-edit")
    assert "# " in text


def test_the_schema_is_printed_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    """It is the one that ships."""
    assert cli.main(["scenarios", "--schema"]) == 0

    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(scenario.schema()))


def test_the_list_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Names and sentences."""
    assert cli.main(["scenarios", "--json"]) == 0

    assert {one["name"] for one in json.loads(capsys.readouterr().out)} >= {"happy", "demo"}


def test_an_unknown_scenario_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with the nearest one."""
    assert cli.main(["scenarios", "--show", "hapy"]) == 2

    assert "did you mean happy?" in capsys.readouterr().err


# Scenarios and flags


def test_a_flag_holds_against_the_scenario(tmp_path: Path) -> None:
    """Flag, then file, then default, for each option by itself."""
    from nemovideo_fakeserver.cli import arguments, asked

    file = tmp_path / "mine.yaml"
    told = {"seed": 3, "clock": {"rate": 5}, "variants": {"preset": "4.4", "sse_dialect": "adk"}}
    file.write_text(yaml.safe_dump(told))

    def options(*flags: str) -> tuple[object, ...]:
        made = asked.options(arguments.parser().parse_args(["serve", *flags]))
        variants = made.variants
        return made.seed, made.rate, variants.sse_dialect, variants.render_shape

    assert options() == (0, 1.0, "typed", "top")
    assert options("--scenario", str(file)) == (3, 5.0, "adk", "data")
    flags = ("--seed", "0", "--rate", "1", "--variant", "sse_dialect=flat")
    assert options("--scenario", str(file), *flags) == (0, 1.0, "flat", "data")
