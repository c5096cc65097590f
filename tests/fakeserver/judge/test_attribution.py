from __future__ import annotations

import pytest

from nemovideo_fakeserver.api.attribution import ATTRIBUTION as DEMANDED
from nemovideo_fakeserver.judge import lines
from nemovideo_fakeserver.judge.attribution import HEADERS
from support.history import ATTRIBUTION, History, Person


def test_the_headers_are_those_the_fake_demands() -> None:
    """Judge and service speak of the same three headers."""
    assert HEADERS == DEMANDED


def test_a_request_without_attribution_is_accused(history: History, ann: Person) -> None:
    """Every header that is not there is named."""
    request = ann.ask(lines.CREDITS, headers={"x-skill-source": "s", "user-agent": "curl"})

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("attribution-missing", "error")
    assert verdict.did == "Left out X-Skill-Version and X-Skill-Platform"
    assert (verdict.requests, verdict.account, verdict.cost) == ((request,), "anon_ann", None)


def test_what_needs_no_attribution_is_not_accused(history: History, ann: Person) -> None:
    """Getting a token, managing tokens, and files want none; the others here have it."""
    ann.ask(lines.CREDITS)
    ann.ask("GET /api/tokens", headers={"user-agent": "curl"})
    ann.ask("GET /cdn/generated/{session}", session="x.mp4", headers={"user-agent": "curl"})

    assert history.verdicts("attribution-missing") == ()
    assert history.kept("attribution-missing") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-skill-version", "unknown"),
        ("x-skill-version", ""),
        ("x-skill-source", "Unknown"),
        ("x-skill-source", "$SKILL_NAME"),
        ("x-skill-platform", "<platform>"),
        ("x-skill-platform", "none"),
    ],
)
def test_a_header_that_says_nothing_is_accused(
    history: History, ann: Person, name: str, value: str
) -> None:
    """Empty, unknown, or a placeholder that nobody filled."""
    ann.ask(lines.CREDITS, headers={**ATTRIBUTION, name: value})

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("attribution-says-nothing", "warning")
    assert f'"{value}"' in verdict.did


def test_an_unknown_platform_is_what_the_documents_say(history: History) -> None:
    """`else unknown`, say all four skills of the platform."""
    bob = history.person("bob", **{"x-skill-platform": "unknown"})
    bob.ask(lines.CREDITS)

    assert history.verdicts() == ()
    assert history.kept("attribution-says-nothing") == 1


@pytest.mark.parametrize("name", ["x-skill-source", "x-skill-platform"])
def test_another_skill_within_a_session_is_accused(
    history: History, ann: Person, session: str, name: str
) -> None:
    """Who asks stays the same for a whole session."""
    ann.look(session)
    ann.look(session, headers={**ATTRIBUTION, name: "other"})

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.session) == ("attribution-changes", session)
    assert '"other"' in verdict.did


def test_a_version_that_goes_back_and_forth_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """A header that some calls have fixed and others read: the version returns to what it was."""
    for version in ("1.8.9", "1.0", "1.8.9"):
        ann.look(session, headers={**ATTRIBUTION, "x-skill-version": version})

    assert [v.did for v in history.verdicts()] == [
        'Changed X-Skill-Version from "1.0" to "1.8.9" within a session'
    ]


def test_a_skill_that_is_updated_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The version is read at run time: a new one stays."""
    for version in ("1.0", "1.1", "1.1"):
        ann.look(session, headers={**ATTRIBUTION, "x-skill-version": version})

    assert history.verdicts() == ()


def test_two_skills_may_share_an_account(history: History, ann: Person) -> None:
    """Both read the same client id file; each has a session of its own."""
    first, second = ann.session(), ann.session()
    for _ in range(2):
        ann.look(first)
        ann.look(second, headers={**ATTRIBUTION, "x-skill-source": "topmediai-ai-music"})

    assert history.verdicts() == ()


def test_a_poll_belongs_to_the_session_of_its_render(
    history: History, ann: Person, session: str
) -> None:
    """What is sent with polls is compared, too, though they name no session."""
    ann.look(session)
    render = ann.submit(session)
    history.wait(30)
    ann.poll(render, "completed", headers={**ATTRIBUTION, "x-skill-source": "other"})

    assert [v.rule for v in history.verdicts()] == ["attribution-changes"]
