"""A run under `--nemo-seal`: when its seal is on, and what becomes of an attempt that was swallowed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Self

import pytest

from nemovideo_pytest.remote import addresses
from nemovideo_pytest.sealing.auditing import audited
from nemovideo_pytest.sealing.children import told
from nemovideo_pytest.sealing.hosts import Hosts
from nemovideo_pytest.sealing.loops import watched
from nemovideo_pytest.sealing.seal import Seal
from nemovideo_pytest.settings import Settings


class Sealing:
    """A plugin of one run; `hosts` may be reached besides this machine."""

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._seal = Seal(Hosts(hosts))

    @classmethod
    def of(cls, config: pytest.Config) -> Self:
        """Return the plugin of a run: the service that it is about may be reached, too."""
        return cls(addresses.hosts(Settings(config)))

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Seal what test modules do when they are imported."""
        with self._on("the collection of the tests"):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Seal all tests, with their fixtures, and what goes on between them."""
        with self._on("no test"):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Note which test it is."""
        self._seal.doing = item.nodeid

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        """Fail a setup that passed though it tried."""
        return (yield from self._telling())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """Fail a test that passed though it tried."""
        return (yield from self._telling())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        """Fail a teardown that passed though it tried."""
        return (yield from self._telling())

    @contextmanager
    def _on(self, doing: str) -> Iterator[None]:
        self._seal.doing = doing
        with audited(self._seal), watched(self._seal), told(self._seal.hosts.names):
            yield

    def _telling(self) -> Generator[None, object, object]:
        attempts = self._seal.attempts
        attempts.clear()
        result = yield  # who fails anyway needs nobody to tell of it
        if attempts:
            pytest.fail("\n".join(dict.fromkeys(attempts)), pytrace=False)
        return result
