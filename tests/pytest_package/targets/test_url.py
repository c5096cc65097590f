from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from nemovideo_fakeserver import Fake
from pytest_package.targets.conftest import Run

TALK = """
    import asyncio

    def test_talk(nemo_client_sync, nemo_service):
        before = nemo_service.now()
        turn = nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
        assert turn.ended == "closed"
        nemo_service.sleep(30)
        assert 40 < nemo_service.now() - before < 4000
        assert nemo_service.target == "url"

    def test_talk_in_asyncio(nemo_client):
        turn = asyncio.run(nemo_client.chat("Make a 30-second lo-fi loop at 80 BPM"))
        assert turn.ended == "closed"
        assert asyncio.run(nemo_client.credits()).available == 50
"""


class _Stranger(BaseHTTPRequestHandler):
    """Somebody else's service: it has no clock, redirects, and answers nothing else."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/moved" else 404)
        self.send_header("Location", "http://192.0.2.1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """The URL of a service that is no fake of ours."""
    with HTTPServer(("127.0.0.1", 0), _Stranger) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _nobody() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_fake_that_runs_is_reached_at_its_own_rate(
    pytester: pytest.Pytester, run: Run, served: tuple[Fake, str]
) -> None:
    """Minutes there are not minutes here: the rate is read from the fake."""
    pytester.makepyfile(test_it=TALK)
    run(f"--nemo-url={served[1]}", "--nemo-seal").assert_outcomes(passed=2)


def test_a_fake_that_stands_is_moved(
    pytester: pytest.Pytester, run: Run, standing: tuple[Fake, str]
) -> None:
    """To sleep is to jump, and a stream that is read moves time to its next piece: exactly so far."""
    pytester.makepyfile(
        test_it=TALK
        + """
    def test_exact(nemo_service):
        before = nemo_service.now()
        nemo_service.sleep(604800)
        asyncio.run(nemo_service.asleep(0.5))
        assert nemo_service.now() - before == 604800.5
        """
    )
    run(f"--nemo-url={standing[1]}").assert_outcomes(passed=3)


CLOCK = """
    import pytest

    def test_clock(nemo_service, nemo_clock):
        nemo_client = nemo_service.client()
        nemo_client.credits()
        first = nemo_client.token
        before = nemo_clock.now()
        nemo_clock.jump(604801)
        assert 604801 <= nemo_clock.now() - before < 604801 + {slack}
        nemo_client.credits()
        assert nemo_client.token != first
        moment = nemo_clock.now() + 3600
        nemo_clock.jump_to(moment)
        assert moment <= nemo_clock.now() < moment + {slack}
        for back in (lambda: nemo_clock.jump(-1), lambda: nemo_clock.jump_to(moment - 60)):
            with pytest.raises(ValueError, match="time does not go back"):
                back()
"""


def test_the_clock_of_a_fake_that_runs_can_be_moved(
    pytester: pytest.Pytester, run: Run, served: tuple[Fake, str]
) -> None:
    """Over its control API: a week later the token is dead, as in the fake's own process."""
    pytester.makepyfile(test_it=CLOCK.format(slack=3000))
    run(f"--nemo-url={served[1]}").assert_outcomes(passed=1)


def test_the_clock_of_a_fake_that_stands_can_be_moved(
    pytester: pytest.Pytester, run: Run, standing: tuple[Fake, str]
) -> None:
    """To the second."""
    pytester.makepyfile(test_it=CLOCK.format(slack=0.001))
    run(f"--nemo-url={standing[1]}").assert_outcomes(passed=1)


def test_nobody_moves_the_time_of_a_stranger(
    pytester: pytest.Pytester, run: Run, stranger: str
) -> None:
    """The test is skipped, with the reason."""
    pytester.makepyfile(test_it=CLOCK.format(slack=1))
    result = run(f"--nemo-url={stranger}")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*nobody can move the time of the target url*"])


def test_each_test_has_a_world_of_its_own_unless_the_url_names_one(
    pytester: pytest.Pytester, run: Run, served: tuple[Fake, str]
) -> None:
    """Credits that one test spends are there for the next; who names a world shares it."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.parametrize("time", [1, 2])
            def test_it(nemo_service, time):
                print("at", nemo_service.base_url)
        """
    )
    own = run(f"--nemo-url={served[1]}", "-s")
    own.stdout.fnmatch_lines([f"*at {served[1]}/~test-it-1-*", f"*at {served[1]}/~test-it-2-*"])
    shared = run(f"--nemo-url={served[1]}/~ours", "-s")
    shared.stdout.fnmatch_lines([f"*at {served[1]}/~ours", f"*at {served[1]}/~ours"])


