"""The contract: what a NemoVideo client and a NemoVideo service may expect of each other.

One suite, a sentence to each test, run against whatever takes part: every test gets a `House`, which has
clients on one side and a service on the other, and does not know which. Today a house stands on the fake
behind either of its doors (in-process, and served on a port) and is entered with either client (blocking,
and asyncio). What every exchange must obey, whatever the test, is in `laws`, and is held against all that
was said when a test is over; so are the rules of the judge (`judged`).

Another target is another parameter of the fixture in `targets`: something that opens a `Door`, and a
`Meddler` where faults can be made; a cassette or the live service can run the tests that ask for neither.

A project runs the suite by importing it into test modules of its own:

    pytest.register_assert_rewrite("nemovideo_pytest.contract")
    from nemovideo_pytest.contract.targets import house
    from nemovideo_pytest.contract.streams import *
"""
