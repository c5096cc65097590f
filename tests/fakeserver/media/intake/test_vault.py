from __future__ import annotations

import errno
from hashlib import sha256
from pathlib import Path

import pytest

from nemovideo_fakeserver.media.intake.vault import LocalVault

CONTENT = b"a film"
HASH = sha256(CONTENT).hexdigest()


def spooled(folder: Path, content: bytes = CONTENT) -> Path:
    """Write a file as a door spools it."""
    file = folder / "1"
    file.write_bytes(content)
    return file


def test_a_file_is_kept_under_its_hash(tmp_path: Path) -> None:
    """It is moved, not copied, and found again by its content alone."""
    vault = LocalVault(tmp_path / "vault")
    file = spooled(tmp_path)
    kept = vault.keep(file, HASH)

    assert kept == vault.place(HASH) == tmp_path / "vault" / HASH
    assert (kept.read_bytes(), vault.size(kept), file.exists()) == (CONTENT, len(CONTENT), False)


def test_equal_files_are_one(tmp_path: Path) -> None:
    """The second one is gone, and the first one as it was."""
    vault = LocalVault(tmp_path / "vault")
    kept = [vault.keep(spooled(tmp_path), HASH) for _ in range(2)]

    assert kept[0] == kept[1]
    assert [entry.name for entry in (tmp_path / "vault").iterdir()] == [HASH]


def test_half_a_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where moving means copying and that breaks off, nothing lies under the hash."""

    def broken(_source: Path, target: Path) -> None:
        target.write_bytes(CONTENT[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    vault = LocalVault(tmp_path / "vault")
    monkeypatch.setattr("shutil.move", broken)
    with pytest.raises(OSError, match="No space"):
        vault.keep(spooled(tmp_path), HASH)

    assert not vault.place(HASH).exists()
