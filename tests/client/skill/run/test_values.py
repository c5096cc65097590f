"""What is put in for variables, outputs and placeholders."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.skill.run.answers import NOTHING, Answers, at, texts
from nemovideo_client.skill.run.making import Maker, message
from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.meant import Meant
from nemovideo_client.skill.run.missing import Missing
from nemovideo_client.skill.run.objects import Unbuilt, built
from nemovideo_client.skill.run.outputs import Outputs
from nemovideo_client.skill.run.values import Values
from nemovideo_client.skill.run.variables import Variables
from nemovideo_client.skill.shell import expansion
from nemovideo_client.skill.shell.commands import Command, parse
from nemovideo_client.skill.shell.expansion import expand
from support.checking import read
from support.skills import GOOD

BASE = "http://127.0.0.1:1"
ANSWER = {
    "code": 0,
    "data": {"token": "nmv_usr_1", "user_id": "anon_1", "session_id": "42", "task_id": "task_1", "claim_token": "clm_1"},
}  # fmt: skip
DRAFT = '{"t":[]}'


class Fetched:
    """Fetches a draft, and knows what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, what: str) -> str | None:
        """Return the draft, or nothing."""
        self.asked.append(what)
        return DRAFT if what == "draft" else None


@pytest.fixture
def values(tmp_path: Path) -> Values:
    """Values after an answer that has them all."""
    answers = Answers()
    answers.learn(ANSWER)

    def run(command: Command, values: expansion.Values) -> str:
        del command, values
        return '{"data":{"token":"nmv_usr_2","list":[{"id":"x"}],"n":1}}'

    maker = Maker(BASE, tmp_path, read(GOOD))
    variables = Variables(tmp_path)
    variables.write("body.json", '{"a":{"b":"c"}}')
    meant = Meant(answers, maker, Fetched())
    return Values(variables, meant, Outputs(run, meant.named, maker, variables.files))


def put_in(script: str, values: Values) -> str:
    """Return the last word of a script's last command, with everything put in."""
    for command in parse(script):
        for assignment in command.assignments:
            values.assign(assignment)
    return " ".join(expand(command.words[-1], values))


@pytest.mark.parametrize(
    ("script", "becomes"),
    [
        ("x $TOKEN", "nmv_usr_1"),
        ("x ${NEMO_TOKEN}", "nmv_usr_1"),
        ("x $SID/$TASK_ID/$USER_ID", "42/task_1/anon_1"),
        ('x "<uid> {session_id} YOUR_TOKEN"', "anon_1 42 nmv_usr_1"),
        ("x '<sid>'", "42"),
        ("x '$SID'", "$SID"),
        ('x "$API/state/SESSION_ID/latest"', f"{BASE}/state/42/latest"),
        ('x "${NEMO_API_URL:-https://mega-api-prod.nemovideo.ai}/x"', f"{BASE}/x"),
        ("x ${PLATFORM:-unknown}", "unknown"),
        ("x ${NEMO_TOKEN:-none}", "nmv_usr_1"),
        ("x ${OTHER:-a$SID}", "a42"),
        ("A=1; x $A", "1"),
        ("A=x/y.txt; x ${A%.txt}", "x/y"),
        ("A=(a b); x ${A[@]}", "a b"),
        ("A=(a b); x ${A[1]}", "b"),
        ('x "X-Client-Id: $(cat id)"', "X-Client-Id: 546a3b8a-e434-579d-8554-d0f2a3f118d8"),
        ("ID=$(uuidgen); x $ID", "546a3b8a-e434-579d-8554-d0f2a3f118d8"),
        ("x render_$(date +%s)", "render_1988000001"),
        ('x "{\\"id\\":\\"render_<ts>\\"}"', '{"id":"render_1988000001"}'),
        ("x '{\"draft\":<json>}'", f'{{"draft":{DRAFT}}}'),
        ("x '{\"draft\":<draft from state>}'", f'{{"draft":{DRAFT}}}'),
        ('x "{\\"draft\\":$DRAFT}"', f'{{"draft":{DRAFT}}}'),
        ("T=$(curl a | jq -r '.data.token'); x $T", "nmv_usr_2"),
        ("T=$(curl a | jq -r '.data.token // empty'); x $T", "nmv_usr_2"),
        ("T=$(curl a | jq -r '.data.list[0].id'); x $T", "x"),
        ("TOKEN=$(curl a | grep -o 'x' | cut -d: -f2); x $TOKEN", "nmv_usr_2"),
        ("TOKEN=$(curl a | python3 -c 'evil()'); x $TOKEN", "nmv_usr_2"),
        ('R=$(curl a); T=$(echo "$R" | jq -r .data.token); x $T', "nmv_usr_2"),
        ('R=$(curl a); T=$(jq -r .data.token <<< "$R"); x $T', "nmv_usr_2"),
        ("x $LANGUAGE/$MESSAGE", "en/Make a 30-second lo-fi loop at 80 BPM"),
        ("x $VIDEO_URL", "https://example.com/clip.mp4"),
        ('x "?ct=<data.claim_token>"', "?ct=clm_1"),
        ("x $(hostname)", "skill-check"),
        ('x "/api/render/proxy/lambda/$ID_UNKNOWN"', None),
        ("x $WHATEVER", None),
        ("x '<whatever>'", None),
        ("x $(rm -rf /)", None),
        ("x ${TOKEN^^}", "nmv_usr_1"),
        ("A=1; x ${A//1/2}", None),
        ("x $1", None),
        ("A=$((1+1)); x $A", None),
        ('A=$(cat <<E\n{"sid":"$SID"}\nE\n); x $A', '{"sid":"42"}'),
        ("x $(cat body.json)", '{"a":{"b":"c"}}'),
        ("x $(jq -r .a.b body.json)", "c"),
        ("x $(cat /etc/passwd)", None),
        ("A=$(jq -n --arg s \"$SID\" '{a:$s,text:[1,true,{\"b\":null}]}'); x $A", '{"a":"42","text":[1,true,{"b":null}]}'),
        ("A=$(jq -nc --argjson d '[1]' '{$d}' | jq -c .d); x $A", "[1]"),
        ("A=$(jq -n '{a:input}'); x $A", None),
    ],
)  # fmt: skip
def test_what_a_name_becomes(script: str, becomes: str | None, values: Values) -> None:
    """By what was set, by what was answered, by what it means, or not at all."""
    if becomes is None:
        with pytest.raises(Missing):
            put_in(script, values)
    else:
        assert put_in(script, values) == becomes


