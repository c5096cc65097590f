"""Skills are run against a fake on a port: their curl commands, in order, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nemovideo_client.skill.check.subject import subject
from nemovideo_client.skill.run import sending
from nemovideo_client.skill.run.judging import verdicts
from nemovideo_client.skill.run.outcomes import Outcome, Ran, Skipped, Took
from nemovideo_client.skill.run.running import Running
from nemovideo_fakeserver import Fake, Options, scenario
from support import server
from support.checking import read
from support.skills import GOOD, edited

RATE = 1000
EXAMPLES = sorted((Path(__file__).parents[4] / "examples" / "skills").glob("*/SKILL.md"))
FRONT = "---\nname: a\nversion: 1\n---\n"
TOKEN = '```sh\ncurl -X POST "$NEMO_API_URL/api/auth/anonymous-token" -H "X-Client-Id: $CLIENT_ID"\n```\n'
STATE = "Ask `GET /api/state/nemo_agent/me/<session_id>/latest`.\n"


@contextmanager
def served(options: Options | None = None) -> Iterator[str]:
    """Serve a fake whose time runs."""
    with Fake(options or Options(rate=RATE)) as fake, server.thread(fake) as url:
        yield url


def still() -> float:
    """A clock on which no time passes."""
    return 0.0


def ran(
    text: str, folder: Path, now: Callable[[], float] = still, options: Options | None = None
) -> list[Outcome]:
    """Run a skill, and return what became of its commands."""
    with served(options) as url:
        return list(Running(subject(read(text)), url, folder, now).outcomes())


def requests(outcomes: list[Outcome]) -> list[str]:
    """Return method and path of what was sent, without what is the fake's to choose."""
    return [one.request.split("/me/")[0] for one in outcomes if isinstance(one, Ran)]


