"""Work that was accepted and came to nothing: a chat message, an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo_client.errors.base import NemoError

if TYPE_CHECKING:
    from nemovideo_client.events import TurnResult


class TurnError(NemoError):
    """A chat message that came to nothing; `turn` is what was seen of it."""

    def __init__(self, message: str, *, turn: TurnResult, next_step: str | None = None) -> None:
        super().__init__(message, next_step=next_step, endpoint="POST /run_sse")
        self.turn = turn


class TurnFailed(TurnError):
    """The stream told of an error."""

    default_next_step = "Check the state of the project before trying again."


class TurnLost(TurnError):
    """The stream broke, and five queries of the state showed no change; or the state cannot be seen."""

    default_next_step = (
        "It may still finish: check the state and the credits before sending it again."
    )


class RenderError(NemoError):
    """An export that came to nothing; `render_id` says which."""

    def __init__(
        self,
        message: str,
        *,
        render_id: str,
        next_step: str | None = None,
        endpoint: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, next_step=next_step, endpoint=endpoint, request_id=request_id)
        self.render_id = render_id


class RenderFailed(RenderError):
    """The render failed; in an export, so did the one retry under a new id."""

    default_next_step = "Check the timeline, then export again."


class RenderCancelled(RenderError):
    """The render was cancelled."""

    default_next_step = "Export again to start another."


class RenderTimeout(RenderError):
    """The render was still running after the last poll; resume with `render_id`."""


class RenderStatusUnknown(RenderError):
    """The service gave a status that no document names."""


class DownloadFailed(RenderError):
    """The film exists, but did not arrive whole, from its link and from the service itself."""

    default_next_step = "Resume the export with the render id."
