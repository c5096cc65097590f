"""`python -m benchmarks [row ...]`: print the rows, all of them unless some are named."""

import sys

from benchmarks import (
    client_import,
    cold_start,
    credit_reads,
    machine,
    media,
    plugin,
    recording,
    redaction,
    replay,
    workflow,
)

ROWS = {
    "cold-start": cold_start.main,
    "credits": credit_reads.main,
    "import": client_import.main,
    "machine": machine.main,
    "media": media.main,
    "plugin": plugin.main,
    "recording": recording.main,
    "redaction": redaction.main,
    "replay": replay.main,
    "workflow": workflow.main,
}

for name in sys.argv[1:] or ROWS:
    if name not in ROWS:
        sys.exit(f"benchmarks: no row is called {name!r}; there are {', '.join(ROWS)}")
    ROWS[name]()
