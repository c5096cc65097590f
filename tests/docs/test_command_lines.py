"""What documents say to type can be typed: each command line has options that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_lines import commands, complaint
from support.documents import PAGES, name_of, typed


@pytest.mark.parametrize("page", [page for page in PAGES if typed(page)], ids=name_of)
def test_every_command_line_of_a_page_is_one(page: Path) -> None:
    """The real parsers take each line behind a prompt; files that it names need not be there."""
    complaints = {
        " ".join(words): said
        for line in typed(page)
        for words in commands(line)
        if (said := complaint(words))
    }

    assert complaints == {}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nemo-fakeserver serve --raet 60", "unrecognized arguments: --raet 60"),
        ("NEMO_TOKEN=x .venv/bin/nemo-proxy verfy cassettes/", "invalid choice: 'verfy'"),
        ("nemo-client credits && nemo-client export --otu film.mp4 | tee log", "--otu"),
        ("nemo-fakeserver exec --strict -- nemo-client chats", "invalid choice: 'chats'"),
        ("python -m pytest --nemo-targt=served tests", "--nemo-targt"),
        ("pytest --nemo-target=sreved", "invalid choice: 'sreved'"),
    ],
)
def test_a_command_line_that_is_none_is_found(line: str, says: str) -> None:
    """An option or a command that does not exist, wherever on the line it stands."""
    assert any(says in complaint(words) for words in commands(line))


def test_the_words_of_others_are_left_alone() -> None:
    """Pipes, redirections, comments and foreign commands are no concern of ours."""
    line = 'curl -s "$NEMO_API_URL" | sed s/x/y/ > out.txt  # nemo-proxy nothing'

    assert [words[0] for words in commands(line)] == ["curl", "sed"]
    assert not any(complaint(words) for words in commands(line))
