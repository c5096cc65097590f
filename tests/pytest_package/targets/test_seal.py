from __future__ import annotations

import pytest

from nemovideo_pytest.sealing.hosts import Hosts, is_local
from pytest_package.targets.conftest import Run

ATTEMPTS = {
    "httpx": ("httpx.get('https://example.com/')", "getaddrinfo of example.com port 443"),
    "urllib": (
        "urllib.request.urlopen('http://example.com:8080/')",
        "getaddrinfo of example.com port 8080",
    ),
    "asyncio": (
        "asyncio.run(asyncio.open_connection('example.com', 443))",
        "getaddrinfo of example.com port 443",
    ),
    "an address, in asyncio": (
        "asyncio.run(asyncio.open_connection('192.0.2.1', 443))",
        "connect to 192.0.2.1 port 443",
    ),
    "create_connection": (
        "socket.create_connection(('192.0.2.1', 80))",
        "getaddrinfo of 192.0.2.1 port 80",
    ),
    "connect": (
        "with socket.socket() as s: s.connect(('192.0.2.1', 80))",
        "connect to 192.0.2.1 port 80",
    ),
    "connect_ex": (
        "with socket.socket() as s: s.connect_ex(('192.0.2.1', 80))",
        "connect to 192.0.2.1 port 80",
    ),
    "IPv6": (
        "with socket.socket(socket.AF_INET6) as s: s.connect(('2001:db8::1', 80))",
        "connect to 2001:db8::1 port 80",
    ),
    "sendto": (
        "with socket.socket(type=socket.SOCK_DGRAM) as s: s.sendto(b'x', ('192.0.2.1', 53))",
        "sendto to 192.0.2.1 port 53",
    ),
    "sendmsg": (
        "with socket.socket(type=socket.SOCK_DGRAM) as s: s.sendmsg([b'x'], [], 0, ('192.0.2.1', 53))",
        "sendmsg to 192.0.2.1 port 53",
    ),
    "gethostbyname": ("socket.gethostbyname('example.com')", "gethostbyname of example.com"),
    "gethostbyname_ex": ("socket.gethostbyname_ex('example.com')", "gethostbyname of example.com"),
    "gethostbyaddr": ("socket.gethostbyaddr('192.0.2.1')", "gethostbyaddr of 192.0.2.1"),
    "getnameinfo": ("socket.getnameinfo(('192.0.2.1', 80), 0)", "getnameinfo of 192.0.2.1"),
    "a thread": (
        "asyncio.run(asyncio.to_thread(lambda: socket.gethostbyname('example.com')))",
        "gethostbyname of example.com",
    ),
    "uvloop": (
        "uvloop.run(opened('example.com'))",
        "create_connection to example.com port 443",
    ),
    "uvloop's names": (
        "uvloop.run(named('example.com'))",
        "getaddrinfo of example.com port 443",
    ),
}

HEAD = """
    import asyncio, socket, subprocess, urllib.request
    import httpx
    import uvloop

    async def opened(host):
        await asyncio.open_connection(host, 443)

    async def named(host):
        await asyncio.get_running_loop().getaddrinfo(host, 443)

"""


@pytest.mark.parametrize("way", ATTEMPTS)
def test_an_attempt_is_named_with_its_host_its_port_and_its_caller(
    pytester: pytest.Pytester, run: Run, way: str
) -> None:
    """Whatever the library, the message has the line of the test."""
    call, told = ATTEMPTS[way]
    pytester.makepyfile(test_it=f"{HEAD}\n    def test_it():\n        {call}\n")
    result = run("--nemo-seal")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            (
                f"*Sealed: {told} is sealed off: called at test_it.py:* during test_it.py::test_it;"
                " --nemo-seal lets nothing but this machine be reached"
            )
        ]
    )


def test_nothing_is_refused_without_the_flag_or_on_this_machine(
    pytester: pytest.Pytester, run: Run
) -> None:
    """Loopback by name and number, sockets in the file system, and one's own name."""
    pytester.makepyfile(
        test_it=HEAD
        + """
    import os, threading

    def test_loopback():
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            for host in ("127.0.0.1", "localhost"):
                socket.create_connection((host, port)).close()
            async def reach():
                _, writer = await asyncio.open_connection("localhost", port)
                writer.close()
                await writer.wait_closed()
            asyncio.run(reach())
            uvloop.run(reach())

    def test_unix(tmp_path):
        os.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind("here")
            server.listen()
            client.connect("here")

    def test_own_name():
        socket.getfqdn()

    def test_fake(nemo_client_sync):
        nemo_client_sync.credits()
        """
    )
    run("--nemo-seal").assert_outcomes(passed=4)
    run("--nemo-seal", "--nemo-target=served").assert_outcomes(passed=4)