def skipped(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    """Return what was not run, and why."""
    return [(one.command, one.why) for one in outcomes if isinstance(one, Skipped)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_runs_without_a_refusal(path: Path, tmp_path: Path) -> None:
    """Everything that is curl is sent, the fake agrees, and its judge has nothing to say."""
    with served() as url:
        running = Running(subject(read(path.read_text(encoding="utf-8"))), url, tmp_path, still)
        outcomes = list(running.outcomes())
        judged = verdicts(url, tmp_path)

    sent = [one for one in outcomes if isinstance(one, Ran)]
    assert [one.request for one in sent if one.refused] == []
    assert judged.verdicts == ()
    assert judged.totals is not None
    assert judged.totals["rules_kept"] > 10
    assert [why for _, why in skipped(outcomes) if "only curl" not in why] == []
    assert requests(outcomes)[0] == "POST /api/auth/anonymous-token"
    assert requests(outcomes)[-1] == "POST /api/render/proxy/lambda"


def test_a_good_skill_runs_in_the_order_of_its_lines(tmp_path: Path) -> None:
    """What each command gets is filled in from the answers before it."""
    outcomes = ran(GOOD, tmp_path)

    assert requests(outcomes) == [
        "POST /api/auth/anonymous-token",
        "POST /api/tasks",
        "POST /api/auth/claim-token",
        "POST /run_sse",
        "POST /api/upload-video/nemo_agent",
        "GET /api/state/nemo_agent",
        "GET /api/credits/balance/simple",
        "POST /api/render/proxy/lambda",
        "GET /api/render/proxy/lambda/render_1988000001",
    ]
    assert skipped(outcomes) == []
    assert [(one.name, one.value) for one in outcomes if isinstance(one, Took)] == [
        ("RID", "render_1988000001")
    ]
    lines = [one.line for one in outcomes]
    assert lines == sorted(lines)


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """Neither in commands nor in variables; answers are masked where they are shown."""
    token = 'T=$(curl -X POST "$NEMO_API_URL/api/auth/anonymous-token" -H "X-Client-Id: $ID" | jq -r .data.token)'
    outcomes = ran(f'{FRONT}```sh\n{token}\ncurl $API/api/tokens?token=$T -H "Authorization: Bearer $T"\n```\n', tmp_path)  # fmt: skip

    first, second, third = outcomes
    assert isinstance(first, Ran)
    assert "nmv_usr_" in first.answer.body
    assert second == Took(6, "T", "nmv_usr_…")
    assert isinstance(third, Ran)
    assert third.request == "GET /api/tokens?token=nmv_usr_…"
    assert "Bearer nmv_usr_…" in third.command


def test_what_a_skill_takes_for_granted_is_asked_for(tmp_path: Path) -> None:
    """A token, a session and the draft; and it is said that the check has sent it."""
    order = '{\\"id\\":\\"render_$TS\\",\\"sessionId\\":\\"$SID\\",\\"draft\\":$DRAFT}'
    outcomes = ran(
        f'{FRONT}{STATE}```sh\ncurl "$API/api/render/proxy/lambda" -H "Authorization: Bearer $NEMO_TOKEN" -d "{order}"\n```\n',
        tmp_path,
    )

    sent = [one for one in outcomes if isinstance(one, Ran)]
    assert requests(outcomes) == [
        "POST /api/auth/anonymous-token",
        "POST /api/tasks",
        "GET /api/state/nemo_agent",
        "POST /api/render/proxy/lambda",
    ]
    assert [one.note.startswith("sent by the check itself") for one in sent] == [True, True, True, False]  # fmt: skip
    assert all("X-Skill-Source: a" in one.command for one in sent[1:3])


def test_a_refusal_of_the_fake_is_one(tmp_path: Path) -> None:
    """A wrong field is refused, and the outcome says so."""
    wrong = edited(('sessionId\\":\\"$SID\\",\\"draft', 'session_id\\":\\"$SID\\",\\"draft'))
    outcomes = ran(wrong, tmp_path)

    refused = [one for one in outcomes if isinstance(one, Ran) and one.refused]
    assert refused[0].request == "POST /api/render/proxy/lambda"
    assert refused[0].answer.status == 422
    assert refused[0].code == 422


def test_other_programs_pipes_and_loops_are_not_run(tmp_path: Path) -> None:
    """They are named, each with its reason; nothing of them happens."""
    mark = tmp_path / "mark"
    script = f"""touch {mark}
curl -X POST "$API/api/auth/anonymous-token" -H "X-Client-Id: $(touch {mark}; uuidgen)" | tee {mark} | sh
while touch {mark}; do
  curl "$API/api/credits/balance/simple" -H "Authorization: Bearer $TOKEN" > {mark}
  sleep 30
done
eval "touch {mark}"
. {mark}
`touch {mark}`
"""
    outcomes = ran(f"{FRONT}```bash\n{script}```\n", tmp_path)

    sent = [one for one in outcomes if isinstance(one, Ran)]
    assert not mark.exists()
    assert requests(outcomes) == [
        "POST /api/auth/anonymous-token",
        "GET /api/credits/balance/simple",
    ]
    assert sent[0].note == "its output does not go to tee, sh"
    assert sent[1].note == "run once, whatever the while around it says"
    assert [command.split()[0] for command, _ in skipped(outcomes)] == [
        "touch", "touch", "sleep", "eval", ".", "$(touch",
    ]  # fmt: skip
    assert {why for _, why in skipped(outcomes)} == {"only curl and assignments are run"}


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("curl https://example.com/x", "it goes to 'example.com'"),
        ("curl -K /etc/curlrc $API/x", "the option -K is not for skills"),
        ("curl $API/x -d @/etc/passwd", "it would read '/etc/passwd'"),
        ("curl file:///etc/passwd", "it asks for file:"),
        ("curl $API/$SOMETHING", "nothing says what $SOMETHING is"),
        ("curl $API/<something>", "nothing says what <something> is"),
        ("curl $API/__fake__/reset", "it would steer the fake"),
        ("curl $API/$(frobnicate)", "`frobnicate` is not run"),
    ],
)
def test_what_is_refused_is_said_and_the_rest_goes_on(
    command: str, why: str, tmp_path: Path
) -> None:
    """One command that may not run is no reason to stop."""
    outcomes = ran(f"{FRONT}```sh\n{command}\n```\n{TOKEN}", tmp_path)

    ((_, said),) = skipped(outcomes)
    assert why in said
    assert requests(outcomes) == ["POST /api/auth/anonymous-token"]


def test_a_second_token_is_not_asked_for(tmp_path: Path) -> None:
    """A document may show the command twice; an agent runs it once."""
    outcomes = ran(FRONT + TOKEN + TOKEN, tmp_path)

    assert requests(outcomes) == ["POST /api/auth/anonymous-token"]
    assert "there is a token already" in skipped(outcomes)[0][1]


def test_a_script_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """The next one is run all the same."""
    outcomes = ran(f"{FRONT}```sh\ncurl 'a\n```\n{TOKEN}", tmp_path)

    assert "a single quote is never closed" in skipped(outcomes)[0][1]
    assert len(requests(outcomes)) == 1


def test_commands_in_sentences_are_run_too(tmp_path: Path) -> None:
    """The vendor's own skill has half of its commands there."""
    command = TOKEN.split("\n")[1]
    outcomes = ran(f"{FRONT}First `{command}`, then nothing.\n", tmp_path)

    assert [(one.line, type(one)) for one in outcomes] == [(5, Ran)]


