"""`chat`: one message, or one for each line that comes in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import MAY_BE_PAID
from nemovideo_client.conversation import Conversation


class Chat:
    """A conversation at the command line; `folder` is for what is made.

    The files given come with the first message. `look` is the command that shows what became of a message
    that was interrupted.
    """

    def __init__(self, runner: Runner, folder: Path, files: Sequence[str], look: str) -> None:
        self.runner = runner
        self._conversation = Conversation(runner.client, folder=folder, on_bytes=runner.front.show)
        self._files = tuple(files)
        self._meanwhile = MAY_BE_PAID.format(look=look)

    def say(self, text: str) -> bool:
        """Send a message, and say whether all went well; what did not was shown. Raises Interrupted."""
        files, self._files = self._files, ()
        stream = self._conversation.say(text, files=files)
        return self.runner.run(stream, meanwhile=self._meanwhile)

    def say_all(self, lines: Iterable[str]) -> bool:
        """Send a message for each line that is not empty, until one does not go well."""
        return all(self.say(line.strip()) for line in lines if line.strip())