def test_an_attempt_that_was_swallowed_fails_the_test(pytester: pytest.Pytester, run: Run) -> None:
    """Who catches everything hides nothing, in the body, in a fixture before it, or behind it."""
    pytester.makepyfile(
        test_it="""
            import socket
            import pytest

            def tried():
                try:
                    socket.gethostbyname("example.com")
                except Exception:
                    pass

            @pytest.fixture
            def before():
                tried()

            @pytest.fixture
            def behind():
                yield
                tried()

            def test_body(): tried()
            def test_before(before): pass
            def test_behind(behind): pass
        """
    )
    result = run("--nemo-seal")
    result.assert_outcomes(failed=1, errors=2, passed=1)
    result.stdout.fnmatch_lines(["gethostbyname of example.com is sealed off: * in tried, during*"])


def test_it_is_no_error_of_the_network(pytester: pytest.Pytester, run: Run) -> None:
    """Who waits for the network to come back does not wait for this: it is no OSError."""
    pytester.makepyfile(
        test_it="""
            import socket

            def test_it():
                try:
                    socket.create_connection(("example.com", 80))
                except OSError:
                    pass
        """
    )
    run("--nemo-seal").stdout.fnmatch_lines(
        ["E*Sealed: *", "FAILED * - nemovideo_pytest.Sealed: *"]
    )


def test_test_modules_are_sealed_while_they_are_imported(
    pytester: pytest.Pytester, run: Run
) -> None:
    """What a module does at its top is seen as well."""
    pytester.makepyfile(test_it="import socket; socket.gethostbyname('example.com')")
    result = run("--nemo-seal")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*called at test_it.py:1 in <module>, during the collection of*"])


def test_programs_are_told_of_a_proxy_where_nobody_listens(
    pytester: pytest.Pytester, run: Run
) -> None:
    """A child has the proxy in its environment, whatever else that is; this process has not."""
    pytester.makepyfile(
        test_it="""
            import asyncio, os, subprocess, sys

            SHOW = [sys.executable, "-c", "import os; print(os.environ['https_proxy'], os.environ['NO_PROXY'])"]
            SAID = "http://127.0.0.1:9 localhost,127.0.0.1,::1"

            def test_sync():
                assert subprocess.check_output(SHOW, text=True).strip() == SAID
                assert subprocess.check_output(SHOW, text=True, env={}).strip() == SAID
                assert "https_proxy" not in os.environ

            def test_asyncio():
                async def run():
                    child = await asyncio.create_subprocess_exec(*SHOW, stdout=subprocess.PIPE)
                    return (await child.communicate())[0].decode().strip()
                assert asyncio.run(run()) == SAID
        """
    )
    run("--nemo-seal").assert_outcomes(passed=2)


@pytest.mark.slow
def test_workers_are_sealed_too(pytester: pytest.Pytester, run_apart: Run) -> None:
    """Under xdist each worker has its own seal."""
    pytester.makepyfile(
        test_it="""
            import socket
            import pytest

            @pytest.mark.parametrize("number", range(4))
            def test_it(number, nemo_client_sync):
                nemo_client_sync.credits()
                socket.gethostbyname("example.com")
        """
    )
    result = run_apart("--nemo-seal", "-n2")
    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(["*during test_it.py::test_it?3?;*"])


def test_the_service_of_the_run_may_be_reached(pytester: pytest.Pytester, run: Run) -> None:
    """The host of --nemo-url is admitted, and named in what is said of the others."""
    pytester.makepyfile(
        test_it="""
            import socket

            def test_service():
                socket.gethostbyname("staging.test")

            def test_other():
                socket.gethostbyname("example.com")
        """
    )
    pytester.makeconftest(
        """
        import socket
        socket.gethostbyname = lambda name, asked=socket.gethostbyname: (
            __import__("sys").audit("socket.gethostbyname", name)
        )
        """
    )
    result = run(
        "--nemo-seal", "--nemo-url=http://staging.test:8000", "--nemo-live", "--nemo-budget=100"
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*but this machine be reached, and staging.test"])


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("::1%lo", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", True),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("api.localhost", True),
        ("", True),
        ("127.0.0.1.example.com", False),
        ("localhost.example.com", False),
        ("::ffff:192.0.2.1", False),
        ("10.0.0.1", False),
        ("example.com", False),
    ],
)
def test_what_is_this_machine(host: str, local: bool) -> None:
    """Loopback, in all ways it is written, and no name that only looks like it."""
    assert is_local(host) is local


def test_an_admitted_name_admits_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses are looked up when one is met that is not known, as names move."""
    found = ["192.0.2.1"]

    def look_up(name: str, _: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, 0)) for address in found if name == "staging.test"]

    monkeypatch.setattr("nemovideo_pytest.sealing.hosts.socket.getaddrinfo", look_up)
    hosts = Hosts(["Staging.test"])

    assert hosts.admit("staging.TEST")
    assert hosts.admit("192.0.2.1")
    assert not hosts.admit("192.0.2.2")
    found.append("192.0.2.2")
    assert hosts.admit("192.0.2.2")
