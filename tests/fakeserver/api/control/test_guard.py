"""Who may steer: this machine, allowed hosts, and no web page from elsewhere."""

from __future__ import annotations

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake, Options
from nemovideo_fakeserver.api.control.routes import ROUTES
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.wire.messages import Head, Headers, Reply
from support.stage import client, scripted_fake
from support.wire import exchange, refused

CLOCK = "/__fake__/clock"


def asked(fake: Fake, *headers: tuple[str, str], peer: str = "127.0.0.1") -> int:
    """Ask for a jump of five seconds, and return the status: time has moved only if that is 200."""
    before = fake.clock.now()
    head = Head(method="POST", path=CLOCK, headers=headers, peer=peer, base="http://127.0.0.1:8765")
    status = exchange(fake, head, b'{"jump": 5}').status

    assert fake.clock.now() == before + (5 if status == 200 else 0)
    return status


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_a_connection_from_this_machine_may_steer(fake: Fake, peer: str) -> None:
    """Every loopback address is this machine."""
    assert asked(fake, peer=peer) == 200


@pytest.mark.parametrize("peer", ["192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7", "", "localhost"])
def test_another_machine_may_not_steer(fake: Fake, peer: str) -> None:
    """Whoever listens on every address is not steered from elsewhere, whatever Host is claimed."""
    assert asked(fake, ("host", "localhost"), peer=peer) == 403


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:1", "127.0.0.1:8765", "127.0.0.5", "[::1]:8765", "[::FFFF:127.0.0.1]"],
)
def test_the_machines_own_names_may_steer(fake: Fake, host: str) -> None:
    """`localhost` and every loopback address, whatever the port."""
    assert asked(fake, ("host", host)) == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "localhost.",
        "10.0.0.1",
        "0.0.0.0",
        "[::]",
        "[fe80::1%lo]",
        "me@localhost",
        "localhost:8765@example.com",
        "localhost/",
        "localhost:123456",
        "a b",
        "a+b.example.com",
        "ünïcode.example.com",
        "",
    ],
)
def test_a_name_that_leads_here_by_somebody_elses_dns_may_not_steer(fake: Fake, host: str) -> None:
    """Nor one that is no plain host: a door would say where it really listens, and the guard asks no door."""
    assert asked(fake, ("host", host)) == 403


def test_a_client_that_names_no_host_is_told_from_where_it_connected(fake: Fake) -> None:
    """HTTP/1.0 has no Host, and no browser speaks it; then the address it reached counts."""
    elsewhere = Head(method="GET", path=CLOCK, base="http://192.0.2.1:8765")

    assert asked(fake) == 200
    assert exchange(fake, elsewhere).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com",
        "null",
        "",
        "http://127.0.0.1",
        "http://127.0.0.1:8766",
        "https://127.0.0.1:8765",
        "http://localhost:8765",
        "http://127.0.0.1:8765/",
        "http://127.0.0.1:8765@example.com",
        "http://127.0.0.1:8765.example.com",
        "http://[",
    ],
)
def test_a_page_from_elsewhere_may_not_steer(fake: Fake, origin: str) -> None:
    """Another host, port or scheme is elsewhere, and so is a page that has no origin of its own."""
    assert asked(fake, ("host", "127.0.0.1:8765"), ("origin", origin)) == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LocalHost:8765"]
)
def test_a_page_of_this_server_may_steer(fake: Fake, host: str) -> None:
    """A browser says the origin in lower case."""
    own = ("origin", f"http://{host.lower()}")

    assert asked(fake, ("host", host), own, ("sec-fetch-site", "same-origin")) == 200


@pytest.mark.parametrize(
    ("site", "status"),
    [
        ("same-origin", 200),
        ("none", 200),
        ("same-site", 403),
        ("cross-site", 403),
        ("", 403),
        ("Same-Origin, none", 403),
    ],
)
def test_a_browser_says_from_where_a_request_comes(fake: Fake, site: str, status: int) -> None:
    """A page on another port of this machine is same-site, and not ours; an address typed by hand is fine."""
    assert asked(fake, ("sec-fetch-site", site)) == status


