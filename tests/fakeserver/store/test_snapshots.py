from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.store import records
from nemovideo_fakeserver.store.broken import SnapshotUnusable, StateUnusable
from nemovideo_fakeserver.store.database import Database
from nemovideo_fakeserver.store.times import Instant
from nemovideo_fakeserver.store.yaml_reading import parse
from nemovideo_fakeserver.store.yaml_writing import written
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller
from support.lasting import differences, lasting
from support.media import png
from support.stage import client, grant
from support.visitor import versatile

PICTURE = png()


def fake_with(**options: Any) -> Fake:
    """Return a fake without an encoder."""
    return Fake(Options(**options), agent=versatile, studio=Darkroom())


@pytest.fixture
def busy() -> Iterator[Fake]:
    """A fake in two worlds of which everything that can be has been done."""
    with fake_with() as fake, client(fake) as http:
        caller = Caller(http).connect()
        grant(fake, caller, 500)
        caller.upload("görl.png", PICTURE)
        caller.upload_url("a.mp4")
        for message in ("generate 40", "everything"):
            with http.stream(
                "POST", "/run_sse", headers=caller.headers, json=caller.message(message)
            ):
                http.post("/__fake__/clock", json={"jump": 42.7})
        caller.submit("r1")
        caller.submit("r2")
        caller.post("/api/render/proxy/lambda/r2/cancel")
        caller.post("/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session})
        fault = {"at": "turn.heartbeat[2]", "do": {"break": "reset"}, "probability": 0.5}
        http.post("/__fake__/faults", json=fault)
        http.post("/~other/__fake__/clock", json={"rate": 0.5, "jump": 0.123})
        http.post("/~other/__fake__/clock", json={"rate": 0})
        Caller(http).get("/~other/register")
        yield fake


# Writing


def test_a_snapshot_reads_as_people_write(busy: Fake) -> None:
    """One key a line, small things on one line, times as times, and nothing that goes without saying."""
    text = busy.snapshot("")

    for line in (
        "- name: ''",
        "    client: someone",
        "      scopes: [read, write, upload]",
        "    - {at: '2033-03-03T03:33:33Z', kind: grant, amount: 100, reference: anonymous token}",
        "      - message: generate 40",
        "        - {at: 15.0, heartbeat: true}",
        "          - {remove: b}",
        "        - {at: 6.8, drop: reset}",
        "  - id: f1",
    ):
        assert f"\n{line}" in text
    assert max(map(len, text.splitlines())) < 130


def test_a_snapshot_has_no_secret_but_our_own(busy: Fake) -> None:
    """Only tokens that the fake itself has made; what a message quotes is cut."""
    with client(busy) as http:
        caller = Caller(http).connect("curious")
        caller.say("what is nmv_usr_abcdefghijklmnop for?")
        http.get("/api/tokens", headers={"Authorization": "Bearer nmv_usr_stranger_secret"})
    text = busy.snapshot()
    made = {token.value for one in busy.world().accounts for token in one.tokens}

    assert set(re.findall(r"nmv_usr_[\w-]+", text)) == made
    assert "what is nmv_usr_… for?" in text


# Round trips


def test_a_world_that_is_imported_is_the_world_that_was_exported(
    busy: Fake, tmp_path: Path
) -> None:
    """Everything that lasts is the same, and written again it is the same text."""
    busy.export(tmp_path / "all.yaml")

    with fake_with(imports=tmp_path / "all.yaml") as again:
        for name in ("", "other"):
            found = differences(lasting(again.world(name)), lasting(busy.world(name)))
            assert list(found) == []
        assert again.snapshot() == busy.snapshot() == (tmp_path / "all.yaml").read_text()


def test_snapshots_go_through_a_state_file_unchanged(busy: Fake, tmp_path: Path) -> None:
    """Imported into a state file, taken up again from there, and exported on exit: the same text."""
    first, second, state = (tmp_path / name for name in ("1.yaml", "2.yaml", "state.db"))
    busy.export(first)
    fake_with(state=state, imports=first).close()

    fake_with(state=state, export_on_exit=second).close()

    assert second.read_text() == first.read_text()
    hash_ = sha256(PICTURE).hexdigest()
    assert (Path(f"{second}.files") / hash_).read_bytes() == PICTURE


_TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "",
        "null",
        "yes",
        "1e3",
        "0x1f",
        "12:30",
        "~",
        "- a",
        "a: b",
        " x ",
        "\x85",
        "\u2028",
        "a\n b\n\n",
        "\ufeff",
        "2033-03-03",
        "#",
        "'\"",
        "=",
        "<<",
        "...",
        "---\n",
    ]
)


