"""A conversation as a skill leads it: one message of a user in, things to show out.

with NemoClient(skill="SKILL.md") as nemo:
    conversation = Conversation(nemo)
    for shown in conversation.say("Make a lo-fi loop for my clip", files=["beach.mp4"]):
        print(shown)

What a message can ask for, and what is shown for it: `flows.conversation`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nemovideo_client.display import Shown, Working
from nemovideo_client.flows.conversation import converse

if TYPE_CHECKING:
    from nemovideo_client.async_client import AsyncNemoClient
    from nemovideo_client.client import NemoClient
    from nemovideo_client.streams import AsyncStream, Stream

OnBytes: TypeAlias = Callable[[Working], None]


class Conversation:
    """Leads a conversation over a client, in the client's session.

    What is made is saved in `folder`. `on_bytes` is told how an upload or a download comes along while
    it does; everything else is shown.
    """

    def __init__(
        self,
        client: NemoClient,
        *,
        folder: str | os.PathLike[str] = ".",
        on_bytes: OnBytes | None = None,
    ) -> None:
        self._client = client
        self._converse = partial(converse, folder=Path(folder), on_bytes=on_bytes)

    def say(self, text: str, *, files: Sequence[str] = ()) -> Stream[Shown, bool]:
        """Do what a message asks for; `files` came with it. The result is whether all went well."""
        return self._client.drive(partial(self._converse, text=text, files=files))


class AsyncConversation:
    """The same, over a client for asyncio."""

    def __init__(
        self,
        client: AsyncNemoClient,
        *,
        folder: str | os.PathLike[str] = ".",
        on_bytes: OnBytes | None = None,
    ) -> None:
        self._client = client
        self._converse = partial(converse, folder=Path(folder), on_bytes=on_bytes)

    def say(self, text: str, *, files: Sequence[str] = ()) -> AsyncStream[Shown, bool]:
        """Do what a message asks for; `files` came with it. The result is whether all went well."""
        return self._client.drive(partial(self._converse, text=text, files=files))
