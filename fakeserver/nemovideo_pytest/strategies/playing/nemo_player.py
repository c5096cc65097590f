"""A player that has the client of this repository do it: `NemoClient`, in any way it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo_client import NemoClient


@dataclass
class NemoPlayer:
    """One user of a `NemoClient`; errors are the client's own, all of them a `NemoError`.

    `wait` lets seconds pass; `again` makes another client of the same token and session, for `resume`.
    """

    nemo: NemoClient
    wait: Callable[[float], Any]
    again: Callable[[NemoClient], NemoClient] | None = None
    render_id: str = ""

    def token(self) -> Any:
        """Get a token, where there is none yet."""
        return None if self.nemo.token else self.nemo.create_anonymous_token()

    def session(self) -> Any:
        """Open a session, and stay in it."""
        return self.nemo.connect()

    def upload(self, file: str) -> Any:
        """Upload a file or a URL."""
        return self.nemo.upload(file)

    def say(self, message: str) -> Any:
        """Send a message; return the TurnResult."""
        return self.nemo.chat(message)

    def leave(self, message: str) -> None:
        """Send a message, and go away with the first event."""
        with self.nemo.stream(message) as events:
            next(iter(events), None)

    def credits(self) -> Any:
        """Return the Credits."""
        return self.nemo.credits()

    def state(self) -> Any:
        """Return the State."""
        return self.nemo.state()

    def order(self) -> Any:
        """Order a film of the draft as it is."""
        render = self.nemo.submit_render()
        self.render_id = render.id
        return render

    def poll(self) -> Any:
        """Return how the film stands."""
        return self.nemo.render_status(self.render_id)

    def cancel(self) -> Any:
        """Call off the film."""
        return self.nemo.cancel_render(self.render_id)

    def download(self) -> Any:
        """Fetch the film, to nowhere: it is looked at and thrown away."""
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            render = self.nemo.render_status(self.render_id)
            return self.nemo.download_render(render, Path(folder) / "film.mp4")

    def export(self) -> Any:
        """Order a film and wait until it is there; return the Export."""
        export = self.nemo.export()
        self.render_id = export.render.id
        return export

    def resume(self) -> None:
        """Go on with another client."""
        if self.again is not None:
            self.nemo = self.again(self.nemo)
