"""From a scenario to a world: who is there when it begins, how its renders go, and what is to go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemovideo_fakeserver.core.course import USUAL, Course
from nemovideo_fakeserver.core.course import Polls as ByPolls
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.scenario.arming import faults
from nemovideo_fakeserver.scenario.model import filming, people
from nemovideo_fakeserver.scenario.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of what a scenario names: uids of accounts, ids of sessions."""

    accounts: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)


def furnish(world: World, scenario: Scenario) -> Names:
    """Let a new world begin as the scenario says; its readings, time and agent are others' affair."""
    world.settle()
    world.setting.note("control", did="scenario", name=scenario.name)
    _set(world, scenario)
    names = Names()
    for account in scenario.accounts:
        admit(world, account, names)
    for fault in faults(scenario, accounts=names.accounts, sessions=names.sessions):
        world.faults.arm(fault, now=world.setting.now)
    return names


def settle_in(world: World, scenario: Scenario) -> Names:
    """Let a world that the scenario has furnished before go on by it; return whom it names."""
    _set(world, scenario)
    uids = {one.name: world.accounts.seeded(one.name, one.kind) for one in scenario.accounts}
    return Names(uids)


def _set(world: World, scenario: Scenario) -> None:
    if scenario.newcomers is not None:
        world.accounts.free_credits = scenario.newcomers.credits
    world.renders.course = course(scenario.renders)


def admit(world: World, given: people.Account, names: Names) -> str:
    """Let one account be there, with its tokens and sessions; return its uid."""
    account = world.accounts.seed(
        given.name,
        kind=given.kind,
        plan=given.plan,
        credits_=given.credits,
        client_id=given.client_id,
    )
    names.accounts[given.name] = account.uid
    for token in given.tokens:
        made = world.accounts.seed_token(
            account, token.name, given.scopes(token), age=token.age, lasts=token.lasts
        )
        if token.revoked:
            world.accounts.revoke(account, made.id)
    for session in given.sessions:
        opened = world.sessions.create(account, session.task_name, session.language)
        if session.name is not None:
            names.sessions[session.name] = opened.id
    return account.uid


def course(renders: filming.Renders | None) -> Course:
    """Return how renders go, in the words of the domain."""
    if renders is None:
        return USUAL
    timing = renders.timing
    shortest, longest = (timing and timing.seconds) or (USUAL.shortest, USUAL.longest)
    polls = timing.polls if timing else None
    return Course(
        shortest=float(shortest),
        longest=float(longest),
        polls=ByPolls(processing=polls.processing, over=polls.completed) if polls else None,
        failures=tuple(renders.outcome(n) for n in range(len(renders.outcomes))),
        last_sticks=renders.last_sticks,
    )
