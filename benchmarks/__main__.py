"""`python -m benchmarks [row ...]`: print the rows, all of them unless some are named."""

import sys

<<<<<<< HEAD
from benchmarks import client_import, cold_start, credit_reads, machine, replay, workflow
=======
from benchmarks import client_import, cold_start, credit_reads, machine, redaction, workflow
>>>>>>> redaction

ROWS = {
    "cold-start": cold_start.main,
    "credits": credit_reads.main,
    "import": client_import.main,
    "machine": machine.main,
<<<<<<< HEAD
    "replay": replay.main,
=======
    "redaction": redaction.main,
>>>>>>> redaction
    "workflow": workflow.main,
}

for name in sys.argv[1:] or ROWS:
    if name not in ROWS:
        sys.exit(f"benchmarks: no row is called {name!r}; there are {', '.join(ROWS)}")
    ROWS[name]()
