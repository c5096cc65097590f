"""Every way the control paths say no, in a shape that no client could take for the service's.

    Refused
    |-- Malformed     400  the request does not say what the path takes
    |-- Forbidden     403  who asks may not steer
    |-- Absent        404  there is no such path, account, token, fault or scenario
    |-- WrongMethod   405  the path is there, with other methods
    |-- Conflict      409  it cannot be done as things stand
    `-- TooLarge      413  the body is longer than anybody needs

What the domain refuses is told in the same shape: what is malformed as 400, the rest as 409.
"""

from __future__ import annotations

from typing import ClassVar

from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.core.refusals import Refusal, RequestMalformed
from nemovideo_fakeserver.wire.messages import Headers, Reply


class Refused(Exception):
    """A no with its HTTP `status`; the sentence says what was wrong and what to do. Never raised itself."""

    status: ClassVar[int]

    def __init__(self, sentence: str, headers: Headers = ()) -> None:
        super().__init__(sentence)
        self.headers = headers


class Malformed(Refused):
    """400."""

    status = 400


class Forbidden(Refused):
    """403."""

    status = 403


class Absent(Refused):
    """404."""

    status = 404


class WrongMethod(Refused):
    """405; its headers have `Allow`."""

    status = 405


class Conflict(Refused):
    """409."""

    status = 409


class TooLarge(Refused):
    """413."""

    status = 413


def told(refused: Refused | Refusal) -> Reply:
    """Return the reply that says so."""
    if isinstance(refused, Refusal):
        kind = Malformed if isinstance(refused, RequestMalformed) else Conflict
        refused = kind(refused.message)
    body = {"fake": "nemovideo", "refused": str(refused)}
    return plain(body, status=refused.status, headers=refused.headers)
