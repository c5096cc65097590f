"""`python -m nemovideo_proxy` is `nemo-proxy`."""

import sys

from nemovideo_proxy.cli import main

sys.exit(main())
