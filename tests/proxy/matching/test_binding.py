"""What is live becomes what was recorded, and back."""

from __future__ import annotations

import json
import re

from hypothesis import assume, given
from hypothesis import strategies as st

from nemovideo_proxy.matching.binding import Binding
from nemovideo_proxy.matching.ids import Id
from nemovideo_proxy.matching.rewriting import spliced
from nemovideo_proxy.places import Role

IDS = st.from_regex(r"[a-z]{2,6}_[0-9][0-9a-f]{6,12}", fullmatch=True)
PAIRS = st.lists(
    st.tuples(st.sampled_from(("session", "task", "render", "token")), IDS, IDS),
    unique_by=(lambda pair: pair[1], lambda pair: pair[2]),
    min_size=1,
    max_size=6,
)


def _out(binding: Binding, text: str) -> str:
    return spliced(text.encode(), binding.outgoing(text.encode())).decode()


@given(PAIRS, st.data())
def test_what_goes_out_and_comes_back_is_what_was_recorded(
    pairs: list[tuple[Role, str, str]], data: st.DataObject
) -> None:
    """At any depth, in any place of a JSON value, whatever the client made of its keys."""
    recorded = [pair[1] for pair in pairs]
    assume(not set(recorded) & {pair[2] for pair in pairs})
    binding = Binding()
    binding.bind(pairs)
    texts = st.one_of(
        st.sampled_from(recorded),
        st.sampled_from([f"/cdn/{r}.mp4" for r in recorded]),
        st.just("go"),
    )
    value = data.draw(
        st.recursive(
            texts,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["a", "session_id", "src"]), inner, max_size=3)
            ),
            max_leaves=8,
        )
    )

    told = json.loads(_out(binding, json.dumps(value)))

    assert not set(re.findall(r"[\w-]+", json.dumps(told))) & set(recorded)
    assert binding.value(told) == value


@given(PAIRS)
def test_one_recorded_value_is_one_live_value_both_ways(pairs: list[tuple[Role, str, str]]) -> None:
    """What is bound cannot be bound otherwise."""
    binding = Binding()
    assert binding.bind(pairs) == pairs
    assert binding.bind(pairs) == []
    for role, recorded, live in pairs:
        assert binding.live(role, recorded) == live
        assert binding.recorded(role, live) == recorded
        assert binding.may(role, recorded, live)
        assert not binding.may(role, recorded, "another")
        assert not binding.may(role, "another", live)


def test_a_value_that_may_be_a_common_word_is_replaced_at_its_places_alone() -> None:
    """A render `film` is an id in `taskId`, and a word elsewhere."""
    binding = Binding()
    binding.bind([("render", "film", "render_12345"), ("client", "me", "you")])

    assert _out(binding, '{"taskId": "film", "text": "me and my film"}') == (
        '{"taskId": "render_12345", "text": "me and my film"}'
    )


def test_paths_and_queries_are_put_into_recorded_terms() -> None:
    """Each value by its role and its place, and no more than that."""
    binding = Binding()
    binding.bind(
        [
            ("session", "s-recorded-1", "s1"),
            ("render", "r-recorded-1", "me2"),
            ("claim", "c-1 x", "c+2/"),
        ]
    )

    assert binding.url("/api/state/nemo_agent/me/s1/latest?s1=s1") == (
        "/api/state/nemo_agent/me/s-recorded-1/latest?s1=s1"
    )
    assert binding.url("/api/render/proxy/lambda/me2") == "/api/render/proxy/lambda/r-recorded-1"
    assert binding.url("/workspace/claim?a=&ct=c%2B2%2F&session=s1") == (
        "/workspace/claim?a=&ct=c-1+x&session=s-recorded-1"
    )


def test_requests_agree_when_the_values_at_the_same_places_can_be_bound() -> None:
    """A value that stands for two, or two for one, do not agree; what only one of them says matters not."""
    binding = Binding()
    binding.bind([("session", "rec", "live")])

    def agreed(recorded: list[str], live: list[str]) -> object:
        def ids(values: list[str]) -> list[Id]:
            return [Id("session", f"place {n}", value) for n, value in enumerate(values)]

        return binding.agreed(ids(recorded), ids(live))

    assert agreed(["rec"], ["live"]) == [("session", "rec", "live")]
    assert agreed(["new"], ["new"]) == [("session", "new", "new")]
    assert agreed(["rec"], ["other"]) is None
    assert agreed(["other"], ["live"]) is None
    assert agreed(["new", "new"], ["a", "b"]) is None
    assert agreed(["new", "other"], ["a", "a"]) is None
    assert agreed(["rec", "more"], ["live"]) == [("session", "rec", "live")]
