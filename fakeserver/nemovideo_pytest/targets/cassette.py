"""A recorded session instead of a service; or a service, while its session is recorded.

Replaying needs no service and no network. What is recorded is a fake, the service at a URL, or the live one
(`--nemo-record-from`); it becomes the cassette only if the test passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from nemovideo_pytest.case import Case
from nemovideo_pytest.cassettes.wishes import Wish, wish
from nemovideo_pytest.service import Service

if TYPE_CHECKING:
    from nemovideo_proxy import Cassette


def of_the_test(case: Case) -> AbstractContextManager[Service]:
    """Give what the cassette of the test says, or what is recorded into it.

    The test fails, in a sentence, where there is no cassette and none is to be recorded.
    """
    try:
        from nemovideo_proxy import Recording, Replay  # noqa: F401 to see that they can be had
    except ModuleNotFoundError as missing:
        raise case.wrong(str(missing).replace("[proxy]", "[pytest]")) from None
    try:
        wanted = wish(case)
        records = _records(case, wanted)
    except (ValueError, OSError) as problem:
        raise case.wrong(problem) from None
    if not records:
        return _replayed(case, wanted)
    from nemovideo_pytest.cassettes.taping import recorded

    return recorded(case, wanted)


def _records(case: Case, wanted: Wish) -> bool:
    """Say whether the test records; raises ValueError for what cannot be."""
    from nemovideo_proxy.recording.plans import plan

    if wanted.mode == "new_episodes":
        raise ValueError(
            "a test cannot record new_episodes: what it replays knows nothing of the service's time and"
            " ids; take rewrite, or `nemo-proxy record --mode new_episodes`"
        )
    if wanted.mode == "none" and not wanted.path.exists():
        raise ValueError(
            f"{wanted.shown} is not there; this records it: pytest {case.node.nodeid!r}"
            " --nemo-target=cassette --nemo-record=once --nemo-record-from=fake (or served, or live)"
        )
    return not plan(wanted.mode, wanted.path).replays


@contextmanager
def _replayed(case: Case, wanted: Wish) -> Iterator[Service]:
    from nemovideo_proxy import Replay
    from nemovideo_pytest.cassettes import notes
    from nemovideo_pytest.doors.door import in_process
    from nemovideo_pytest.ending.of_replay import ending
    from nemovideo_pytest.remote import readings

    with _opened(case, wanted) as cassette:
        readings.demand(case, notes.followed(cassette.header.notes))
        try:
            replay = Replay(cassette, **wanted.playing.given())
        except (ValueError, OSError) as problem:
            raise case.wrong(problem) from None
        with replay, in_process(replay.brain, replay.clock) as door:
            yield Service(
                target="cassette",
                door=door,
                told=notes.told(entry.signature for entry in cassette.entries),
                ending=partial(ending, replay, cassette, wanted, _command(case, cassette)),
            )


def _command(case: Case, cassette: Cassette) -> str:
    """Return what records the test anew, from what it was recorded from."""
    from nemovideo_pytest.cassettes import notes

    words = ["pytest", repr(case.node.nodeid)]
    if case.mark("nemo_cassette") is None:
        words.append("--nemo-target=cassette")
    words.append("--nemo-record=rewrite")
    if notes.is_of_fake(cassette.header.notes):
        words.append("--nemo-record-from=fake")
    return " ".join(words)


def _opened(case: Case, wanted: Wish) -> Cassette:
    """Return the cassette, open; who has broken it by hand is told at once."""
    from nemovideo_proxy import BrokenCassette, Cassette

    try:
        cassette = Cassette.open(wanted.path)
        for entry in cassette.entries[:1]:
            cassette.interaction(entry)
    except (BrokenCassette, OSError) as problem:
        raise case.wrong(problem) from None
    return cassette
