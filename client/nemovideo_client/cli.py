"""The command `nemo-client`, which this version does not have yet."""

import sys


def main() -> int:
    """Say so; the exit code is 1."""
    print(
        "nemo-client: not in this version yet; nemo-fakeserver is (see the README)", file=sys.stderr
    )
    return 1