_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.dictionaries(_TEXTS, _JSON, max_size=5), _TEXTS, st.floats(0, 1e10))
def test_anything_can_be_written_and_read(draft: dict[str, Any], text: str, at: float) -> None:
    """Whatever JSON a draft is, whatever a text says, to the last digit."""
    session = records.Session(
        id="1", task_id=text, task_name=text, created_at=Instant(at), draft=draft
    )
    account = records.Account(uid="anon_1", client=text, sessions=(session,))
    world = records.World(name="", seed=1, time=Instant(at), accounts=(account,))
    snapshot = records.Snapshot(snapshot=1, worlds=(world,))

    assert parse(written(snapshot)).snapshot == snapshot


# Importing


SMALL = """\
snapshot: 1
worlds:
- name: ''
  time: 2033-03-03T03:33:33Z
  accounts:
  - uid: anon_1
    client: me
    tokens:
    - value: nmv_usr_mine
      id: tok_1
      name: mine
      scopes: [read, write]
      created_at: 2033-03-03T03:33:33Z
      expires_at: 2033-03-10T03:33:33Z
    ledger:
    - {at: 2033-03-03T03:33:33Z, kind: grant, amount: 700, reference: a gift}
    sessions:
    - id: '1'
      task_id: task_1
      task_name: mine
      created_at: 2033-03-03T03:33:33Z
      draft: {t: [{tt: 0, sg: [{id: a, s: 0, d: 1000}]}], d: 1000}
"""


