"""The command's own manners: exit codes, one sentence, no traceback."""

from __future__ import annotations

import signal

import httpx
import pytest

from support.caller import Caller
from support.server import PATIENCE, start, url_of
from support.server import child as running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order(number: signal.Signals) -> None:
    """Ctrl-C, a polite kill, a closed terminal: exit code 0, not a word of complaint, though a stream is open."""
    with (
        start("--port", "0", "--json", "--rate", "0") as child,
        httpx.Client(base_url=url_of(child), trust_env=False) as http,
    ):
        caller = Caller(http).connect()
        message = caller.message("hello")
        with http.stream("POST", "/run_sse", headers=caller.headers, json=message):
            child.send_signal(number)
            out, err = child.communicate(timeout=PATIENCE)

    assert (child.returncode, out, err) == (0, "", "")


def test_a_pipe_that_nobody_reads_is_one_sentence() -> None:
    """`serve --json | true` fails without a traceback: nobody would know where the server is."""
    with start("--port", "0", "--json") as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        err = child.stderr.read()
        code = child.wait(PATIENCE)

    assert code == 1
    assert err == "nemo-fakeserver: nobody reads the line that says where the server is\n"


def test_a_taken_port_is_one_sentence(server: str) -> None:
    """Exit code 1, which port it is, and what to do."""
    port = server.rpartition(":")[2]
    with start("--port", port) as child:
        out, err = child.communicate(timeout=PATIENCE)

    assert (child.returncode, out) == (1, "")
    assert err.startswith(f"nemo-fakeserver: cannot listen on 127.0.0.1:{port}: ")
    assert "--port 0" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--port", "70000"), "'70000' is no port"),
        (("--port", "http"), "'http' is no port"),
        (("--rate", "-1"), "cannot run at rate -1.0"),
        (("--rate", "nan"), "cannot run at rate nan"),
        (("--seed", "x"), "--seed"),
        (("--variant", "sse_dialect"), "KEY=VALUE"),
        (("--variant", "sse_dialekt=adk"), "did you mean sse_dialect?"),
        (("--variant", "sse_dialect=xml"), "typed, adk, flat"),
        (("--variant", "preset=2.0"), "1.9, 1.8, 1.5, 4.4, 2026-03-13"),
        (("--epoch", "yesterday"), "2026-03-18T00:00:00Z"),
        (("--epoch", "9999-12-30T00:00:00Z"), "the year 9000"),
        (("--rate", "1e-320"), "cannot run at rate"),
        (("--speed", "5"), "--speed"),
    ],
)
def test_a_flag_that_makes_no_sense_is_exit_2(flags: tuple[str, ...], says: str) -> None:
    """Wrong usage says what is wrong, and shows no traceback."""
    with start(*flags) as child:
        out, err = child.communicate(timeout=PATIENCE)

    assert (child.returncode, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_whoever_asks_for_an_allowed_host_may_steer() -> None:
    """`--allow-host` adds a name to those of this machine, and no other."""
    with (
        running("--allow-host", "fake.internal") as url,
        httpx.Client(base_url=url, trust_env=False) as http,
    ):
        statuses = [
            http.get("/__fake__/health", headers={"Host": host}).status_code
            for host in ("fake.internal:8765", "localhost", "other.internal")
        ]

    assert statuses == [200, 200, 403]


def test_people_are_told_what_to_export() -> None:
    """Without --json, once it answers, the lines to paste into a shell are printed."""
    with start("--port", "0") as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(4)]
        url = lines[0].split()[5]
        health = httpx.get(f"{url}/__fake__/health", trust_env=False).json()
        child.terminate()
        child.communicate(timeout=PATIENCE)

    assert lines[2:4] == [f"  export NEMO_API_URL={url}\n", f"  export NEMO_WEB_URL={url}\n"]
    assert health["status"] == "ok"
