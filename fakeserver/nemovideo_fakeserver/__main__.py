"""`python -m nemovideo_fakeserver` is the command `nemo-fakeserver`."""

import sys

from nemovideo_fakeserver.cli import command

sys.exit(command())
