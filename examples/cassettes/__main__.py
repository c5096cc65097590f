"""Records the sessions of `cassettes/` anew, from served fakes, through the recording proxy.

python -m examples.cassettes [FOLDER] [NAME ...]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from examples.cassettes import children
from examples.cassettes.sessions import SESSIONS, Session
from examples.cassettes.stage import Stage, first_token

FROM_THE_FAKE = "Recorded from nemo-fakeserver, not from the live service."


def main() -> int:
    """Record those that are named, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("cassettes"))
    asked.add_argument("names", nargs="*", help="which of them (default: all)")
    given = asked.parse_args()
    given.folder.mkdir(exist_ok=True)
    for session in SESSIONS:
        if not given.names or session.name in given.names:
            record(session, given.folder / f"{session.name}.yaml")
    return 0


def record(session: Session, cassette: Path) -> None:
    """Play one session through a recorder of its own."""
    notes = f"{session.about} {FROM_THE_FAKE}"
    with (
        tempfile.TemporaryDirectory() as folder,
        children.fake((*session.flags, "--seed", str(session.seed))) as behind,
        children.recorder(behind, cassette, notes) as url,
    ):
        session.act(Stage(url=url, folder=Path(folder), token=lambda: first_token(behind)))
    print(f"{cassette} ({cassette.stat().st_size:,} bytes)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
