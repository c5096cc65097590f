"""Act one: the documented workflow from token to film, with nothing but curl.

Every request is printed as the line that is run, so that it can be pasted into a shell where
NEMO_API_URL, TASK_ID and SESSION_ID are set.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from examples.demo.console import step, told
from examples.demo.server import RATE

CURL = "curl -sS"
OUT = Path("demo-out")
ORDER = OUT / "render.json"
HEADERS = f"-H @{OUT}/headers"
BRIEF = "Make a lo-fi hip-hop loop at 80 BPM for my clip, calm and focused, at 35% volume, and duck it under the waves"
TITLE = 'Add the title "Paradise Found", white, 96pt, top-center, for 3 seconds with a 1s fade-in'


def play(url: str, clip: Path) -> Path:
    """Token, session, claim link, upload, music, title, state, credits, export, download."""
    shell = Shell(url)
    connect(shell)
    step("Upload a clip of our own making")
    files = shell.json(
        f'{CURL} {HEADERS} -F "files=@{clip}" "$NEMO_API_URL/api/upload-video/nemo_agent/me/$SESSION_ID"'
    )
    told(
        f"{files['data']['files'][0]['duration']} seconds, {files['data']['files'][0]['width']} pixels wide"
    )
    before = balance(shell)
    step("Ask for music, and watch the events come in")
    say(shell, BRIEF)
    after = balance(shell)
    told(f"the music cost {before - after} credits; further edits in this session cost none")
    known = tracks(shell)
    step("Ask for a title")
    if not say(shell, TITLE):
        step("The edit ended without a word, as about 30 % do: ask the state what happened")
    now = tracks(shell)
    told(
        "new on the timeline: " + (" ".join(line for line in now if line not in known) or "nothing")
    )
    film = export(shell)
    step("What was exported")
    print(
        f"Timeline ({len(now)} tracks): "
        + " ".join(f"{n}. {line}" for n, line in enumerate(now, 1))
    )
    return film


def connect(shell: Shell) -> None:
    """Get a token, open a session, make the link that shows it in a browser."""
    step("A token: 100 credits, 7 days")
    token = shell.json(
        f'{CURL} -X POST "$NEMO_API_URL/api/auth/anonymous-token" -H "X-Client-Id: demo"'
    )
    shell.set("NEMO_TOKEN", token["data"]["token"])
    write_headers(token["data"]["token"])
    step("A session")
    body = json.dumps({"task_name": "project", "language": "en"})
    url = "$NEMO_API_URL/api/tasks/me/with-session/nemo_agent"
    session = shell.json(
        f"{CURL} {HEADERS} -H 'Content-Type: application/json' -d '{body}' \"{url}\""
    )
    shell.set("TASK_ID", session["data"]["task_id"])
    shell.set("SESSION_ID", session["data"]["session_id"])
    step("A link for the browser, without the token in it")
    body = '{\\"task_id\\":\\"$TASK_ID\\",\\"session_id\\":\\"$SESSION_ID\\"}'
    url = "$NEMO_API_URL/api/auth/claim-token"
    claim = shell.json(
        f'{CURL} {HEADERS} -H \'Content-Type: application/json\' -d "{body}" "{url}"'
    )
    told(f"{shell.env['NEMO_API_URL']}/workspace/claim?ct={claim['data']['claim_token']}")


def write_headers(token: str) -> None:
    """Write the headers that every further request carries, and show them."""
    attribution = "X-Skill-Source: topmediai-ai-music-generator\nX-Skill-Version: 1.0.0\nX-Skill-Platform: unknown"
    (OUT / "headers").write_text(f"Authorization: Bearer {token}\n{attribution}\n")
    told(f"in {OUT}/headers from here on:")
    told(f"  Authorization: Bearer {token[:12]}...")
    for line in attribution.splitlines():
        told(f"  {line}")


def say(shell: Shell, text: str) -> str:
    """Send a message and print the events as they arrive; returns what the backend said."""
    message = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": shell.env["SESSION_ID"],
        "new_message": {"parts": [{"text": text}]},
    }
    path = OUT / "message.json"
    path.write_text(json.dumps(message, ensure_ascii=False))
    said = []
    headers = "-H 'Content-Type: application/json' -H 'Accept: text/event-stream'"
    told(f"message: {text}")
    for line in shell.lines(f'{CURL} -N {HEADERS} {headers} -d @{path} "$NEMO_API_URL/run_sse"'):
        if line:
            told(line if len(line) <= 140 else f"{line[:139]}…")
        event = json.loads(line[5:] or "{}") if line.startswith("data:") else {}
        if event.get("type") == "text":
            said.append(event["content"])
    return "\n".join(said)


def balance(shell: Shell) -> int:
    """Return the available credits."""
    step("Credits")
    now = shell.json(f'{CURL} {HEADERS} "$NEMO_API_URL/api/credits/balance/simple"')["data"]
    told(f"available {now['available']}, frozen {now['frozen']}, total {now['total']}")
    return int(now["available"])


def tracks(shell: Shell) -> list[str]:
    """Return the timeline as one line for each track."""
    return [describe(track) for track in draft(shell).get("t", [])]


def draft(shell: Shell) -> dict[str, Any]:
    """Return the draft as the state shows it."""
    url = "$NEMO_API_URL/api/state/nemo_agent/me/$SESSION_ID/latest"
    state: dict[str, Any] = shell.json(f'{CURL} {HEADERS} "{url}"')
    found: dict[str, Any] = state["data"]["state"]["draft"]
    return found


def describe(track: dict[str, Any]) -> str:
    """Return a track in the form skills are told to use: `BGM: Lo-fi (0-10s, 35%)`."""
    first = track["sg"][0]
    about = first.get("m", {})
    start, end = first["s"] / 1000, (first["s"] + first["d"]) / 1000
    span = f"{start:g}-{end:g}s"
    if track["tt"] == 7:
        return f'Title: "{about.get("text", "")}" ({span})'
    if track["tt"] == 1:
        return f"BGM: {about.get('name', 'music')} ({span}, {about.get('volume', 100)}%)"
    return f"Video: {about.get('name', 'clip')} ({span})"


def export(shell: Shell) -> Path:
    """Submit a render of the draft, poll it, download the film."""
    step("Export: submit the draft as it is, then poll every 30 (virtual) seconds")
    shell.set("RENDER_ID", f"render_{int(time.time())}")
    order = {
        "id": shell.env["RENDER_ID"],
        "sessionId": shell.env["SESSION_ID"],
        "draft": draft(shell),
        "output": {"format": "mp4", "quality": "high"},
    }
    ORDER.write_text(json.dumps(order, ensure_ascii=False))
    url = "$NEMO_API_URL/api/render/proxy/lambda"
    shell.json(f"{CURL} {HEADERS} -H 'Content-Type: application/json' -d @{ORDER} \"{url}\"")
    status = wait(shell, f'{CURL} {HEADERS} "{url}/$RENDER_ID"')
    step("Download")
    film = OUT / "film.mp4"
    shell.run(f'{CURL} -o {film} "{status["output"]["url"]}"')
    return film


def wait(shell: Shell, poll: str) -> dict[str, Any]:
    """Poll until the render is over."""
    for _ in range(10):
        time.sleep(30 / RATE)
        status: dict[str, Any] = shell.json(poll)
        told(f"{status['status']} {status['progress']} %")
        if status["status"] not in ("pending", "processing"):
            break
    if status["status"] != "completed":
        raise SystemExit(f"the render ended as {status}")
    return status


class Shell:
    """Runs the printed lines in bash, with the workflow's variables in the environment."""

    def __init__(self, url: str) -> None:
        self.env = {"NEMO_API_URL": url}
        print(f"export NEMO_API_URL={url}")

    def set(self, name: str, value: str) -> None:
        """Set and show a variable; of the token only how it begins."""
        self.env[name] = value
        told(f"{name}={value if name != 'NEMO_TOKEN' else value[:12] + '...'}")

    def run(self, line: str) -> str:
        """Run one printed line and return what it wrote."""
        return "\n".join(self.lines(line))

    def json(self, line: str) -> Any:
        """Run one printed line and return the JSON it wrote; a business error ends the demo."""
        reply = json.loads(self.run(line))
        if reply.get("code"):
            raise SystemExit(f"NemoVideo refused: {reply}")
        return reply

    def lines(self, line: str) -> Iterator[str]:
        """Run one printed line and yield what it writes, line by line, as it comes."""
        print(f"$ {line}", flush=True)
        environment = {**os.environ, **self.env}
        with subprocess.Popen(
            ["bash", "-c", line], stdout=subprocess.PIPE, text=True, env=environment
        ) as running:
            assert running.stdout is not None
            for written in running.stdout:
                yield written.rstrip("\n")
        if running.returncode:
            raise SystemExit(f"curl ended with exit code {running.returncode}")
