"""Words in texts, replaced all at once."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.matching.rewriting import Words, joined, moved, spliced

WORDS = st.text(alphabet="abcXYZ019_-", min_size=3, max_size=12)
TEXT = st.text(alphabet=st.sampled_from('abcXYZ019_- .,/"\n\t\\%é'), max_size=60)


def _words(table: dict[str, str]) -> Words:
    words = Words()
    for old, new in table.items():
        words.add(old, new)
    return words


def test_a_word_is_no_part_of_a_longer_one() -> None:
    """A render `r-1` does not stand in `r-12`, nor in `xr-1`."""
    words = _words({"r-1": "R"})

    assert words.text("r-1 r-12 xr-1 r-1_ (r-1) r-1.mp4") == "R r-12 xr-1 r-1_ (R) R.mp4"


def test_two_values_can_change_places() -> None:
    """All are replaced at once, not one after the other."""
    assert _words({"one": "two", "two": "one"}).text("one two") == "two one"


def test_a_value_of_other_characters_is_replaced_too() -> None:
    """A token may have dots; the longer of two comes first."""
    words = _words({"a.b": "X", "a.b.c": "Y", "a": "Z"})

    assert words.text("a.b a.b.c a xa.b") == "X Y Z xa.b"


@given(WORDS, WORDS, TEXT, TEXT)
def test_a_word_between_others_is_found_however_the_text_is_written(
    old: str, new: str, before: str, after: str
) -> None:
    """Plain, as JSON, and percent-encoded: replacing what is written writes what is replaced."""
    text = f"{before}\n{old}\t{after}"
    plain = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text, flags=re.ASCII)
    words = _words({old: new})

    assert json.loads(words.text(json.dumps(text))) == plain
    assert words.text(quote(f"\n{old}\n", safe="")) == quote(f"\n{new}\n", safe="")


@given(st.dictionaries(WORDS, WORDS, min_size=40, max_size=60), st.data())
def test_many_words_are_replaced_as_few_are(table: dict[str, str], data: st.DataObject) -> None:
    """However many are known, a text is what the replacement of each of its words is."""
    said = data.draw(st.lists(st.one_of(st.sampled_from(sorted(table)), WORDS)))

    assert _words(table).text(" ".join(said)) == " ".join(table.get(word, word) for word in said)


@given(st.binary(max_size=40), st.data())
def test_cuts_move_with_what_is_replaced(data: bytes, draws: st.DataObject) -> None:
    """A text that is cut outside of what is replaced gives the same pieces, each replaced by itself."""
    edges = sorted(draws.draw(st.sets(st.integers(0, len(data)), max_size=8)))
    spans = [
        (a, b, draws.draw(st.binary(max_size=5)))
        for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    cuts = [cut for cut in range(len(data) + 1) if not any(a < cut < b for a, b, _ in spans)]

    whole, new_cuts = spliced(data, spans), moved(cuts, spans)

    for cut, new in zip(cuts, new_cuts, strict=True):
        assert whole[:new] == spliced(data[:cut], [each for each in spans if each[1] <= cut])


def test_where_two_want_to_replace_the_first_does() -> None:
    """An address in place of a URL is not changed again."""
    assert joined([(5, 9, b"x")], [(0, 2, b"a"), (8, 12, b"b"), (9, 10, b"c")]) == [
        (0, 2, b"a"),
        (5, 9, b"x"),
        (9, 10, b"c"),
    ]
