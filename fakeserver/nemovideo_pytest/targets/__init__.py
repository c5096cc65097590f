"""The worlds a test can be run against, a module to each; all of them give a `Service`.

A target is a context manager: it takes a `Case` and gives the `Service` of that test.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_pytest.case import Case
    from nemovideo_pytest.service import Service

TARGETS = {
    "fake": "fakes:in_process",
    "served": "fakes:behind_a_port",
    "server": "server:in_a_world",
    "cassette": "cassette:of_the_test",
    "live": "live:paid",
    "url": "url:elsewhere",
}
"""Where each of them is: the module in this package, and the context manager there."""


def opened(name: str, case: Case) -> AbstractContextManager[Service]:
    """Return the service of that target for this test, to be entered."""
    module, _, function = TARGETS[name].partition(":")
    target = getattr(import_module(f"{__name__}.{module}"), function)
    service: AbstractContextManager[Service] = target(case)
    return service