def test_a_file_is_made_where_one_is_named(values: Values, tmp_path: Path) -> None:
    """`$FILE` is the path of a file of ours."""
    assert put_in("x files=@$FILE", values) == f"files=@{tmp_path / 'clip.avi'}"


def test_outputs_of_outputs_have_an_end(values: Values) -> None:
    """As deep as anybody writes, and no deeper."""
    with pytest.raises(Missing, match="more than 8 commands stand in each other"):
        put_in("x " + "$(echo " * 20 + "a" + ")" * 20, values)


def test_a_value_that_grows_has_an_end(values: Values) -> None:
    """Doubling ends with a sentence."""
    with pytest.raises(Missing, match="would grow too long"):
        put_in("A=aaaaaaaaaaaaaaaa\n" + "A=$A$A\n" * 20 + "x $A", values)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (".data.token", "nmv_usr_1"),
        (".", ANSWER),
        (".code", 0),
        (".data.nothing", NOTHING),
        (".code.deep", NOTHING),
        (".data | keys", NOTHING),
        ('.["data"].token', "nmv_usr_1"),
        (".data[0]", NOTHING),
    ],
)
def test_paths_of_jq(path: str, found: object) -> None:
    """Only paths are followed; a program is not run."""
    assert at(ANSWER, path) == found


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("{}", {}),
        ("{a:$s}", {"a": "1"}),
        ('{"a b":[{c:-1.5}]}', {"a b": [{"c": -1.5}]}),
        ("{$s}", {"s": "1"}),
        ("$s", "1"),
        ("{a:$other}", None),
        ("{a:.b}", None),
        ("{a:1} | keys", None),
        ('{a:"\\(env)"}', None),
        ("{a}", None),
        ("input", None),
        ("[1 2]", None),
        ("[1,]", None),
        ("[" * 40, None),
        ("", None),
    ],
)
def test_what_jq_builds(program: str, value: object) -> None:
    """Objects of what is given, and nothing that would have to be run."""
    if value is None:
        with pytest.raises(Unbuilt):
            built(program, {"s": "1"})
    else:
        assert built(program, {"s": "1"}) == value


def test_what_a_stream_says() -> None:
    """Texts of the three dialects, and nothing else."""
    stream = (
        'data: {"type":"text","content":"a"}\n\ndata:\n\n: note\ndata: {"type":"tool_call","name":"b"}\n'
        'data: {"text":"c"}\ndata: {"content":{"parts":[{"text":"d"},{"functionCall":{}}]}}\ndata: [1]\ndata: {bad\n'
    )

    assert list(texts(stream)) == ["a", "c", "d"]


def test_a_message_needs_no_escapes() -> None:
    """What the skill suggests is said, without quotes and backslashes."""
    said = GOOD.replace('- "Make a 30-second lo-fi loop at 80 BPM"', '- Say "hi" and \\$x')

    assert message(read(said)) == "Say hi and x"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a nmv_usr_abc-1_x b", "a nmv_usr_… b"),
        ('"clm_abc"', '"clm_…"'),
        ("Authorization: Bearer secret-1", "Authorization: Bearer …"),
        ("Authorization: Bearer nmv_usr_a", "Authorization: Bearer nmv_usr_…"),
    ],
)
def test_secrets_are_masked(text: str, seen: str) -> None:
    """Their kind is all that is seen of them."""
    assert masked(text) == seen
