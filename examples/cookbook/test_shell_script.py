"""A skill's shell script.

What drives the API with curl needs a port, and time that runs: `nemo_server` has both, ten minutes a second,
and `env` is what the script finds it by. The judge says what an agent that follows the skill did wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from nemovideo_fakeserver import verify
from nemovideo_pytest import NemoServer

SCRIPT = r"""
H=(-H "Authorization: Bearer $NEMO_TOKEN" -H "X-Skill-Source: my-skill"
   -H "X-Skill-Version: 1.0.0" -H "X-Skill-Platform: unknown" -H "Content-Type: application/json")

SID=$(curl -sS "${H[@]}" "$NEMO_API_URL/api/tasks/me/with-session/nemo_agent" -d '{"task_name":"project"}' |
    sed 's/.*"session_id":"\([0-9]*\)".*/\1/')
curl -sSN "${H[@]}" -H "Accept: text/event-stream" "$NEMO_API_URL/run_sse" -d "{\"session_id\":\"$SID\",
    \"new_message\":{\"parts\":[{\"text\":\"Make a 30-second lo-fi loop at 80 BPM\"}]}}"
curl -sS "${H[@]}" "$NEMO_API_URL/api/state/nemo_agent/me/$SID/latest"
"""


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_a_script_makes_music_and_breaks_no_rule(nemo_server: NemoServer) -> None:
    """It finds the server in its environment; the draft it ends with has an audio track."""
    ran = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", SCRIPT),
        env={**os.environ, **nemo_server.env},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert '"draft":{"t":[{"tt":1,' in ran.stdout
    verify.assert_count(nemo_server.journal, "POST /run_sse", 1)
    assert nemo_server.verdicts().of("error", "warning") == ()
