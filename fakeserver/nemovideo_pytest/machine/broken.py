"""A broken law as an error, and a kind of error for each law.

Hypothesis takes two failures for one where type and line are the same, and shrinks from one to the other: the
cheapest would be all that is left. So there is a class for every law, and for every rule of the judge.
"""

from __future__ import annotations

from functools import cache

JUDGE = "judge"
"""The law that the judge has nothing to say."""


class LawBroken(AssertionError):
    """A law was broken; `law` is its name, `breach` the sentence that says how.

    `rule` is the rule of the judge where the law is `judge`. What is raised is of a subclass for that law.
    """

    def __init__(self, law: str, breach: str, rule: str = "") -> None:
        super().__init__(f"{law}: {breach}")
        self.law = law
        self.breach = breach
        self.rule = rule

    @property
    def name(self) -> str:
        """Law and rule in one word."""
        return f"{self.law}-{self.rule}" if self.rule else self.law


def broken(law: str, breach: str, rule: str = "") -> LawBroken:
    """Return the error for a law that was broken, ready to be raised."""
    return _kind(f"{law}-{rule}")(law, breach, rule)


@cache
def _kind(name: str) -> type[LawBroken]:
    words = "".join(word.capitalize() for word in name.split("-"))
    return type(f"{words}Broken", (LawBroken,), {"__doc__": LawBroken.__doc__})
