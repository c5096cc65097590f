"""Workers last as long as their process, and no longer."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from pathlib import Path
from queue import SimpleQueue
from subprocess import PIPE
from threading import Event

import pytest

from nemovideo_fakeserver.media.children.child import Child, Died, Killed
from nemovideo_fakeserver.media.studio import pool
from nemovideo_fakeserver.media.studio.job import Ask, GivenUp, Job
from nemovideo_fakeserver.media.studio.pool import Children
from nemovideo_fakeserver.media.studio.workers import Workers

SECONDS = 60
"""How long a test waits for what should be at once, before it fails."""

OWNER = """
import os, signal, sys, warnings
from dataclasses import replace
from pathlib import Path
from threading import Event
from nemovideo_fakeserver.core.assets import Synthetic
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.studio.studio import LocalStudio
from nemovideo_fakeserver.media.studio.workers import CHILDREN, FILMS

card = {"t": [{"tt": 0, "sg": [{"d": 1000}]}]}
short = RenderOrder(draft=card, media={}, width=64, height=36, fps=10, seed=1)
sg = [{"s": 3600 * n, "d": 3600, "src": str(n)} for n in range(300)]
long = RenderOrder(draft={"t": [{"tt": 0, "sg": sg}]}, media={}, width=1280, height=720, fps=60, seed=1)
studio = LocalStudio(Path(sys.argv[1]))
studio.render(short).result()
[idle] = CHILDREN._idle

def begun(studio, order):
    asked, ask = Event(), idle.ask
    idle.ask = lambda *more: asked.set() or ask(*more)
    film = studio.render(order)
    assert asked.wait(60)
    return film
"""


def owner(script: str, folder: Path) -> subprocess.Popen[str]:
    """Start a process that has a studio, and goes on as the script says."""
    command = [sys.executable, "-W", "error", "-c", OWNER + script, str(folder)]
    return subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)


NEEDS_PIDFD = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="needs a way to wait for a process that is no child"
)


class Watch:
    """Notices when a process that is no child of ours ends."""

    def __init__(self, pid: int) -> None:
        self._descriptor = os.pidfd_open(pid)

    def ended(self, seconds: float = SECONDS) -> bool:
        """Wait for its end."""
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        gone = bool(poll.poll(seconds * 1000))
        os.close(self._descriptor)
        return gone


BUSY_AND_IDLE = """
film = begun(studio, long)
with CHILDREN.lent() as second:
    pass
print(idle.pid, second.pid, flush=True)
sys.stdin.readline()
"""


@NEEDS_PIDFD
@pytest.mark.parametrize(
    "end", ["sys.exit()", "os.kill(os.getpid(), signal.SIGKILL)"], ids=["exit", "kill"]
)
def test_no_worker_survives_its_process(end: str, tmp_path: Path) -> None:
    """However it ends, and whether the worker is busy or idle; and an end in order is a quiet one."""
    with owner(BUSY_AND_IDLE + end, tmp_path) as process:
        assert process.stdout is not None
        busy, idle = (Watch(int(pid)) for pid in process.stdout.readline().split())
        _, said = process.communicate("go on\n", timeout=SECONDS)

    if "exit" in end:  # its workers end before it does
        assert (busy.ended(seconds=0), idle.ended(seconds=0)) == (True, True)
        assert (process.returncode, said) == (0, "")
    else:
        assert busy.ended()
        assert idle.ended()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
def test_a_fork_has_workers_of_its_own(tmp_path: Path) -> None:
    """It works with others, and neither works with its parent's nor ends their work and its files."""
    script = """
done, film = studio.render(short), begun(studio, long)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # since 3.12: there are threads
    pid = os.fork()
if pid == 0:
    studio.discard(done)
    studio.close()
    assert FILMS.start(lambda ask: "done").result() == "done"
    [own] = CHILDREN._idle
    assert own.pid != idle.pid
    sys.exit(7)
_, status = os.waitpid(pid, 0)
assert os.waitstatus_to_exitcode(status) == 7
assert CHILDREN._lent == {idle} and idle.alive
assert done.result().path.exists() and not film.done()
"""
    with owner(script, tmp_path) as process:
        _, said = process.communicate(timeout=SECONDS)

    assert (process.returncode, said) == (0, "")


