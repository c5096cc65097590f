"""`python -m nemovideo_client` is the command `nemo-client`."""

import sys

from nemovideo_client.cli import command

sys.exit(command())