@pytest.mark.parametrize("method", ["OPTIONS", "GET", "POST"])
@pytest.mark.parametrize("origin", ["https://example.com", "null"])
def test_no_other_site_is_ever_let_in(http: httpx.Client, method: str, origin: str) -> None:
    """A browser's question beforehand is refused as the request itself is: no header would allow it."""
    question = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    response = http.request(method, CLOCK, headers=question)

    assert refused(response) == (403, "the control paths answer no web page from elsewhere")
    assert not [name for name in response.headers if name.startswith("access-control")]


def test_the_service_lets_no_other_site_in_either(http: httpx.Client) -> None:
    """Nor does any reply of the API carry a header that would."""
    response = http.options("/api/tokens", headers={"Origin": "https://example.com"})

    assert response.status_code == 405
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_every_control_path_is_guarded_before_its_body_is_read(fake: Fake, route: Route) -> None:
    """The head alone decides, for every row of the table."""
    path = route.path.format(account="x", fault="x")
    reply = fake.admit(Head(method=route.method, path=path, headers=(("origin", "null"),)))

    assert isinstance(reply, Reply)
    assert reply.status == 403


@pytest.mark.parametrize("path", ["/__fake__", "/__fake__/nowhere", "/~other/__fake__/clock"])
def test_what_there_is_not_is_guarded_as_well(http: httpx.Client, path: str) -> None:
    """Whoever may not steer does not learn what there is."""
    assert refused(http.put(path, headers={"Origin": "null"}))[0] == 403


HOSTS = ("Fake.Internal", "[2001:DB8::7]")


@pytest.mark.parametrize(
    ("headers", "peer", "status"),
    [
        ((("host", "fake.internal:8765"),), "192.0.2.7", 200),
        ((("host", "FAKE.INTERNAL"),), "192.0.2.7", 200),
        ((("host", "[2001:db8::7]:8765"),), "2001:db8::8", 200),
        ((("host", "localhost:8765"),), "127.0.0.1", 200),
        ((("host", "localhost:8765"),), "192.0.2.7", 403),
        ((("host", "other.internal"),), "192.0.2.7", 403),
        ((("host", "x.fake.internal"),), "127.0.0.1", 403),
        ((("host", "fake.internal"), ("origin", "http://fake.internal")), "192.0.2.7", 200),
        ((("host", "fake.internal"), ("origin", "http://localhost")), "192.0.2.7", 403),
        ((("host", "fake.internal"), ("sec-fetch-site", "cross-site")), "192.0.2.7", 403),
    ],
)
def test_an_allowed_host_lets_others_in_under_its_name(
    headers: Headers, peer: str, status: int
) -> None:
    """Whoever asks for that host may steer, from wherever; any other host, and any page, as before."""
    with scripted_fake(Options(allow_hosts=HOSTS)) as fake:
        assert asked(fake, *headers, peer=peer) == status


def test_the_guard_holds_in_every_world() -> None:
    """An allowed host is allowed in all worlds of the fake."""
    with scripted_fake(Options(allow_hosts=("box",))) as fake, client(fake) as http:
        assert http.get("http://box/~one/__fake__/health").status_code == 200
        assert http.get("http://tin/~one/__fake__/health").status_code == 403


def test_who_is_refused_is_told_what_would_let_them_in(fake: Fake, http: httpx.Client) -> None:
    """The sentence names the flag."""
    head = Head(
        method="GET",
        path=CLOCK,
        headers=(("host", "box:8765"),),
        peer="172.17.0.1",
        base="http://x",
    )

    assert b"--allow-host box lets in" in exchange(fake, head).body
    assert refused(http.get(f"http://box{CLOCK}"))[1].endswith("--allow-host adds one")


@pytest.mark.parametrize(
    "host", ["", "box:8765", "http://box", "*", "a b", "[box]:1", "fade:8765", "box/x", "::g"]
)
def test_a_host_that_is_none_cannot_be_allowed(host: str) -> None:
    """A port, a scheme or an asterisk would never match, or match too much."""
    with pytest.raises(ValueError, match="is no host: say the name alone"):
        Options(allow_hosts=(host,))


def test_the_clock_of_a_refused_request_stands(fake: Fake, http: httpx.Client) -> None:
    """Nothing moves, and no token is shown."""
    http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})
    replies = [
        http.post(f"http://example.com{CLOCK}", json={"jump": 5}),
        http.get("http://example.com/__fake__/accounts"),
    ]

    assert {reply.status_code for reply in replies} == {403}
    assert not [reply for reply in replies if "nmv_usr_" in reply.text]
    assert fake.clock.now() == EPOCH
