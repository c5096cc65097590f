"""`nemo-proxy verify` against a fake that is really served."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_proxy.cassette import Writer
from nemovideo_proxy.cli import main
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.convert.redacting import redacted
from nemovideo_proxy.fake_child import served
from support.proxy_recordings import HEADER, answered
from support.proxy_taping import Tape, workflow


def write(recording: Recording, path: Path) -> Path:
    """Write a recording as a cassette, redacted as a proxy would."""
    recording, _ = redacted(recording)
    with Writer.create(path, recording.header) as writer:
        for interaction in recording.interactions:
            writer.add(interaction)
    return path


@pytest.fixture(scope="module")
def cassette(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole piece of work, recorded from a fake and redacted."""
    return write(workflow(), tmp_path_factory.mktemp("drift") / "work.yaml")


def test_a_fake_has_not_drifted_from_itself(
    cassette: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Minutes of work, with its token, session, render and film mapped, score a hundred."""
    assert main(["verify", str(cassette)]) == 0
    said = capsys.readouterr().out
    assert f"{cassette}: 100 of 100" in said
    assert "heartbeats of POST /run_sse: recorded median 15 s" in said
    assert "(an asset)" in said
    assert "differences" not in said


@pytest.mark.parametrize(
    ("variant", "says"),
    [
        ("heartbeat_interval=20s", "heartbeats: heartbeats: recorded median 15 s"),
        ("render_shape=data", "$.status: missing: recorded text, now nothing"),
        ("sse_dialect=flat", "order: order: recorded text, tool_call"),
        ("error_http=mapped", ""),
    ],
)
def test_another_reading_of_the_documents_is_drift(
    cassette: Path, capsys: pytest.CaptureFixture[str], variant: str, says: str
) -> None:
    """A fake that follows another variant differs where that variant says so, and only there."""
    code = main(["verify", str(cassette), "--variant", variant])
    said = capsys.readouterr().out

    assert code == (1 if says else 0)
    assert says in said


def test_json_and_scores(cassette: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A score that is good enough passes, and the JSON has every finding with its line."""
    flags = ["--variant", "heartbeat_interval=20s", "--min-score", "50", "--json"]

    assert main(["verify", str(cassette), *flags]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is True
    verdict = told["cassettes"][0]
    assert 50 < verdict["score"] < 100
    assert {finding["aspect"] for finding in verdict["findings"]} == {"heartbeats"}
    assert verdict["could_not_check"] == []


def test_accepted_differences_pass(
    cassette: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is known passes; what is accepted and not there is named."""
    accepted = tmp_path / "known.yaml"
    entries = [
        {"endpoint": "POST /run_sse", "path": "heartbeats", "reason": "slower since May"},
        {"endpoint": "POST /run_sse", "path": "$.gone", "reason": "once"},
    ]
    accepted.write_text(json.dumps(entries))
    flags = ["--variant", "heartbeat_interval=20s", "--accept", str(accepted)]

    assert main(["verify", str(cassette), *flags]) == 0
    assert "accepted, but not there (any more): POST /run_sse $.gone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1", "must be a list"),
        ("- {endpoint: a, path: b}", "entry 1: must have endpoint, path, reason"),
        ("- {endpoint: a, path: '', reason: c}", "path must be a text that says something"),
        ("- {endpoint: a, path: '$.*', reason: c}", "patterns are not accepted"),
        ("- [", "is no YAML"),
    ],
)
def test_what_may_be_accepted_is_exact(
    cassette: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    """A blanket or incomplete entry is refused with its place."""
    accepted = tmp_path / "known.yaml"
    accepted.write_text(text)

    assert main(["verify", str(cassette), "--accept", str(accepted)]) == 2
    assert says in capsys.readouterr().err


CUT = """
name: cut
about: The stream breaks.
silence: never
turns:
  - when: generate
    steps:
      - {at: 1s, text: On it}
      - {at: 40s, end: {cut: truncated}}
"""


def test_a_scenario_is_passed_on(tmp_path: Path) -> None:
    """A stream that a scenario cuts is cut again with it, and differs without."""
    path = tmp_path / "cut.yaml"
    path.write_text(CUT)
    with Fake(Options(scenario=scenario.parse(CUT))) as fake:
        tape = Tape(fake)
        tape.say(tape.connect(), "generate a beach")
        recording = tape.recording()
    assert recording.interactions[-1].end == "truncated"
    cassette = write(recording, tmp_path / "work.yaml")

    assert main(["verify", str(cassette), "--scenario", str(path)]) == 0
    assert main(["verify", str(cassette)]) == 1


def test_a_token_from_before_is_one_of_the_fakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recording that begins with a token gets an account of the fake with credits."""
    recording = workflow()
    later = Recording(header=recording.header, interactions=recording.interactions[1:])
    cassette = write(later, tmp_path / "later.yaml")

    main(["verify", str(cassette)])
    said = capsys.readouterr().out
    assert "could not check" not in said
    assert "code" not in said


def test_nobody_there_is_could_not_check(
    cassette: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that cannot be reached fails whatever score would do."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        one = Recording(header=HEADER, interactions=(answered(1, "GET /api/x", {}, at=0.0),))
        path = write(one, cassette.with_name("one.yaml"))

        assert main(["verify", str(path), "--against", url, "--min-score", "0"]) == 1
    assert "the target cannot be reached" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--against", "https://mega-api-prod.nemovideo.ai"], "--live really asks it"),
        (["--against", "ftp://x"], "must be `fake`, or begin with http"),
        (["--against", "http://127.0.0.1:1", "--variant", "a=b"], "are for a fake"),
    ],
)
def test_nothing_costs_credits_by_accident(
    cassette: Path, capsys: pytest.CaptureFixture[str], flags: list[str], says: str
) -> None:
    """A server beyond this machine is not asked without `--live`; wrong usage is 2."""
    assert main(["verify", str(cassette), *flags]) == 2
    assert says in capsys.readouterr().err


def test_a_fake_that_does_not_start_says_why(
    cassette: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the fake says is the sentence that ends the command."""
    assert main(["verify", str(cassette), "--variant", "nonsense=1"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("nemo-proxy: the fake did not start: ")
    assert "nonsense" in said


@pytest.mark.parametrize("score", ["101", "-1", "good", "nan"])
def test_a_score_is_from_0_to_100(score: str) -> None:
    """Another is refused as wrong usage."""
    with pytest.raises(SystemExit) as ended:
        main(["verify", "x.yaml", "--min-score", score])

    assert ended.value.code == 2


def test_a_server_is_verified_as_often_as_one_likes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against a URL, client ids are new each time: a second run is not refused for the first."""
    with Fake() as fake:
        tape = Tape(fake)
        tape.connect()
        tape.ask("GET /api/credits/balance/simple")
    cassette = write(tape.recording(), tmp_path / "short.yaml")

    with served(("--rate", "1")) as url:
        codes = [main(["verify", str(cassette), "--against", url]) for _ in range(2)]
    assert codes == [0, 0]
    assert "nmv_usr_" not in capsys.readouterr().out
