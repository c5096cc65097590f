"""The served door: one call answers one request of aiohttp's low-level server.

A body that nobody wants is not read, and its connection ends. (aiohttp discards what still arrives
for a moment first: a reset would overtake the reply.) What goes wrong inside the brain is logged, and
answered in a way no client could take for the service's.
"""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from nemovideo_fakeserver.surfaces.aiohttp_bodies import OVER
from nemovideo_fakeserver.surfaces.aiohttp_outlet import Outlet
from nemovideo_fakeserver.surfaces.aiohttp_reply import Replies
from nemovideo_fakeserver.surfaces.aiohttp_request import head_of
from nemovideo_fakeserver.surfaces.intake import has_files, inspected, open_intake
from nemovideo_fakeserver.surfaces.plain import Intake
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Brain,
    Head,
    Malformed,
    Reply,
    Request,
)

DEFECT = Reply(
    status=500,
    headers=(("Content-Type", "text/plain; charset=utf-8"), ("X-Nemo-Fake", "defect")),
    body=b"The harness failed to answer this request; its log says why.\n",
)

logger = logging.getLogger(__name__)


class Door:
    """Answers requests from `brain`. A body has `patience` real seconds to arrive."""

    def __init__(self, brain: Brain, *, patience: float) -> None:
        self._brain = brain
        self._patience = patience
        self.replies = Replies()

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        outlet = Outlet(request)
        try:
            reply = await self._reply(request, outlet)
            return await self.replies.write(request, outlet, reply)
        except ConnectionError:
            return OVER
        except Exception:
            logger.exception("no answer to %s %r", request.method, request.raw_path)
            if not outlet.begun:
                return await self.replies.write(request, outlet, DEFECT)
            outlet.abort()
            return OVER

    async def _reply(self, request: web.BaseRequest, outlet: Outlet) -> Reply:
        head = head_of(request)
        answer = self._brain.admit(head)
        if not isinstance(answer, BodyPlan):
            return answer
        if answer.file_limit is None and not request.body_exists:
            return self._brain.dispatch(Request(head=head))
        return await self._dispatched(request, head, answer, outlet)

    async def _dispatched(
        self, request: web.BaseRequest, head: Head, plan: BodyPlan, outlet: Outlet
    ) -> Reply:
        with open_intake(plan, head, self._brain.spool) as intake:
            if (head.header("expect") or "").lower() == "100-continue" and not intake.refusal:
                await outlet.proceed()
            body = await self._body(request, intake)
            if has_files(body):
                with plan.clock.hold():  # not before: a client may wait on the clock while it sends
                    body = await asyncio.to_thread(inspected, body, self._brain.inspect)
            return self._brain.dispatch(Request(head=head, body=body))

    async def _body(self, request: web.BaseRequest, intake: Intake) -> Body:
        content = request.content
        try:
            if content.is_eof():  # most bodies arrive with their head
                intake.feed(content.read_nowait())
                return intake.finish()
            async with asyncio.timeout(self._patience):
                while intake.refusal is None and (chunk := await content.readany()):
                    intake.feed(chunk)
        except TimeoutError:
            return Malformed(f"The body did not arrive within {self._patience:g} seconds.")
        except web.RequestPayloadError as error:
            return Malformed(f"The framing of the body is broken: {error}.")
        return intake.finish()
