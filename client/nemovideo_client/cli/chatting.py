"""`chat`: one message, or one for each line that comes in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from nemovideo_client.cli.failures import Misused
from nemovideo_client.cli.locales import is_whole
from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.underway import Underway
from nemovideo_client.flows.conversation import converse


class Chat:
    """A conversation at the command line; `folder` is for what is made.

    The files given come with the first message. `look` is the command that shows what became of a message
    that was interrupted.
    """

    def __init__(self, runner: Runner, folder: Path, files: Sequence[str], look: str) -> None:
        self.runner = runner
        self._converse = partial(converse, folder=folder, on_bytes=runner.front.show)
        self._files = tuple(files)
        self._look = look

    def say(self, text: str) -> bool:
        """Send a message, and say whether all went well; what did not was shown.

        Raises Misused for what is no text, Interrupted, and what goes wrong before the first message.
        """
        if not is_whole(text):
            raise Misused("What came in is no text in UTF-8, so it was not sent")
        self.runner.begin(text)
        files, self._files = self._files, ()
        return self.runner.run(
            partial(self._converse, text=text, files=files), Underway(self._look)
        )

    def say_all(self, lines: Iterable[str]) -> bool:
        """Send a message for each line that is not empty, until one does not go well.

        Files that no line came with are sent alone.
        """
        said = all(self.say(line.strip()) for line in lines if line.strip())
        return self.say("") if said and self._files else said