def test_the_server_never_loads_what_makes_films(tmp_path: Path) -> None:
    """Not for a fake, nor for a film, a clip or a small picture: that is for workers."""
    script = """
from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.assets import imagined
with Fake():
    pass
clip = Synthetic(kind="image", seconds=0, label="sea", seed=1, width=64, height=36)
asset = imagined(clip, filename="a.png", url="u", hash_="h", origin="generated")
assert studio.make(clip).result().exists() and studio.thumbnail(asset).result().exists()
print({"av", "numpy", "PIL"} & sys.modules.keys())
"""
    with owner(script, tmp_path) as process:
        heard, said = process.communicate(timeout=SECONDS)

    assert (heard, said) == ("set()\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_steps_back_and_inherits_nothing(tmp_path: Path) -> None:
    """It is nice, computes in one thread, has three descriptors of ours and one of its own, and leaves no core."""
    script = """
held = os.open(os.devnull, os.O_RDONLY)
os.set_inheritable(held, True)
idle.end()
studio.render(replace(short, seed=2)).result()
[idle] = CHILDREN._idle
theirs = Path(f"/proc/{idle.pid}/fd")
print(sorted(int(fd.name) for fd in theirs.iterdir()))
print("OPENBLAS_NUM_THREADS=1" in Path(f"/proc/{idle.pid}/environ").read_text().split(chr(0)))
print(os.getpriority(os.PRIO_PROCESS, idle.pid) - os.getpriority(os.PRIO_PROCESS, 0))
limits = Path(f"/proc/{idle.pid}/limits").read_text().splitlines()
print(*(line.split()[-3:-1] for line in limits if "core" in line))
"""
    with owner(script, tmp_path) as process:
        heard, said = process.communicate(timeout=SECONDS)

    assert said == ""
    assert heard.splitlines() == ["[0, 1, 2, 3]", "True", "5", "['0', '0']"]


# Without a real worker


@pytest.fixture
def children() -> Iterator[Children]:
    """Children that are never asked anything, and so never start anything."""
    made = Children("worker", idle=1)
    yield made
    made.end()


def test_so_many_jobs_are_worked_on_at_a_time(children: Children) -> None:
    """With two workers the third job waits for one of the first."""
    workers, going, begun = Workers(children, most=2), Event(), SimpleQueue[int]()

    def work(number: int) -> Callable[[Ask], int]:
        def job(_: Ask) -> int:
            begun.put(number)
            assert going.wait(SECONDS)
            return number

        return job

    jobs = [workers.start(work(number)) for number in range(5)]
    first = {begun.get(timeout=SECONDS) for _ in range(2)}
    assert (first, begun.empty()) == ({0, 1}, True)
    going.set()

    assert [job.result() for job in jobs] == list(range(5))
    assert {begun.get() for _ in range(3)} == {2, 3, 4}
    assert len(children._idle) <= 1


def test_a_job_that_waits_is_cancelled_for_all_who_wait_for_it(children: Children) -> None:
    """Who waits for it hears so at once, though every worker is busy; giving up twice is giving up once."""
    workers, going = Workers(children, most=1), Event()
    busy = workers.start(lambda _: going.wait(SECONDS))
    waiting = workers.start(lambda _: None)

    waiting.give_up("nobody wants it")
    waiting.give_up("nobody wants it")

    assert wait([waiting], SECONDS).done == {waiting}
    assert waiting.cancelled()
    going.set()
    assert busy.result()
    busy.give_up("too late")
    assert busy.result()


def test_a_job_that_is_given_up_before_it_has_a_worker_costs_none(children: Children) -> None:
    """Its child is given back as it was."""
    workers = Workers(children, most=1)
    take, known, begun = children._taken, SimpleQueue[Job[bool]](), Event()

    def taken() -> Child:
        known.get(timeout=SECONDS).give_up("nobody wants it")
        return take()

    children._taken = taken  # type: ignore[method-assign] # the moment between two locks
    job = workers.start(lambda _: begun.wait(SECONDS))
    known.put(job)

    with pytest.raises(GivenUp, match="nobody wants it"):
        job.result()
    assert not begun.is_set()


def test_what_is_given_back_after_the_end_is_not_kept(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was killed while it was lent, and whoever had it is the last to see it go."""
    monkeypatch.setattr(pool, "ENDING_SECONDS", 0.0)

    with children.lent() as child:
        children.end()
        assert not child.alive

    assert (children._idle, children._lent) == ([], set())
    assert child._process.returncode is not None


def test_after_the_end_nobody_works(children: Children) -> None:
    """What still waits when the interpreter ends, fails."""
    children.end()

    with pytest.raises(GivenUp, match="interpreter ended"):
        Workers(children, most=1).start(lambda ask: ask("", 1)).result()


# One child


@pytest.fixture
def child() -> Iterator[Child]:
    """A worker that has not been asked yet."""
    made = Child("nemovideo_fakeserver.media.studio.worker")
    yield made
    made.end()


def test_a_child_that_is_killed_while_it_starts_is_killed(child: Child) -> None:
    """That is no broken installation."""
    child.kill()

    with pytest.raises(Killed):
        child.ask("", SECONDS)
    with pytest.raises(Killed):
        child.ask("", SECONDS)
    assert not child.alive


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that nobody can catch")
def test_a_child_that_dies_says_how(child: Child) -> None:
    """The status of the process is told; and again, when it is asked again."""
    child.ask("x", SECONDS)
    os.kill(child.pid, signal.SIGKILL)

    for _ in range(2):
        with pytest.raises(Died, match="status -9"):
            child.ask("x", SECONDS)
    assert child.end() == child.end() == ""


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="needs signals")
def test_ctrl_c_is_for_the_parent(child: Child) -> None:
    """A terminal sends it to both; the child goes on until its parent ends it."""
    child.ask("x", SECONDS)
    os.kill(child.pid, signal.SIGINT)

    assert child.ask("x", SECONDS)
