"""A life on paper: the scenario it began as, and beside it what was done, for a shell and for the machine.

`<name>.yaml` is what `nemo-fakeserver serve --scenario` plays. `<name>.sh` does with curl what was done; its
lines that begin with `#: ` are the deeds, which `read` reads back.
"""

from __future__ import annotations

import base64
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET

from nemovideo_fakeserver import scenario as scenarios
from nemovideo_fakeserver.scenario.model.part import Millis, Part, Seconds
from support.machine.deeds import Deed
from support.machine.door import CONTENTS, Done, Left, Sent
from support.machine.striking import Words
from support.machine.walk import Walk

DEED = "#: "
LONGEST = 300
"""Characters of the sentence that says which law was broken."""

_HEAD = """\
#!/usr/bin/env bash
# {law}
#
#   nemo-fakeserver serve --scenario {name}.yaml --rate 0
#   NEMO_API_URL=http://127.0.0.1:8765 bash {name}.sh
#
# Time stands but for the jumps. What takes time is left to come in the background.
set -u
cd "$(mktemp -d)"
declare -A readers
trap 'kill "${{readers[@]}}" 2>/dev/null' EXIT
{files}
ask() {{ # PATH and what curl takes
    curl -q -sS --noproxy '*' --max-time 10 "$NEMO_API_URL$1" "${{@:2}}"
    echo
}}

later() {{ # a number, PATH and what curl takes: go on once the reply has begun, or is not to be waited for
    curl -q -sSN --noproxy '*' --max-time 60 -D "$1.head" -o "$1.body" "$NEMO_API_URL$2" "${{@:3}}" &
    readers[$1]=$!
    for _ in {{1..20}}; do
        [ -s "$1.head" ] || ! kill -0 "${{readers[$1]}}" 2>/dev/null && break
        sleep 0.05
    done
}}

leave() {{ # a number: whoever waits for that reply goes away
    kill "${{readers[$1]}}" 2>/dev/null
    wait "${{readers[$1]}}" 2>/dev/null
}}

"""


def write(folder: Path, name: str, walk: Walk, broken: BaseException) -> Path:
    """Write a life down that has broken a law, and return where its scenario is."""
    law = str(broken).splitlines()[0][:LONGEST] if str(broken) else type(broken).__name__
    said = {done.what.get("message") for done in walk.door.log if isinstance(done, Deed)}
    words = {**walk.scenario, "name": name, "about": law}
    words["turns"] = [turn for turn in words["turns"] if turn["when"]["says"] in said]
    path = folder / f"{name}.yaml"
    path.write_text(scenarios.dump(scenarios.of(words)), encoding="utf-8")
    script = "".join(_script(name, law, walk.door.log))
    path.with_suffix(".sh").write_text(script, encoding="utf-8")
    return path


def read(path: Path) -> tuple[Words, list[Deed]]:
    """Return the scenario, in words, and the deeds of a life on paper."""
    lines = path.with_suffix(".sh").read_text(encoding="utf-8").splitlines()
    deeds = [Deed.of(line.removeprefix(DEED)) for line in lines if line.startswith(DEED)]
    words: Words = {"turns": [], **_words(scenarios.read(path))}
    return words, deeds


def _script(name: str, law: str, log: list[Done]) -> Iterator[str]:
    used = {file for done in log if isinstance(done, Sent) for file in done.files}
    files = "".join(
        f"base64 -d <<<{base64.b64encode(CONTENTS[file]).decode()} >{file}\n"
        for file in sorted(used)
    )
    yield _HEAD.format(law=law, name=name, files=files)
    for done in log:
        match done:
            case Deed():
                yield f"\n{DEED}{done}\n"
            case Left():
                yield f"leave {done.number}\n"
            case Sent():
                yield _curl(done)


def _curl(sent: Sent) -> str:
    flags = [] if sent.method == "GET" else ["-X", sent.method]
    for header, value in sent.headers:
        if not (sent.files and header == "content-type"):
            flags += ["-H", f"{header}: {value}"]
    for file in sent.files:
        flags += ["-F", f"files=@{file}"]
    if sent.body is not None:
        flags += ["-d", json.dumps(sent.body, ensure_ascii=False)]
    verb = f"later {sent.number}" if sent.lasts else "ask"
    return f"{verb} {shlex.join([sent.path, *flags])}\n"


def _words(value: Any) -> Any:
    """Return a part of a scenario as plain data, with times as numbers."""
    if isinstance(value, Part):
        fields = [(field, getattr(value, field.name)) for field in msgspec.structs.fields(value)]
        return {
            field.encode_name: _words(one)
            for field, one in fields
            if one is not UNSET and one is not None and one != field.default
        }
    if isinstance(value, dict):
        return {key: _words(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_words(one) for one in value]
    if isinstance(value, Seconds):
        return float(value)
    return int(value) if isinstance(value, Millis) else value
