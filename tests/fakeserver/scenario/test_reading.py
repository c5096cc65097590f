from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.reading import of, parse, read
from support.scenarios import RICH, rich


def test_text_and_plain_data_give_the_same_scenario() -> None:
    """YAML, JSON and a dict are one path to equal values."""
    scenario = parse(RICH)

    assert of(rich()) == scenario
    assert of(yaml.safe_load(RICH)) == scenario


def test_a_scenario_is_what_it_says() -> None:
    """Every part is where the model puts it, with its units understood."""
    scenario = parse(RICH)

    mia, bob = scenario.accounts
    assert scenario.variants == {"preset": "4.4", "sse_dialect": "adk"}
    assert [float(t.age) for t in mia.tokens] == [691_200, 0]
    assert [float(t.lasts) for t in mia.tokens] == [518_400, 604_800]
    assert mia.scopes(mia.tokens[0]) == ("read", "write")
    assert mia.scopes(mia.tokens[1]) == ("read", "write", "upload")
    assert [token.name for token in bob.tokens] == ["default"]
    assert bob.scopes(bob.tokens[0]) == ("*",)
    assert [turn.kind for turn in scenario.turns] == ["generate", "text", "text", "text"]
    assert [turn.limit for turn in scenario.turns] == [1, 3, None, None]
    assert [step.at for step in scenario.turns[0].steps[:5]] == [0.25, 2, 20, 90, None]
    assert scenario.clock is not None
    assert scenario.clock.rate == 60


def test_nothing_has_to_be_said() -> None:
    """An empty scenario is one in which everything is as usual."""
    assert parse("{}") == of({})


def test_work_is_what_its_steps_do() -> None:
    """A turn with media is a generation, with a draft step an edit, else talk."""
    edit = {"steps": [{"draft": [{"remove": "a"}]}]}
    generation = {"steps": [*edit["steps"], {"media": {"kind": "image", "label": "x"}}]}

    turns = of({"turns": [{"steps": [{"text": "Hi"}]}, edit, generation]}).turns

    assert [turn.kind for turn in turns] == ["text", "edit", "generate"]


@pytest.mark.parametrize(
    ("outcomes", "sticks", "come"),
    [
        ([], False, [None, None]),
        ([{"fail": "x"}], False, ["x", None, None]),
        (["complete", {"fail": "x"}], True, [None, "x", "x", "x"]),
    ],
)
def test_renders_end_as_told_one_after_the_other(
    outcomes: Any, sticks: bool, come: list[str | None]
) -> None:
    """After the list they complete, unless its last outcome sticks."""
    renders = of({"renders": {"outcomes": outcomes, "last_sticks": sticks}}).renders

    assert renders is not None
    assert [renders.outcome(number) for number in range(len(come))] == come


# Files


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """With or without a byte order mark, as YAML or as JSON; errors have its name."""
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + RICH.encode())

    assert read(file) == read(str(file)) == parse(RICH)
    file.write_text('{"name": "x",\n "abuot": "y"}')
    with pytest.raises(ScenarioBroken, match="has no key 'abuot'; did you mean about") as refused:
        read(file)
    assert str(refused.value).startswith(f"{file}:2: ")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, a folder, not text: one sentence each, with the path."""
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9")

    for name, why in (("none.yaml", "No such file"), (".", "directory"), ("latin.yaml", "UTF-8")):
        with pytest.raises(ScenarioBroken, match=why) as refused:
            read(tmp_path / name)
        assert str(refused.value).startswith(f"{tmp_path / name}: ")


def test_a_path_that_no_system_has_is_refused() -> None:
    """A null byte in a path is an error like others."""
    with pytest.raises(ScenarioBroken, match="cannot be read"):
        read("a\0b.yaml")


# Variants


def test_variants_are_checked_by_whoever_knows_them() -> None:
    """The caller's check is given every pair, the preset among them; what it refuses has its line."""
    seen = []

    def check(key: str, value: str) -> None:
        seen.append((key, value))
        if value == "9":
            raise ValueError("there is no 9")

    text = "variants:\n  preset: 1.9\n  attribution: true\n  limit: 9\n"
    with pytest.raises(ScenarioBroken, match=r"t\.yaml:4: there is no 9"):
        parse(text, "t.yaml", variant=check)
    assert seen == [("preset", "1.9"), ("attribution", "on"), ("limit", "9")]


# Errors


