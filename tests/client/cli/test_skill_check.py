"""`skill check`: findings as lines or as JSON, exit codes, and a run in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.cli import main, running
from nemovideo_client.skill.check.table import RULES
from nemovideo_client.skill.run import fake
from nemovideo_client.skill.run.curl import Answer
from nemovideo_client.skill.run.judging import Verdicts
from nemovideo_client.skill.run.outcomes import Ran
from support.skills import GOOD, edited, line_of

TOKEN_IN_URL = edited(("balance/simple", "balance/simple?token=$NEMO_TOKEN"))
WARNED = edited(("every 30 seconds", "every 3 seconds"))


def written(folder: Path, text: str, name: str = "SKILL.md") -> str:
    """Write a skill, and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "flags", "code", "summary"),
    [
        (GOOD, [], 0, "no errors, no warnings, no hints."),
        (TOKEN_IN_URL, [], 1, "1 error, no warnings, no hints."),
        (WARNED, [], 0, "no errors, 1 warning, no hints."),
        (WARNED, ["--strict"], 1, "no errors, 1 warning, no hints."),
        (edited(("-sSN", "-sS")), ["--strict"], 0, "no errors, no warnings, 1 hint."),
    ],
    ids=["good", "error", "warning", "strict", "hint"],
)
def test_the_exit_code_says_how_bad_it_is(
    *,
    text: str,
    flags: list[str],
    code: int,
    summary: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Errors fail, warnings where it is wished, hints never; the last line counts them."""
    ended = main(["skill", "check", written(tmp_path, text), *flags])

    assert ended == code
    assert capsys.readouterr().out.splitlines()[-1] == summary


def test_a_finding_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line, severity, rule, what, source: as compilers do it."""
    path = written(tmp_path, TOKEN_IN_URL)
    main(["skill", "check", path])

    line = line_of("simple?token", TOKEN_IN_URL)
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{path}:{line}: error: token-in-url: `/api/credits/balance/simple?token=$NEMO_TOKEN` has the token"
        " in a URL  (all four skills)"
    )


def test_the_same_is_said_ten_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then how much more there is; all of it counts, and programs get all of it."""
    many = edited(("A 401", "\n\n".join(["Poll the render every 3 seconds."] * 1250) + "\n\nA 401"))
    path = written(tmp_path, many)
    main(["skill", "check", path])
    said = capsys.readouterr().out.splitlines()
    main(["skill", "check", path, "--json"])

    assert len(said) == 12
    assert said[10] == f"{path}: warning: polls-too-fast: and 1,240 more"
    assert said[11] == "no errors, 1250 warnings, no hints."
    (found,) = json.loads(capsys.readouterr().out)["result"]["files"]
    assert len(found["findings"]) == 1250


def test_several_files_are_counted_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each keeps its name."""
    one, other = written(tmp_path, TOKEN_IN_URL, "a.md"), written(tmp_path, WARNED, "b.md")
    code = main(["skill", "check", one, other])

    said = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.split(":")[0] for line in said[:2]] == [one, other]
    assert said[-1] == "1 error, 1 warning, no hints in 2 files."


