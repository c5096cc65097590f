from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_pytest.cassettes.notes import followed, note
from nemovideo_pytest.cassettes.places import place_of, safe


@pytest.fixture(autouse=True)
def _alone(pytester: pytest.Pytester) -> None:
    """Leave pytest-asyncio out of what is collected here: it warns of settings of its own."""
    pytester.makeini("[pytest]\naddopts = -p no:asyncio")


def test_a_test_is_named_with_its_classes_and_parameters(pytester: pytest.Pytester) -> None:
    """As pytest-recording names what it records: a folder a module, the class before the test."""
    items = pytester.getitems(
        """
        import pytest

        class TestIt:
            @pytest.mark.parametrize("x", ["a/b", "a-b", "c"])
            def test_one(self, x):
                pass

        def test_two():
            pass
        """
    )
    folder = items[0].path.parent / "cassettes" / items[0].path.stem

    assert [place_of(item, "", "") for item in items] == [
        folder / "TestIt.test_one[a-b]-e7082b21f369.yaml",
        folder / "TestIt.test_one[a-b].yaml",
        folder / "TestIt.test_one[c].yaml",
        folder / "test_two.yaml",
    ]


def test_a_name_is_beside_it_and_a_path_is_a_path(pytester: pytest.Pytester) -> None:
    """What ends as a file does is one, seen from the test file or from the chosen root."""
    item = pytester.getitem("def test_func(): pass")
    here = item.path.parent

    assert place_of(item, "talk", "") == here / "cassettes" / item.path.stem / "talk.yaml"
    assert place_of(item, "tapes/talk.yaml", "") == here / "tapes" / "talk.yaml"
    assert place_of(item, "tapes/talk.yaml", "root") == here / "root" / "tapes" / "talk.yaml"
    assert place_of(item, "talk", "root") == here / "root" / item.path.stem / "talk.yaml"


@given(st.text(min_size=1))
def test_any_name_can_stand_in_a_file_system(name: str) -> None:
    """No slash, nothing that cannot be printed, not too long, and never nothing."""
    made = safe(name)

    assert made
    assert made not in (".", "..")
    assert len(made.encode(errors="surrogatepass")) <= 200
    assert not set(made) & set("<>?%*:|\"'/\\")
    assert made.isprintable()
    assert safe(made) == made


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_names_are_two_files(one: str, other: str) -> None:
    """What is changed is told apart by a hash; what needs no change keeps its name."""
    assert (safe(one) == safe(other)) == (one == other)


def test_a_plain_name_is_kept() -> None:
    """Brackets and spaces within can stand in a file system."""
    assert safe("TestIt.test_one[two words-3.5]") == "TestIt.test_one[two words-3.5]"


def test_long_names_stay_apart() -> None:
    """What is cut off is told apart by a hash."""
    assert safe("x" * 300 + "a") != safe("x" * 300 + "b")


def test_what_is_noted_is_read_again() -> None:
    """The readings stand in the notes, for people and for us."""
    said = note("a fake", ["b=2", "preset=4.4"])

    assert said == "Recorded by pytest from a fake. It follows b=2 preset=4.4"
    assert followed(said) == ("b=2", "preset=4.4")
    assert followed(note("a fake", [])) == ()
