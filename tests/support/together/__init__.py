"""Client and fake server, tested together: a sentence to each test, run over doors, clients and presets.

Every test in `tests/together` gets a `House`, which has clients on one side and a service on the other, and
does not know which: the fake stands behind either of its doors (in-process, and served on a port) and is
entered with either client (blocking, and asyncio). What every exchange must obey, whatever the test, is in
`laws`, and is held against all that was said when a test is over; so are the rules of the judge (`judged`).

What a *service* has to do, whoever built it, is another suite: `nemovideo_pytest.contract`.
"""