def test_a_program_reads_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object: the findings of each file, and the totals."""
    path = written(tmp_path, TOKEN_IN_URL)
    code = main(["skill", "check", path, "--json"])

    result = json.loads(capsys.readouterr().out)["result"]
    (found,) = result["files"]
    assert code == 1
    assert found["file"] == path
    assert [(one["rule"], one["severity"]) for one in found["findings"]] == [
        ("token-in-url", "error")
    ]
    assert set(found["findings"][0]) == {"line", "rule", "severity", "what", "asks", "source"}
    assert result["totals"] == {"errors": 1, "warnings": 0, "hints": 0}
    assert "runs" not in result


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, for people and for programs; no file is needed."""
    assert main(["skill", "check", "--rules"]) == 0
    listed = capsys.readouterr().out
    assert main(["skill", "check", "--rules", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]

    assert all(f"  {rule.name} ({rule.severity}): {rule.asks}" in listed for rule in RULES)
    assert list(result) == [rule.name for rule in RULES]


def test_control_characters_reach_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is quoted from a document is only words."""
    evil = edited(('"language":"en"}', '"language":"\x1b[2Jevil"'))
    main(["skill", "check", written(tmp_path, evil)])

    said = capsys.readouterr().out
    assert "evil" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "cannot be read: No such file"), (b"a" * 10_000_001, "has more than 10 MB")],
    ids=["missing", "large"],
)
def test_what_cannot_be_read_is_one_sentence(
    content: bytes | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2."""
    path = tmp_path / "SKILL.md"
    if content is not None:
        path.write_bytes(content)

    code = main(["skill", "check", str(path)])
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert why in said.err
    assert said.err.count("\n") == 1


def test_a_fake_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to install."""
    there = importlib.util.find_spec

    def without(name: str) -> Any:
        return None if name == "nemovideo_fakeserver" else there(name)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    code = main(["skill", "check", "--run", written(tmp_path, GOOD)])

    assert code == 1
    assert capsys.readouterr().err == (
        "nemo-client: Running a skill needs the fake server, and nemovideo_fakeserver is not installed."
        " Run pip install 'nemovideo-harness[fakeserver]'.\n"
    )


def test_a_fake_that_does_not_start_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the last it said."""
    monkeypatch.setattr(fake, "RATE", "fast")
    code = main(["skill", "check", "--run", written(tmp_path, GOOD)])

    assert code == 1
    assert "nemo-client: The fake server did not start: " in capsys.readouterr().err


def checked(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = (sys.executable, "-m", "nemovideo_client", "skill", "check", *arguments)
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_a_run_shows_what_was_sent_and_answered(tmp_path: Path) -> None:
    """Every command has its line, the request, the answer; the judge has the last word; no secret is seen."""
    path = written(tmp_path, GOOD)
    ran = checked("--run", path)

    said = ran.stdout.splitlines()
    sent = line_of('curl -sS "${H[@]}" "$API/api/credits', GOOD)
    where = said.index(f"{path}:{sent}: GET /api/credits/balance/simple")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr == ""
    assert said[where + 1].startswith(
        '  $ curl -X GET "$NEMO_API_URL/api/credits/balance/simple" -H '
    )
    assert said[where + 2] == "  -> 200, code 0"
    assert said[where + 3].startswith('     {"code":0,"data":{"available":')
    assert said[-2] == "9 requests, 0 of them refused; 0 commands not run."
    assert said[-1].startswith("The judge: no broken rules, ")
    assert "nmv_usr_…" in ran.stdout
    assert not [
        word for word in ran.stdout.split() if "nmv_usr_" in word and "nmv_usr_…" not in word
    ]


def test_a_run_that_goes_wrong_fails(tmp_path: Path) -> None:
    """A refusal is an error, in JSON too; what the judge says is there."""
    unattributed = edited(('curl -sS "${H[@]}" -H "$J" "$API/api/render', 'curl -sS -H "Authorization: Bearer $NEMO_TOKEN" -H "$J" "$API/api/render'))  # fmt: skip
    ran = checked("--run", "--json", written(tmp_path, unattributed))

    (run,) = json.loads(ran.stdout)["result"]["runs"]
    order = next(
        one for one in run["outcomes"] if one.get("ran") == "POST /api/render/proxy/lambda"
    )
    assert ran.returncode == 1
    assert (order["status"], order["refused"]) == (402, True)
    assert "attribution-missing" in {verdict["rule"] for verdict in run["verdicts"]}
    assert run["totals"]["errors"] >= 1


def test_a_skill_without_commands_is_not_run(tmp_path: Path) -> None:
    """That is said, and is no failure."""
    prose = "---\nname: a\nversion: 1\n---\nX-Skill-Source, X-Skill-Version, X-Skill-Platform: `GET /api/tokens`.\n"
    ran = checked("--run", written(tmp_path, prose))

    assert ran.returncode == 0
    assert "There are no curl commands in it; nothing was run." in ran.stdout


def test_a_verdict_names_its_line_and_whom_it_blames() -> None:
    """By the id of the request, or by its method and path where it has none."""
    outcomes = (
        Ran(5, "POST /a", "", Answer(404, request_id="req_1"), own=True),
        Ran(6, "GET /b", "", Answer(404, request_id="req_2")),
        Ran(7, "GET /bb", "", Answer(404)),
    )
    judged: tuple[dict[str, Any], ...] = (
        {"severity": "error", "rule": "one", "did": "Did", "source": "a: b; c", "request_id": "req_1"},
        {"severity": "error", "rule": "two", "did": "Did", "source": "a", "request_id": "req_2"},
        {"severity": "error", "rule": "three", "did": "Asked for GET /bb, which is no route", "source": "a", "request_id": None},
        {"severity": "error", "rule": "four", "did": "Did", "source": "a", "request_id": None},
    )  # fmt: skip
    done = running.Run("s.md", outcomes, Verdicts(judged, {"rules_kept": 0}))

    assert [line.strip() for line in running.lines(done)][-4:] == [
        "s.md:5: error: one: Did; not held against the skill, the check has brought it about  (a and 1 more)",
        "s.md:6: error: two: Did  (a)",
        "s.md:7: error: three: Asked for GET /bb, which is no route  (a)",
        "s.md: error: four: Did  (a)",
    ]
    assert done.severities == ["error"] * 5