def test_a_snapshot_may_be_written_by_hand(tmp_path: Path) -> None:
    """What goes without saying need not be said."""
    (tmp_path / "small.yaml").write_text(SMALL)

    with fake_with(imports=tmp_path / "small.yaml") as fake, client(fake) as http:
        mine = Caller(http, headers={"Authorization": "Bearer nmv_usr_mine"}, session="1")
        assert mine.balance() == {"available": 700, "frozen": 0, "total": 700}
        assert mine.tracks() == [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}]
        assert fake.clock.now() == EPOCH
        mine.say("edit 10")
        assert [track["tt"] for track in mine.tracks()] == [0, 7]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("snapshot: 1", "snapshot: 2", 1, "snapshot is 1, not 2"),
        ("snapshot: 1", "", 2, "a snapshot needs snapshot"),
        ("client: me", "cleint: me", 7, "has no key 'cleint'; did you mean client?"),
        ("client: me", "client: 5", 7, "client is a text, not 5"),
        ("time: 2033-03-03T03:33:33Z", "time: noon", 4, "a time is such as 2033-03-03T03:33:33Z"),
        ("time: 2033-03-03T03:33:33Z", "time: 9999-03-03T03:33:33Z", 4, "the year 9000"),
        ("name: ''", "name: a/b", 3, "name is a text"),
        ("name: ''", "name: ''\n  rate: 1e-9", 4, "cannot run at rate 1e-09"),
        ("name: ''", "name: ''\n  variants: {sse_dialect: x}", 4, "sse_dialect cannot be 'x'"),
        ("name: ''", "name: ''\n  settled_at: 2040-01-01T00:00:00Z", 4, "nothing is settled"),
        ("kind: grant", "kind: spend", 16, "this cannot be: Insufficient credits"),
        ("kind: grant", "kind: gift", 16, "kind cannot be 'gift'; there are: freeze, grant"),
        ("amount: 700", "amount: -1", 16, "amount is a whole number from 0, not -1"),
        ("draft: {", "draft: !!x {", 22, "a snapshot has no tags"),
        (
            "id: '1'",
            "id: '1'\n      turns: [{message: x, work: text, accepted_at: 2033-03-03T03:33:33Z, steps: [{at: 1.0, text: a}]}]",
            19,
            "a turn ends with one step that is settled",
        ),
        (
            "id: '1'",
            "id: '1'\n      uploads: [{kind: image, filename: a, url: 'http://x/y/a', hash: ../x}]",
            19,
            "is its sha256",
        ),
        (
            "ledger:",
            "renders: [{id: r, url: 'h://x/y/r', submitted_at: 2033-03-03T03:33:33Z, lasts: 1.0, order: {draft: {}, media: [a], width: 1, height: 1, fps: 1}}]\n    ledger:",
            15,
            "seed",
        ),
        (
            "ledger:",
            "renders: [{id: r, url: 'h://x/y/r', submitted_at: 2033-03-03T03:33:33Z, lasts: 1.0, order: {draft: {}, width: 1, height: 1, fps: 1, seed: 1, format: exe}}]\n    ledger:",
            15,
            "format",
        ),
        (
            "sessions:",
            "sessions:\n    - {id: '1', task_id: t, task_name: t, created_at: 2033-03-03T03:33:33Z}",
            19,
            "this session is here twice",
        ),
        (
            "name: ''",
            "name: ''\n  faults: [{id: f1, armed_at: 2033-03-03T03:33:33Z, fault: {at: lunch, do: {status: 503}}}]",
            4,
            "no moment is called 'lunch'",
        ),
        ("- name: ''", "- name ''", 4, "this is no YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    """File and line stand in front of one sentence."""
    path = tmp_path / "wrong.yaml"
    assert old in SMALL
    path.write_text(SMALL.replace(old, new, 1))

    with pytest.raises(SnapshotUnusable) as raised:
        fake_with(imports=path)

    sentence = str(raised.value)
    assert sentence.startswith(f"{path}:{line}: "), sentence
    assert says in sentence
    assert "\n" not in sentence


def test_a_snapshot_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """One that is not there, and one that is no text."""
    with pytest.raises(SnapshotUnusable, match=r"none\.yaml: the snapshot cannot be read"):
        fake_with(imports=tmp_path / "none.yaml")
    (tmp_path / "film.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SnapshotUnusable, match=r"film\.yaml: this is no UTF-8 text"):
        fake_with(imports=tmp_path / "film.yaml")


def test_a_state_file_with_worlds_takes_no_snapshot(tmp_path: Path) -> None:
    """What is in it stays; nothing is mixed."""
    state, path = tmp_path / "state.db", tmp_path / "small.yaml"
    path.write_text(SMALL)
    fake_with(state=state, imports=path).close()

    with pytest.raises(
        StateUnusable, match=f"{state} has worlds already: import {path} into a new"
    ):
        fake_with(state=state, imports=path)


def test_a_failed_import_leaves_the_state_file_empty(tmp_path: Path) -> None:
    """Once the snapshot is mended, it can be imported."""
    state, path = tmp_path / "state.db", tmp_path / "small.yaml"
    path.write_text(SMALL + "- name: b\n  time: noon\n")
    with pytest.raises(SnapshotUnusable):
        fake_with(state=state, imports=path)
    path.write_text(SMALL)

    with fake_with(state=state, imports=path) as fake:
        assert [account.client for account in fake.world().accounts] == ["me"]


def test_a_snapshot_is_imported_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be written to its end, no world of it is in the state file."""
    state, path = tmp_path / "state.db", tmp_path / "two.yaml"
    path.write_text(SMALL + "- name: b\n  time: 2033-03-03T03:33:33Z\n")
    saved = iter((False, True))

    def full(database: Database, world: records.World) -> None:
        if next(saved):
            raise StateUnusable("the disk is full")
        replaced(database, world)

    replaced = Database.replace
    with monkeypatch.context() as patch:
        patch.setattr(Database, "replace", full)
        with pytest.raises(StateUnusable, match="full"):
            fake_with(state=state, imports=path)

    with fake_with(state=state) as fake:
        assert fake._worlds.names() == []


# Files


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "should be .* \\(No such file"), (b"x", "is not what its name says")],
)
def test_a_file_that_is_not_beside_its_snapshot_is_missed(
    busy: Fake, tmp_path: Path, content: bytes | None, says: str
) -> None:
    """The line is that of the upload; a file with another content is no better than none."""
    path = tmp_path / "all.yaml"
    busy.export(path)
    kept = Path(f"{path}.files") / sha256(PICTURE).hexdigest()
    kept.unlink()
    if content is not None:
        kept.write_bytes(content)
    line = path.read_text().splitlines().index("      uploads:") + 2

    with pytest.raises(SnapshotUnusable, match=f"{path}:{line}: .*{says}"):
        fake_with(imports=path)


def test_a_snapshot_that_cannot_be_written_is_told(busy: Fake, tmp_path: Path) -> None:
    """Nothing is left of it, and what was there before is as it was."""
    with pytest.raises(
        SnapshotUnusable, match=r"all\.yaml: the snapshot cannot be written: No such"
    ):
        busy.export(tmp_path / "none" / "all.yaml")

    assert list(tmp_path.iterdir()) == []


def test_an_export_takes_the_place_of_the_one_before(busy: Fake, tmp_path: Path) -> None:
    """All at once: there is no moment at which the file is half a snapshot."""
    path = tmp_path / "all.yaml"
    path.write_text("before")
    busy.export(path)

    assert path.read_text() == busy.snapshot()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["all.yaml", "all.yaml.files"]
