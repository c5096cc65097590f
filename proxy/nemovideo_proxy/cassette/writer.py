"""Recording into a cassette.

The law:

* A document is one write at the end of the file. What was added is there whatever happens next.
* An exchange under way lies in `<cassette>.open/` until its document is in the file.
* One process writes; threads of it may add at once. All that is written passes `seal` first.
* What is recorded is for its owner alone until it is closed.
* Closing puts the documents in order of number, in one step, if they came otherwise.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from nemovideo_proxy.cassette import index, openings, privacy
from nemovideo_proxy.cassette.aside import put_aside
from nemovideo_proxy.cassette.beside import Beside
from nemovideo_proxy.cassette.documents import header_text, interaction_text
from nemovideo_proxy.cassette.lock import Lock
from nemovideo_proxy.cassette.openings import Opening, Seal, append, unsealed
from nemovideo_proxy.cassette.reading import Cassette, is_empty
from nemovideo_proxy.model import Blob, Header, Interaction, Request


class Writer:
    """Writes a cassette; made by `create` or `extend`, and closed in the end."""

    def __init__(self, path: Path, lock: Lock, seal: Seal, mode: int) -> None:
        self.path = path
        self._mode = mode
        self._lock = lock
        self._seal = seal
        self._beside = Beside(path)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._openings: dict[int, Opening] = {}
        self._last = 0
        self._numbers: dict[int, None] = {}
        self._one = threading.Lock()

    @classmethod
    def create(
        cls, path: Path | str, header: Header, *, seal: Seal = unsealed, over: bool = False
    ) -> Writer:
        """Begin a cassette; raises FileExistsError if it is there, and `InUse`.

        With `over`, a file into which nothing was recorded may be there.
        """
        path = Path(path)
        with _locked(path) as lock:
            if not (over and is_empty(path)):
                _refuse_another(path)
            _place(path, header_text(header).encode(), seal)
            return cls(path, lock, seal, privacy.mode_of_new(lock.folder, Path.touch))

    @classmethod
    def extend(cls, path: Path | str, *, seal: Seal = unsealed) -> Writer:
        """Go on with a cassette; raises `BrokenCassette`, FileNotFoundError and `InUse`.

        What an earlier recording left unfinished becomes part of it.
        """
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path} is not there; nothing can be added to it")
        Cassette.open(path).close()  # before there is a folder that would excuse a cut
        with _locked(path) as lock, Cassette.open(path) as cassette:
            writer = cls(path, lock, seal, path.stat().st_mode & 0o777)
            writer._take_up(cassette)
            return writer

    def next_number(self) -> int:
        """Return a number that no interaction has."""
        with self._one:
            self._last += 1
            return self._last

    def begin(self, number: int, at: float, request: Request) -> Opening:
        """Note that an exchange began; it survives a kill until its interaction is added."""
        place = openings.folder_of(self.path) / f"{number}.yaml"
        with self._one:
            self._last = max(self._last, number)
        self._openings[number] = Opening(place, number, at, request, self._seal)
        return self._openings[number]

    def add(self, interaction: Interaction) -> Interaction:
        """Write an interaction, and return it as it stands in the cassette.

        Bodies that are no text and larger than `aside.LARGE` are kept beside it. Raises `Unwritable`, and
        what the seal raises; the exchange then stays unfinished.
        """
        number = interaction.number
        if number in self._numbers:
            raise ValueError(f"interaction {number} is in the cassette already")
        written = put_aside(interaction, self.keep_bytes)
        data = interaction_text(written).encode()
        self._seal(data)
        with self._one:
            append(self._file, data)
            self._numbers[number] = None
            self._last = max(self._last, number)
        if opening := self._openings.pop(number, None):
            opening.drop()
        return written

    def keep(self, path: Path, suffix: str = "") -> Blob:
        """Move a finished file, which is redacted already, into the folder beside the cassette."""
        return self._beside.keep(path, suffix)

    def keep_bytes(self, data: bytes, suffix: str = "") -> Blob:
        """Write content into the folder beside the cassette."""
        self._seal(data)
        return self._beside.keep_bytes(data, suffix)

    def mend(self, seal: Seal, anew: Callable[[Interaction], Interaction]) -> None:
        """Write `anew`, all in one step, the interactions whose text `seal` refuses by now.

        A secret may be told only after an interaction that holds it was written.
        """
        first, *spans = index.spans(data := self.path.read_bytes())
        texts = [data[span.start : span.end] for span in spans]
        refused = [at for at, text in enumerate(texts) if not _passes(seal, text)]
        if not refused:
            return
        with Cassette.open(self.path) as cassette:
            entries = cassette.in_file()
            for at in refused:
                mended = anew(cassette.interaction(entries[at]))
                texts[at] = interaction_text(mended).encode()
                seal(texts[at])
        self._replace(b"".join((data[first.start : first.end], *texts)))

    def close(self) -> None:
        """Fold in what is unfinished, put all in order, and let others have the cassette."""
        if self._file < 0:
            return
        try:
            self._fold()
            if list(self._numbers) != sorted(self._numbers):
                self._settle()
            os.fsync(self._file)
        finally:
            os.close(self._file)
            self._file = -1
            privacy.set_mode(self.path, self._mode)
            self._beside.open_up()
            _unlocked(self.path, self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take_up(self, cassette: Cassette) -> None:
        """Go on where another recording ended, or was killed."""
        os.truncate(self.path, cassette.size)
        self._numbers = {entry.number: None for entry in cassette.in_file()}
        self._last = max(self._numbers, default=0)
        self._fold()

    def _fold(self) -> None:
        """Make unfinished exchanges interactions that were lost."""
        for opening in self._openings.values():
            opening.release()
        self._openings.clear()
        for left in openings.left_behind(self.path):
            if left.entry.number not in self._numbers:
                self.add(left.interaction())
            left.place.unlink()

    def _settle(self) -> None:
        data = self.path.read_bytes()
        first, *spans = index.spans(data)
        ordered = [span for _, span in sorted(zip(self._numbers, spans, strict=True), key=_number)]
        self._replace(b"".join(data[span.start : span.end] for span in (first, *ordered)))

    def _replace(self, data: bytes) -> None:
        _place(self.path, data, unsealed)
        os.close(self._file)
        self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND)


def _passes(seal: Seal, text: bytes) -> bool:
    try:
        seal(text)
    except Exception:
        return False
    return True


def _number(pair: tuple[int, index.Span]) -> int:
    return pair[0]


@contextmanager
def _locked(path: Path) -> Iterator[Lock]:
    """Hold a cassette, and let go of it if anything goes wrong."""
    folder = openings.folder_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = Lock(folder / "lock", path)
    try:
        yield lock
    except BaseException:
        _unlocked(path, lock)
        raise


def _refuse_another(path: Path) -> None:
    if path.exists() or openings.left_behind(path):
        raise FileExistsError(f"{path} is there already; extend it, or remove it first")


def _unlocked(path: Path, lock: Lock) -> None:
    """Let go of a cassette, and remove the folder of what is unfinished, unless something is."""
    folder = openings.folder_of(path)
    for part in folder.glob("*.part"):
        part.unlink()
    lock.release()
    if not openings.left_behind(path):
        with suppress(OSError):  # another process has begun
            folder.rmdir()


def _place(path: Path, data: bytes, seal: Seal) -> None:
    """Put a whole file in its place, in one step."""
    seal(data)
    part = openings.folder_of(path) / "whole.part"
    with open(part, "wb", opener=privacy.opener) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
