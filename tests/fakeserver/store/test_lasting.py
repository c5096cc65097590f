from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.darkroom import Darkroom
from support.lasting import differences, killed, lasting
from support.stage import client
from support.visitor import Unheard, Visitor, versatile

Act: TypeAlias = Callable[[Visitor], None]

_NAMES = st.sampled_from(["ann", "bob"])
_FILMS = st.sampled_from(["r1", "r2", "strange"])
_FAULTS = st.sampled_from(
    [
        ("POST /run_sse", {"status": 503}),
        ("turn.frozen", {"code": 2001, "message": "no"}),
        ("turn.accepted", {"fail": "it broke"}),
        ("turn.draft_applied", {"fail": "it broke later"}),
        ("turn.heartbeat[2]", {"break": "reset"}),
        ("turn.first_event", {"delay": 20.0}),
        ("upload.stored", {"status": 500}),
        ("GET /api/credits/balance/simple", {"delay": 3.5}),
        ("token.issued", {"malformed": True}),
    ]
)


def _act(name: str, *given_: st.SearchStrategy[Any]) -> st.SearchStrategy[Act]:
    return st.tuples(*given_).map(lambda args: _Act(name, args))


class _Act:
    """One act of a visitor, which shows itself when an example fails."""

    def __init__(self, name: str, args: tuple[Any, ...]) -> None:
        self._name = name
        self._args = args

    def __call__(self, visitor: Visitor) -> None:
        with suppress(Unheard):
            getattr(visitor, self._name)(*self._args)

    def __repr__(self) -> str:
        return f"{self._name}{self._args}"


_MESSAGES = st.sampled_from(["generate 40", "edit 10", "fail 20", "text 5", "everything"])
ACTS = st.one_of(
    _act("arrive", _NAMES),
    _act("say", _NAMES, _MESSAGES, st.sampled_from([0, 3, 10_000])),
    _act("say", _NAMES, _MESSAGES, st.just(0)),
    _act("upload", _NAMES, st.sampled_from(["picture", "url"])),
    _act("render", _NAMES, _FILMS),
    _act("cancel", _NAMES, _FILMS),
    _act("poll", _NAMES, _FILMS),
    _act("claim", _NAMES),
    _act("name_token", _NAMES, st.booleans()),
    _act("jump", st.sampled_from([1.7, 10, 100.25, 8 * 86_400, "next"])),
    _FAULTS.flatmap(
        lambda f: _act("arm", st.just(f[0]), st.just(f[1]), st.sampled_from([1.0, 0.4]))
    ),
    _act("disarm", st.sampled_from(["f1", "f2", ""])),
    _act("reset", st.none() | _NAMES),
)


STEP_BY_STEP = [
    ("", _Act("say", ("ann", "everything", 0))),
    *(("", _Act("jump", (seconds,))) for seconds in (1.7, 1.7, 1.7, "next", 100)),
]
"""Each thing that happens in a turn comes in an act of its own."""


CHANCES = [
    ("", _Act("arm", ("GET /api/credits/balance/simple", {"delay": 3.5}, 0.01))),
    *[("", _Act("poll", ("ann", "r1")))] * 4,
]
"""Dice are thrown that say no."""


@example(STEP_BY_STEP)
@example(CHANCES)
@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["", "other"]), ACTS), max_size=14))
def test_after_every_act_the_file_has_the_world_as_it_is(acts: list[tuple[str, Act]]) -> None:
    """Whatever is done, in whatever order: a fake that begins with the file has the same worlds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = Options(state=folder / "state.db")
        with Fake(options, agent=versatile, studio=Darkroom()) as fake, client(fake) as http:
            visitors = {world: Visitor(http, world) for world in ("", "other")}
            for world, act in acts:
                act(visitors[world])
                with killed(fake, folder) as after:
                    left, right = lasting(after.world(world)), lasting(fake.world(world))
                    assert list(differences(left, right)) == []
