"""Each rule finds what it is for, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo_client.skill.check.checking import check
from nemovideo_client.skill.check.rule import SEVERITIES
from nemovideo_client.skill.check.table import RULES
from nemovideo_client.skill.document import markdown, source
from nemovideo_fakeserver.judge import table as judge
from support.checking import broken, checked
from support.skills import BROKEN, GOOD, WHOLE, Edit, edited, line_of

ROOT = Path(__file__).parents[4]
EXAMPLES = sorted((ROOT / "examples" / "skills").glob("*/SKILL.md"))


def test_a_good_skill_breaks_no_rule() -> None:
    """Nothing is found in a skill that does everything as documented."""
    assert checked(GOOD) == ()


@pytest.mark.parametrize(
    ("rule", "at", "edits"),
    BROKEN,
    ids=[f"{number}-{rule}" for number, (rule, _, _) in enumerate(BROKEN)],
)
def test_an_edit_breaks_one_rule(rule: str, at: str, edits: tuple[Edit, ...]) -> None:
    """The rule is found at the line where the edit is, and no other rule is."""
    skill = edited(*edits)

    found = checked(skill)
    assert {finding.rule.name for finding in found} == {rule}
    assert found[0].line == line_of(at, skill)


@pytest.mark.parametrize(("rule", "line", "skill"), WHOLE, ids=[rule for rule, _, _ in WHOLE])
def test_a_whole_skill_breaks_one_rule(rule: str, line: int, skill: str) -> None:
    """What a document lacks altogether is found, too."""
    assert [(finding.rule.name, finding.line) for finding in checked(skill)] == [(rule, line)]


def test_every_rule_is_broken_by_somebody() -> None:
    """No rule is without a skill that breaks it."""
    assert {rule.name for rule in RULES} == {rule for rule, *_ in (*BROKEN, *WHOLE)}


def test_a_rule_says_what_it_asks_and_who_says_so() -> None:
    """Names are unique; docs/sources.md lists each source."""
    sources = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").lower()
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.severity in SEVERITIES
        assert re.fullmatch(r"[A-Z].*\.", rule.asks, re.DOTALL), rule.name
        named = re.findall(
            r"all four skills|POSIX shell|curl manual|\b\d{11}\b|\b[0-9a-f]{7}\b|(?:[a-z]+-){2,}\w+",
            rule.source,
        )
        assert named, rule.name
        assert [name for name in named if name.lower() not in sources] == [], rule.name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_has_no_error(path: Path) -> None:
    """Of the four skills one says nothing of silent edits, which is true; that is all."""
    found = check(markdown.read(source.load(path)))

    expected = ["silence-unhandled"] if path.parent.name == "topmediai-ai-music" else []
    assert [finding.rule.name for finding in found] == expected


ALLOWED = {
    "an arbitrary method of old documents": (
        ('"$API/api/render/proxy/lambda/$RID"', '"$API/api/render/proxy/$RID/download"'),
    ),
    "a user id in the path": (("nemo_agent/me/", "nemo_agent/$USER_ID/"), ("A 401", "`USER_ID` is `user_id`. A 401")),
    "ten minutes": (("-m 900", "--max-time 600"),),
    "polls as in the reference": (("every 30 seconds", "every 30 seconds (or 10 times every 30 s)"),),
    "no language": ((',"language":"en"', ""),),
    "no output": ((',\\"output\\":{\\"format\\":\\"mp4\\",\\"quality\\":\\"high\\"}', ""),),
    "no user id in a message": (('\\"user_id\\":\\"me\\",', ""),),
    "a quoted message in Chinese": (("$MESSAGE", "生成一个视频，“海边”（30秒）！"),),
    "a token of the environment in braces": (("$NEMO_TOKEN", "${NEMO_TOKEN}"),),
    "JSON by option": (('-H "$J" "$API/api/auth/claim-token" \\\n  -d', '"$API/api/auth/claim-token" \\\n  --json'),),
    "a link as older documents have it, without a token": (("claim?ct=<claim_token>", "claim?task=<task_id>"),),
    "state polls 3 s apart": (("A 401", "Poll the state every 3 seconds after an edit. A 401"),),
    "a loop around a poll": (('curl -sS "${H[@]}" "$API/api/render/proxy/lambda/$RID"', 'while true; do\n  curl -sS "${H[@]}" "$API/api/render/proxy/lambda/$RID"\n  sleep 30\ndone'),),
    "resending forbidden": (("A 401", "If there is no text, do not resend the message. A 401"),),
    "a base url in braces": (("A 401", "State: `GET {base}/api/state/nemo_agent/me/{session_id}/latest`. A 401"),),
    "a caption export": (("| anything else |", '| "export SRT" | Chat | ❌ |\n| anything else |'),),
    "a link in a template": (("A 401", "Say so:\n\n```\n[Download](https://cdn.example.com/a.mp4) and [task](https://nemovideo.com/x_y)\n```\n\nA 401"),),
    "a variable of something else": (("RID=", 'mkdir -p "$FOLDER"\nffmpeg -i "$IN" "$OUT"\nRID='),),
    "a menu": (("A 401", "Tokens are made under Settings/API/Tokens. A 401"),),
    "a version": (("RID=", "curl --version\nRID="),),
    "an installation": (("RID=", "curl -fsSL https://example.com/install.sh | sh\nRID="),),
    "an id from a request whose body has quotes": (
        ("curl -sSN", """S2=$(curl -sS "${H[@]}" -H "$J" "$API/api/tasks/me/with-session/nemo_agent" -d '{"task_name":"p"}' | jq -r .data.session_id)\ncurl -sSN"""),
        ('session_id\\":\\"$SID\\",\\"new', 'session_id\\":\\"$S2\\",\\"new'),
    ),
    "an id from a file without quotes": (
        ("curl -sSN", "S2=$(cat ~/.sid | tr -d '\"/?')\ncurl -sSN"),
        ('session_id\\":\\"$SID\\",\\"new', 'session_id\\":\\"$S2\\",\\"new'),
        ("me/$SID/latest", "me/$S2/latest"),
    ),
    "a body in dollar quotes": (("""'{"task_name":"project","language":"en"}'""", """$'{"task_name":"don\\'t","language":"en"}'"""),),
    "options that have values": (('curl -sS "${H[@]}" "$API/api/credits', 'curl -sS -D /tmp/heads -c /tmp/jar --trace-ascii /tmp/x "${H[@]}" "$API/api/credits'),),
    "a file of one's own": (("RID=", "curl -sS file:///etc/hostname\nRID="),),
    "a warning of a token in a URL": (("A 401", "Do not run `curl https://mega-api-prod.nemovideo.ai/api/credits/balance/simple?token=$NEMO_TOKEN`, since it leaks the token. A 401"),),
    "a warning of a link with a token": (("A 401", "Never print https://nemovideo.com/workspace/claim?token=$NEMO_TOKEN to users. A 401"),),
    "a warning of fast polls": (("A 401", "Do not poll the render every 2 seconds. Never poll it constantly. 不要每隔2秒查询渲染。A 401"),),
    "a warning of exports in the chat": (("A 401", 'Do not send "export" to the chat. 不要把“导出”发送到聊天。A 401'),),
    "a warning of sending again": (("A 401", "If you hear nothing, never send the message again. 没有回应时不要重新发送。A 401"),),
    "a server of one's own": (("A 401", "Our server answers at `POST /webhooks/mine`. A 401"),),
    "a path that is gone": (("A 401", "The old path `POST /api/chat` no longer exists. A 401"),),
    "a host not to use": (("A 401", "Do not use https://api.nemovideo.ai for this. A 401"),),
    "a body not to send": (("A 401", 'Never send `{"newMessage":{"parts":[]}}` there. A 401'),),
    "a prompt": (('curl -sS "${H[@]}" "$API/api/credits/balance/simple"\n```', '```\n\n```console\n$ curl -sS "${H[@]}" "$API/api/credits/balance/simple"\n{"code":0}\n```'),),
}  # fmt: skip


@pytest.mark.parametrize("edits", ALLOWED.values(), ids=ALLOWED)
def test_what_some_document_allows_is_not_accused(edits: tuple[Edit, ...]) -> None:
    """Whoever follows any of the documents keeps the rules."""
    assert broken(edited(*edits)) == []


def test_the_nearest_endpoint_is_named() -> None:
    """A wrong path is answered with the documented one that it is most like."""
    (found,) = checked(edited(("/api/credits/balance/simple", "/api/credit/balance")))

    assert found.what.endswith("the nearest that is: GET /api/credits/balance/simple")


def test_findings_are_in_the_order_of_lines() -> None:
    """Whatever rule found them."""
    found = checked(edited(("-m 900", "-m 9"), ("A 401", "NEMO_令牌"), ("task_name", "taskName")))

    lines = [finding.line for finding in found]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_a_rule_of_the_judge_that_has_the_same_name_is_as_bad() -> None:
    """A run prints both, and a name means one thing."""
    judged = {rule.name: rule.severity for rule in judge.RULES}
    shared = {rule.name: rule.severity for rule in RULES if rule.name in judged}

    assert shared
    assert {name: judged[name] for name in shared} == shared