def spoilt(old: str, new: str) -> ScenarioBroken:
    """The error for the rich scenario with one change."""
    assert RICH.count(old) == 1, f"{old!r} is there {RICH.count(old)} times"
    with pytest.raises(ScenarioBroken) as refused:
        parse(RICH.replace(old, new.replace("«", "")), "rich.yaml")
    return refused.value


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        # keys
        ("about: Every", "abuot: Every", "a scenario has no key 'abuot'; did you mean about?"),
        ("client_id: mia-1", "client: mia-1", "accounts[0] has no key 'client'; did you mean client_id?"),
        ("heartbeat: true", "hartbeat: true", "turns[0].steps[2] has no key 'hartbeat'; did you mean heartbeat?"),
        ("new_track: true", "newtrack: true", "put has no key 'newtrack'; did you mean new_track?"),
        ("break: half_closed", "brake: half_closed", "do has no key 'brake'; did you mean break?"),
        ("label: hum, ", "", "media needs label"),
        ("put: {track: audio, id: a, d: 8000,", "put: {track: audio,", "put needs id and d"),
        # values
        ("seed: 7", "seed: x", "seed is a whole number, not 'x'"),
        ("rate: 60", "rate: -1", "rate is a number from 0 to 1000000000.0, not -1"),
        ("rate: 60", "rate: 0.0001", "a clock runs at least 0.001"),
        ("kind: registered", "kind: registred", "kind cannot be 'registred'; did you mean registered?"),
        ("credits: 40", "credits: -1", "credits is a whole number from 0 to 1000000000, not -1"),
        ("credits: 40", "credits: lots", "credits is a whole number from 0 to 1000000000, not 'lots'"),
        ("client_id: mia-1", "client_id: 5", "5; put it in quotes to make it a text"),
        ("revoked: true", "revoked: yes", "revoked is true or false, not 'yes'"),
        ("scopes: [read, write]", "scopes: [read, wirte]", "did you mean write?"),
        ("at: 250ms", "at: soon", "a duration is a number of seconds, or such as 250ms"),
        ("when: generate|生成", "when: 5", "when is a text that is not empty or a mapping of says, matches, not 5"),
        ("heartbeat: true", "heartbeat: false", "heartbeat is true, not False"),
        ("width: 1280, height: 720}", "width: 1281, height: 720}", "width is an even number from 16 to 4096"),
        ("- order: [v]", "- order: []", "order is a list of one or more, not []"),
        ("- remove: a", "- remove: [a]", "remove is a text of at most 200 characters that is not empty"),
        ("args: {prompt: dawn, deep: [1, {a: null}]}", "args: dawn", "args is a mapping, not 'dawn'"),
        ("seconds: [20s, 1m]", "seconds: [20s]", "seconds is a list of 2, not ['20s']"),
        ("seconds: [20s, 1m]", "seconds: 20s", "seconds is a list of 2, not '20s'"),
        ("steps: [{text: Whatever}]", "steps: {text: Whatever}", "steps is a list of one or more"),
        ("outcomes: [complete,", "outcomes: [completed,", "did you mean complete?"),
        ("{end: ok}", "{end: okay}", "end cannot be 'okay'; did you mean ok?"),
        ("end: {cut: stall}", "end: {cut: stal}", "cut cannot be 'stal'; did you mean stall?"),
        ("probability: 0.5", "probability: 5", "probability is a number from 0 to 1, not 5"),
        ("times: always", "times: alway", "times cannot be 'alway'; did you mean always?"),
        ("start: 2033-03-03T03:33:33Z", "start: today", "a time is now, or such as 2033-"),
        ("sse_dialect: adk", "sse_dialect: adx", "sse_dialect cannot be 'adx'; it is one of: typed, adk"),
        ("sse_dialect: adk", "sse_dialog: adk", "no variant is called 'sse_dialog'; did you mean sse_dialect?"),
        ("sse_dialect: adk", "sse_dialect: [adk]", "sse_dialect is a text such as adk, not ['adk']"),
        # what does not go together
        ("plan: paid", "client_id: bob", "only an anonymous account has a client_id"),
        ("credits: 40", "plan: paid", "an anonymous account is on the free plan: make it registered"),
        ("- {name: new}", "- {name: old}", "this account has two tokens called 'old'"),
        ("- name: bob", "- name: mia", "two accounts are called 'mia'"),
        ("once: true", "once: true\n    «times: 2", "a turn is given once or so many times, not both"),
        ("heartbeat: true", "heartbeat: true, text: Hi", "a step has one of text, tool_call,"),
        ("{text: Whatever}", "{at: 2s}", "a step has one of text, tool_call, tool_result, heartbeat, draft, media, silence, end, and this one has none"),
        ("when: {says: hello}", "when: {says: hello, matches: x}", "when has one of says, matches, not says and matches at once"),
        ("- remove: a", "- {remove: a, order: [v]}", "a draft operation has one of put, change, remove, order, describe"),
        ("at: 20s", "at: 1s", "this step is at 1s and the one before at 2s: put them in order of time"),
        ("{end: cut}, {at: 9.5", "{end: cut}, {end: cut}, {at: 9.5", "the connection has been cut already"),
        ("{end: ok}", "{end: ok}, {text: Hi}", "the turn has ended in the step before"),
        ("silence: 1h", "silence: 0", "a silence lasts longer than 0"),
        ("{matches: cut}", "{matches: (}", "'(' is no regular expression: missing )"),
        ("generate|生成", "'*'", "'*' is no regular expression: nothing to repeat"),
        ("kind: audio, label: hum", "kind: image, seconds: 5, label: hum", "an image does not last"),
        ("kind: audio, label: hum", "kind: audio, width: 16, label: hum", "audio has no width"),
        ("seconds: 8,", "seconds: 0,", "media last at most 600 seconds, and not 0"),
        ("seconds: [20s, 1m]", "seconds: [2m, 1m]", "seconds are two: the shortest, more than 0, and the longest"),
        ("timing: {seconds: [20s, 1m]}", "timing: {polls: {processing: 3, completed: 2}}", "completed after it has been processing"),
        ("outcomes: [complete, {fail: lost}]\n", "outcomes: []\n«", "last_sticks needs outcomes"),
        ("extra: {x: 1}", "extra: {src: 1}", "'src' has a key of its own, outside extra"),
        ("extra: {z: 3}", "extra: {title: 1}", "title has a key of its own, outside extra"),
        # what is not there
        ("    account: mia\n", "    account: mai\n", "no account is called 'mai'; did you mean mia?"),
        ("times: always, account: mia", "times: always, account: mai", "no account is called 'mai'; did you mean mia?"),
        ("session: holiday", "session: holidays", "no session is called 'holidays'; did you mean holiday?"),
        ('"media:dawn"', '"media:dusk"', "no media label is called 'dusk'; there are: dawn, hum"),
        # faults
        ("at: turn.settled", "at: turn.setled", "no moment is called 'turn.setled'; did you mean turn.settled?"),
        ("at: POST /run_sse", "at: post /run_sse", "did you mean POST /run_sse?"),
        ("do: {fail: lost}", "do: {status: 500}", "status makes no sense before turn.settled"),
        ("do: {fail: lost}", "do: {}", "a fault does one thing, and has none"),
        ("do: {fail: lost}", "do: {fail: ''}", "fail is a text that says something, not ''"),
        ("do: {fail: lost}", "do: nothing", "do is a mapping of status, code, message"),
        ("status: 503,", "status: 99,", "status is a whole number from 200 to 599, not 99"),
        ("message: later,", "message: '',", "message is a text that says something, not ''"),
        ("message: dawn}", "message: (}", "'(' is none: missing )"),
        ("do: {delay: 5m}", "do: {delay: 5x}", "a duration is a number of seconds"),
        ("do: {delay: 5m}", "do: {delay: 0}", "delay is seconds, more than 0"),
        ("times: 2, prob", "times: 0, prob", "times is a number from 1 or always, not 0"),
        ("{malformed: true}", "{malformed: 1}", "malformed is true, not 1"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_and_what_would_be_right(old: str, new: str, says: str) -> None:
    """The error stands on the first line of what was changed, or at the «, and says what is legal there."""
    found = spoilt(old, new)

    before = RICH[: RICH.index(old)] + new.rpartition("«")[0]
    line = before.count("\n") + 1
    assert says in str(found)
    assert str(found).startswith(f"rich.yaml:{line}: ")
    assert found.line == line


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("turns", 2, "steps", 0, "end"), "cutt", "turns[2].steps[0].end"),
        (("accounts", 1, "name"), "mia", "accounts[1].name"),
        (("faults", 6, "do", "drip"), -1, "faults[6].do.drip"),
        (("faults", 0, "do", "status"), 99, "faults[0].do.status"),
        (("faults", 0, "do"), {}, "faults[0].do"),
        (("faults", 0, "at"), "lunch", "faults[0].at"),
        (("variants", "sse_dialect"), "adx", "variants.sse_dialect"),
        (("name",), 5, "name"),
    ],
)
def test_an_error_in_plain_data_names_the_path(path: Any, value: Any, place: str) -> None:
    """Without text the place is the path from the top."""
    data = rich()
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value

    with pytest.raises(ScenarioBroken) as refused:
        of(data)

    assert str(refused.value).startswith(f"{place}: ")
    assert refused.value.path == place
    assert refused.value.line is None


@pytest.mark.parametrize("data", [None, [], "happy", 5])
def test_a_scenario_is_a_mapping(data: Any) -> None:
    """Anything else is told what a scenario consists of; the place is what the data is called."""
    with pytest.raises(
        ScenarioBroken, match=r"^body: a scenario is a mapping of name, about, seed"
    ):
        of(data, "body")


FIRST = """
import threading
from nemovideo_fakeserver import scenario

together = threading.Barrier(16)

def read():
    together.wait(10)
    scenario.of({"turns": [{"steps": [{"text": "Hi"}]}]})

threads = [threading.Thread(target=read) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(10)
"""


def test_many_threads_may_read_their_first_scenario_at_once() -> None:
    """A process in which none has been read yet lives on, though the library beneath has no locks."""
    ran = subprocess.run([sys.executable, "-c", FIRST], timeout=60, check=False)

    assert ran.returncode == 0
