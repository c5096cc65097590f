"""Writing snapshots as YAML that people read: one key a line, but small things on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from nemovideo_fakeserver.scenario.writing import Dumper
from nemovideo_fakeserver.store.encoding import plain
from nemovideo_fakeserver.store.records import Snapshot


def written(snapshot: Snapshot) -> str:
    """Return a snapshot as YAML; reading that gives the same snapshot."""
    return str(
        yaml.dump(plain(snapshot), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
    )
