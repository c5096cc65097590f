"""In what pieces the bytes of a stream come: it makes no difference."""

from __future__ import annotations

import pytest

from nemovideo_client.events import ToolCall, TurnResult
from support.together.house import House
from support.together.telling import event, told

DATA = (
    event(type="text", content="Grüße, 你好 🎬")
    + event(type="tool_call", name="edit_multitrack", args={})
    + b"data:\n\n"
    + event(type="text", content="Done.")
)
AS_OTHERS_WRITE = (
    b"\xef\xbb\xbf: hello\r\n\r\nid: 1\r\nretry: 3000\r\n"
    + DATA.replace(b"\n", b"\r\n")
    + b": bye\r\n\r\n"
)
PIECES = {
    "one by one": [part + b"\n\n" for part in DATA.split(b"\n\n")[:-1]],
    "all at once": [DATA],
    "byte by byte": [DATA[i : i + 1] for i in range(len(DATA))],
    "in sevens": [DATA[i : i + 7] for i in range(0, len(DATA), 7)],
    "with CRLF, comments and ids": [AS_OTHERS_WRITE],
    "with CRLF, in threes": [AS_OTHERS_WRITE[i : i + 3] for i in range(0, len(AS_OTHERS_WRITE), 3)],
}


@pytest.mark.parametrize("case", PIECES)
def test_pieces_of_a_connection_are_no_pieces_of_events(house: House, case: str) -> None:
    """However the bytes are cut, the turn is the same."""
    result = told(house, *((5.0, piece) for piece in PIECES[case]))

    assert result == TurnResult(
        messages=("Grüße, 你好 🎬", "Done."),
        tool_calls=(ToolCall("edit_multitrack"),),
        heartbeats=1,
        duration=5.0,
    )