def test_time_has_an_end(tmp_path: Path) -> None:
    """After a minute no more is sent."""
    minutes = itertools.count(0.0, sending.BUDGET_SECONDS * 0.6)
    outcomes = ran(FRONT + TOKEN + 2 * TOKEN.replace("anonymous-token", "claim-token"), tmp_path, lambda: next(minutes))  # fmt: skip

    assert len(requests(outcomes)) == 1
    assert {why for _, why in skipped(outcomes)} == {"the 60 s are over"}


def test_numbers_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many requests no more is sent."""
    monkeypatch.setattr(sending, "MOST", 2)
    outcomes = ran(FRONT + TOKEN + 3 * TOKEN.replace("anonymous-token", "claim-token"), tmp_path)

    assert len(requests(outcomes)) == 2
    assert {why for _, why in skipped(outcomes)} == {"2 requests were sent"}


def test_a_silent_edit_is_looked_into_where_the_skill_names_the_state(tmp_path: Path) -> None:
    """As an agent would that follows it; the judge agrees."""
    silent = Options(rate=RATE, scenario=scenario.named("silent-edit"))
    outcomes = ran(GOOD, tmp_path, options=silent)

    message = requests(outcomes).index("POST /run_sse")
    looked = [one for one in outcomes if isinstance(one, Ran)][message + 1]
    assert looked.request.startswith("GET /api/state/")
    assert "it ended without text" in looked.note


BEARER = '-H "Authorization: Bearer $NEMO_TOKEN"'


def test_files_and_objects_are_built_without_a_shell(tmp_path: Path) -> None:
    """A here-document becomes a file in memory, and no file of the disk; `jq -n` becomes a body."""
    name = tmp_path / "body.json"
    script = f"""cat > {name} <<EOF
{{"session_id":"$SID","new_message":{{"parts":[{{"text":"Add \\"Hi\\""}}]}}}}
EOF
curl $API/run_sse {BEARER} -H "Content-Type: application/json" --data-binary @{name}
B=$(jq -n --arg s "$SID" --arg t 'a "b"' '{{session_id:$s,new_message:{{parts:[{{text:$t}}]}}}}')
curl $API/run_sse {BEARER} --json "$B"
curl $API/api/upload-video/nemo_agent/me/$SID {BEARER} -F "files=@$1"
curl $API/run_sse {BEARER} -d @/etc/hostname
"""
    outcomes = ran(f"{FRONT}```sh\n{script}```\n", tmp_path)

    sent = [one for one in outcomes if isinstance(one, Ran) and not one.own]
    assert [one.refused for one in sent] == [False, False, False]
    assert not name.exists()
    assert [why for _, why in skipped(outcomes)] == [
        "it would read '/etc/hostname'; only uploads may name files, and get one of ours"
    ]


def test_what_follows_from_what_was_not_run_is_no_fault(tmp_path: Path) -> None:
    """A poll of a render that the check could not order; one that nobody orders is a fault."""
    order = f'curl $API/api/render/proxy/lambda {BEARER} -d "$(./make-body)"\n'
    poll = f"curl $API/api/render/proxy/lambda/render_1 {BEARER}\n"
    pardoned = ran(f"{FRONT}```sh\n{order}{poll}```\n", tmp_path)
    blamed = ran(f"{FRONT}```sh\n{poll}```\n", tmp_path)

    one, other = (run[-1] for run in (pardoned, blamed))
    assert isinstance(one, Ran)
    assert isinstance(other, Ran)
    assert (one.refused, one.blamed) == (True, False)
    assert one.because == "line 6 was not run by the check"
    assert (other.refused, other.blamed, other.because) == (True, True, "")


def test_the_check_calls_itself_what_the_skill_does(tmp_path: Path) -> None:
    """Without front matter its requests have the headers of the first command that has them."""
    headers = '-H "X-Skill-Source: a-b" -H "X-Skill-Version: 2" -H "X-Skill-Platform: x"'
    state = f"curl $API/api/state/nemo_agent/me/$SID/latest {BEARER} {headers}"
    outcomes = ran(f"```sh\n{state}\n```\n", tmp_path)

    own = [one for one in outcomes if isinstance(one, Ran) and one.own]
    assert len(own) == 2
    assert "X-Skill-Source: a-b" in own[1].command
    assert "X-Skill-Platform: x" in own[1].command


def test_a_request_has_the_id_that_the_judge_knows(tmp_path: Path) -> None:
    """So that a verdict can be told with its line."""
    balance = f"curl $API/api/credits/balance/simple {BEARER}"
    with served() as url:
        skill = read(f"{FRONT}```sh\n{balance}\n```\n")
        outcomes = list(Running(subject(skill), url, tmp_path, still).outcomes())
        judged = verdicts(url, tmp_path)

    sent = {one.answer.request_id: one.line for one in outcomes if isinstance(one, Ran)}
    found = {(one["rule"], sent[one["request_id"]]) for one in judged.verdicts}
    assert found == {("attribution-missing", 6)}
