"""A service of any kind, while what a test says to it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from nemovideo_proxy.cassette import InUse
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_pytest import targets
from nemovideo_pytest.case import Case
from nemovideo_pytest.cassettes import notes
from nemovideo_pytest.cassettes.attempt import Attempt, failed
from nemovideo_pytest.cassettes.boundaries import AsyncSteadyTransport, SteadyTransport
from nemovideo_pytest.cassettes.sharing import demand_alone
from nemovideo_pytest.cassettes.wishes import Wish
from nemovideo_pytest.ending import passed
from nemovideo_pytest.ending.ending import Ending
from nemovideo_pytest.remote import opting_in
from nemovideo_pytest.remote.doors import around
from nemovideo_pytest.service import Service


@contextmanager
def recorded(case: Case, wanted: Wish) -> Iterator[Service]:
    """Give the service that is recorded; at the end keep what the test has said to it, if it has passed."""
    source = _source(case, wanted)
    with targets.opened(source, case) as service:
        attempt = _begun(case, wanted, service)
        try:
            yield replace(
                service,
                target="cassette",
                door=around(
                    service.door,
                    lambda inner: SteadyTransport(attempt.recording.transport(inner)),
                    lambda inner: AsyncSteadyTransport(attempt.recording.async_transport(inner)),
                ),
                ending=lambda: _ending(service.ending(), wanted, attempt),
            )
            attempt.settle(well=passed.has_passed(case.node))
        except NotRecorded as problem:
            raise case.wrong(problem) from None
        finally:
            attempt.clear()


def _source(case: Case, wanted: Wish) -> str:
    """Return the target that is recorded; the test fails where that may not be reached."""
    config, chosen = case.request.config, case.settings.text("record-from")
    if case.settings.text("url") and chosen != "live":
        source, said = "url", opting_in.lacking_for_url(config)
    else:
        source = chosen or "live"
        said = opting_in.lacking(config) if source == "live" else ""
    if said:
        raise case.wrong(
            f"{wanted.shown} is not recorded: {said}; --nemo-record-from=fake records a fake"
        )
    return source


def _begun(case: Case, wanted: Wish, service: Service) -> Attempt:
    try:
        demand_alone(case, wanted)
        return Attempt(
            wanted.path,
            mode=wanted.mode,
            upstream=service.base_url,
            now=service.now,
            notes=notes.note(_named(service), _readings(case, service)),
        )
    except (ValueError, OSError, InUse) as problem:
        raise case.wrong(problem) from None


def _named(service: Service) -> str:
    if service.fake is not None:
        return notes.FAKE
    return "the live service" if service.target == "live" else service.base_url


def _readings(case: Case, service: Service) -> list[str]:
    if service.fake is None:
        return list(case.settings.texts("variant"))
    return [f"{key}={value}" for key, value in case.beginning()[1].items()]


def _ending(inner: Ending, wanted: Wish, attempt: Attempt) -> Ending:
    """Return how the service was left, and that its recording becomes no cassette if this fails the test."""
    stays = f"{wanted.shown} stays as it was" if wanted.path.exists() else "no cassette is written"
    kept = f"what was recorded is kept beside it as {failed(wanted.path).name}"
    failure = attempt.recording.failure
    return replace(
        inner,
        unexpected=(*inner.unexpected, *([failure] if failure else [])),
        story=lambda: "\n\n".join(
            filter(None, (inner.story(), stays if attempt.is_empty() else f"{stays}; {kept}"))
        ),
    )
