"""Whatever a document says, running it ends, and nothing leaves but requests to the fake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemovideo_client.skill.check.subject import subject
from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.curl import Answer
from nemovideo_client.skill.run.outgoing import Outgoing
from nemovideo_client.skill.run.running import Running
from support.checking import read
from support.skills import GOOD

BASE = "http://127.0.0.1:1234"
ANSWER = (
    '{"code":0,"data":{"token":"nmv_usr_1","session_id":"1","task_id":"t","state":{"draft":{}}}}'
)
PIECES = st.sampled_from(
    [
        "```sh\n", "```\n", "\n", "curl ", '"$API/run_sse" ', "$API/api/x ", "-d ", "@/etc/passwd ", "-K x ", "-X ", "'", '"', " ",
        "-F files=@", "/etc/passwd ", "$(", ")", "${", "}", "|", "jq -r .data.token ", "TOKEN=", "A=(", "<sid>", "{draft}", "`",
        "https://example.com/ ", "file:///etc/passwd ", "http://127.0.0.1:1234@evil.test/ ", "https://mega-api-prod.nemovideo.ai",
        "/__fake__/reset ", "-H 'A: b' ", "-H @x ", "<<EOF\n", "EOF\n", "while true; do ", "done\n", "\0", "\\\n", "$TOKEN", "<<< ",
    ]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good skill in which something else stands in one place."""
    begin = draw(st.integers(0, len(GOOD)))
    end = min(len(GOOD), begin + draw(st.integers(0, 60)))
    return GOOD[:begin] + "".join(draw(st.lists(PIECES, max_size=6))) + GOOD[end:]


@given(st.one_of(mutated(), st.lists(PIECES, max_size=40).map("".join)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_only_the_fake_is_asked(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Each URL begins with the fake's, each file is ours, and each command has an outcome or none."""
    folder = tmp_path_factory.getbasetemp()
    sent: list[Outgoing] = []

    def send(request: Outgoing, _folder: Path, seconds: float) -> Answer:
        assert 0 < seconds <= 30
        sent.append(request)
        return Answer(200, ANSWER)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(curl, "send", send)
        outcomes = list(Running(subject(read(text)), BASE, folder, lambda: 0.0).outcomes())

    assert len(outcomes) >= len(sent)
    for request in sent:
        assert request.url.startswith(f"{BASE}/")
        assert "__fake__" not in request.url.split("?")[0]
        assert all(Path(value).parent == folder for _, value, is_file in request.form if is_file)
        assert "root:" not in (request.body or "")
