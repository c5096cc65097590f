"""Reading all that lasts of worlds, as YAML that `--import` takes. Uploaded files are named, not sent."""

from __future__ import annotations

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.wire.messages import Pending, Reply

HEADERS = (("Content-Type", "application/yaml"),)


def world(call: Call) -> Reply:
    """Show this world."""
    return _shown(call.world.house.snapshot(call.world.name))


def everything(call: Call) -> Reply:
    """Show all worlds."""
    job = call.world.house.snapshot_of_all()
    clock = call.world.setting.clock
    return Reply(body=Pending(clock=clock, job=job, resume=lambda: _shown(job.result())))


def _shown(text: str) -> Reply:
    return Reply(headers=HEADERS, body=text.encode())
