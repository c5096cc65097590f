"""Tests in asyncio, under whichever plugin runs them; nothing is left open."""

from __future__ import annotations

import pytest

from support.newcomer import Suite, passed, text

STRICT = ("-W", "error")
WORLDS = ("fake", "served")
LOOPS = ("-o", "asyncio_default_fixture_loop_scope=function")

TALKS = """
    assert (await nemo_client.credits()).available == 100
    answer, credits = await asyncio.gather(
        nemo_client.chat("generate a 5 second clip of a beach at dawn"), nemo_client.credits()
    )
    assert answer.text and answer.ended == "closed"
"""

ANYIO = f"""
@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.mark.anyio
async def test_talks(nemo_client, nemo_clock):
{TALKS}
    await nemo_clock.sleep(60)

@pytest.mark.anyio
async def test_jumps(nemo_client, nemo_clock):
    async with nemo_client.stream("generate a 5 second clip of a beach at dawn") as stream:
        events = aiter(stream)
        await anext(events)
        begun = nemo_clock.now()
        nemo_clock.jump(60)
        assert nemo_clock.now() == begun + 60
        assert len([event async for event in events]) > 5
    assert stream.result.ended == "closed"

@pytest.mark.anyio
async def test_server(nemo_client, nemo_server):
{TALKS}
"""

ASYNCIO = f"""
@pytest.mark.asyncio
async def test_own_loop(nemo_client, nemo_clock):
{TALKS}
    await nemo_clock.sleep(60)

@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("n", [1, 2])
async def test_shared_loop(nemo_client, n):
{TALKS}

@pytest.mark.asyncio(loop_scope="session")
async def test_server(nemo_client, nemo_server):
{TALKS}
"""


@pytest.mark.parametrize("world", WORLDS)
def test_under_anyio(suite: Suite, world: str) -> None:
    """Clients talk, time goes on, and no socket is left over."""
    suite.plugins.append("anyio.pytest_plugin")
    result = suite.run_apart(ANYIO, f"--nemo-target={world}", *STRICT)

    passed(result, 3)


@pytest.mark.parametrize("world", WORLDS)
def test_under_pytest_asyncio(suite: Suite, world: str) -> None:
    """With a loop of the test's own, and with one that the whole run shares."""
    pytest.importorskip("pytest_asyncio")
    suite.plugins.append("pytest_asyncio.plugin")
    result = suite.run_apart(ASYNCIO, f"--nemo-target={world}", *STRICT, *LOOPS)

    passed(result, 4)


def test_under_pytest_asyncio_without_marks(suite: Suite) -> None:
    """In its automatic mode a test is only a coroutine."""
    pytest.importorskip("pytest_asyncio")
    suite.plugins.append("pytest_asyncio.plugin")
    result = suite.run_apart(
        f"async def test_it(nemo_client):\n{TALKS}", "--asyncio-mode=auto", *STRICT, *LOOPS
    )

    passed(result)


def test_on_trio_it_says_what_to_do(suite: Suite) -> None:
    """The fixture of the backend is named, and what it has to return."""
    pytest.importorskip("trio")
    suite.plugins.append("anyio.pytest_plugin")
    result = suite.run_apart(
        """
        @pytest.mark.anyio
        @pytest.mark.parametrize("anyio_backend", ["trio"])
        async def test_it(nemo_client):
            pass
        """
    )

    result.assert_outcomes(errors=1)
    assert (
        'nemo_client needs asyncio, and anyio runs this test on trio: let the fixture anyio_backend return "asyncio"'
        in text(result)
    )


def test_the_end_of_a_test_waits_for_its_coroutine(suite: Suite) -> None:
    """What was left undone is known when the coroutine has returned, and not before."""
    suite.plugins.append("anyio.pytest_plugin")
    result = suite.run(
        """
        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        @pytest.mark.nemo_faults("GET /api/credits/balance/simple", {"status": 503})
        async def test_fires(nemo_client):
            await nemo_client.credits()

        @pytest.mark.anyio
        @pytest.mark.nemo_faults("turn.heartbeat[2]", {"break": "reset"}, side="after")
        async def test_does_not(nemo_client):
            await nemo_client.credits()
        """
    )

    result.assert_outcomes(passed=1, failed=1)
    assert "FAILED test_mine.py::test_does_not" in text(result)


@pytest.mark.parametrize("world", WORLDS)
def test_nothing_is_left_open(suite: Suite, world: str) -> None:
    """Clients that nobody closes, of either kind, leave neither sockets nor threads."""
    suite.plugins.append("anyio.pytest_plugin")
    result = suite.run_apart(
        """
        import gc, threading

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.fixture(autouse=True, scope="module")
        def tidy():
            before = threading.active_count()
            yield
            gc.collect()
            assert threading.active_count() <= before

        def test_sync(nemo_service):
            nemo_service.client().credits()
            nemo_service.http().get("/api/credits/balance/simple")

        @pytest.mark.anyio
        async def test_async(nemo_service):
            await nemo_service.async_client().credits()
            await nemo_service.async_http().get("/api/credits/balance/simple")
        """,
        "--nemo-judge=off",
        f"--nemo-target={world}",
        "-W",
        "error",
    )

    passed(result, 2)