def test_a_rate_that_is_not_the_fakes_own_is_refused(
    pytester: pytest.Pytester, run: Run, served: tuple[Fake, str]
) -> None:
    """Nobody waits at a rate that is not that of the service."""
    pytester.makepyfile(test_it="def test_it(nemo_service): pass")
    result = run(f"--nemo-url={served[1]}", "--nemo-rate=60")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*--nemo-rate=60: the fake at * runs at 600;*"])


def test_a_stranger_has_real_time_at_the_rate_that_is_said(
    pytester: pytest.Pytester, run: Run, stranger: str
) -> None:
    """Where no fake tells its rate it is --nemo-rate, and redirects are not followed."""
    pytester.makepyfile(
        test_it="""
            def test_it(nemo_service):
                before = nemo_service.now()
                nemo_service.sleep(60)
                assert nemo_service.now() - before >= 60
                assert nemo_service.http().get("/moved").status_code == 302
        """
    )
    run(f"--nemo-url={stranger}", "--nemo-rate=6000", "--nemo-seal").assert_outcomes(passed=1)


def test_a_service_that_does_not_answer_ends_the_run_in_a_sentence(
    pytester: pytest.Pytester, run: Run
) -> None:
    """A hundred tests do not tell the same."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.parametrize("number", range(100))
            def test_it(nemo_service, number):
                pass
        """
    )
    result = run(f"--nemo-url={_nobody()}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines(["*nothing answers at http://127.0.0.1:* start the service*"])
    result.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.slow
def test_in_parallel_each_test_says_so_without_a_stack(
    pytester: pytest.Pytester, run_apart: Run
) -> None:
    """A worker cannot end the run; it says the sentence, and looks only once."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.parametrize("number", range(4))
            def test_it(nemo_service, number):
                pass
        """
    )
    result = run_apart(f"--nemo-url={_nobody()}", "-n2")
    result.assert_outcomes(errors=4)
    result.stdout.no_fnmatch_line("*direct cause*")


@pytest.mark.slow
def test_in_parallel_workers_do_not_disturb_each_other(
    pytester: pytest.Pytester, run_apart: Run, served: tuple[Fake, str]
) -> None:
    """The worlds of the tests keep them apart on one server."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.parametrize("number", range(6))
            def test_it(nemo_client_sync, number):
                nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")
                assert nemo_client_sync.credits().available == 50
        """
    )
    run_apart(f"--nemo-url={served[1]}", "-n2").assert_outcomes(passed=6)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ((), "skipped"),
        (("--nemo-variant=render_shape=top",), "skipped"),
        (("--nemo-variant=render_shape=data",), "passed"),
        (("--nemo-variant=preset=4.4",), "passed"),
    ],
)
def test_a_test_about_a_reading_runs_only_where_the_service_is_known_to_follow_it(
    pytester: pytest.Pytester,
    run: Run,
    served: tuple[Fake, str],
    told: tuple[str, ...],
    outcome: str,
) -> None:
    """A black box cannot be told a reading; the run can say which it follows, a preset for all of its own."""
    pytester.makepyfile(
        test_it="""
            import pytest

            @pytest.mark.nemo_variant(render_shape="data")
            def test_it(nemo_service):
                pass
        """
    )
    result = run(f"--nemo-url={served[1]}", *told)
    result.assert_outcomes(**{outcome: 1})
    if outcome == "skipped":
        result.stdout.fnmatch_lines(["*its nemo_variant is render_shape=data, and nothing says*"])


@pytest.mark.parametrize("url", ["nonsense", "ftp://x", "http://me:secret@127.0.0.1"])
def test_what_is_no_address_is_refused_and_not_repeated(
    pytester: pytest.Pytester, run: Run, url: str
) -> None:
    """A password in a URL is not printed."""
    pytester.makepyfile(test_it="def test_it(nemo_service): pass")
    result = run(f"--nemo-url={url}")
    assert result.ret != 0
    assert "--nemo-url: give the address of a service" in result.stdout.str() + result.stderr.str()
    assert "secret" not in result.stdout.str() + result.stderr.str()
