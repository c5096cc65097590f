"""Mutants of the state of a session."""

from __future__ import annotations

from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call

STATE = "GET /api/state/nemo_agent/{user}/{session}/latest"


def _empty(patient: Patient) -> Any:
    return patient.me.state()


def _scored(patient: Patient) -> Any:
    patient.me.say(LOOP)
    return patient.me.state()


def _generated(patient: Patient) -> Any:
    patient.me.say(BEACH)
    return patient.me.state()


def _uploaded(patient: Patient) -> Any:
    patient.me.upload_url("a.mp4")
    patient.me.upload_url("b.mp4")
    return patient.me.state()


def _around(patient: Patient) -> Any:
    path = f"/api/state/nemo_agent/me/{patient.me.session}/latest"
    return patient.me.get(path).json()["data"]


def _state(cut: Surgery, change: Any) -> None:
    told(cut, "tasks", "state", lambda data: change(data["state"]))


@mutant(STATE, _empty)
def no_analyses(cut: Surgery) -> None:
    """The state has no `video_analyses`."""
    _state(cut, lambda state: state.pop("video_analyses"))


@mutant(STATE, _empty)
def no_generated_media(cut: Surgery) -> None:
    """The state has no `generated_media`."""
    _state(cut, lambda state: state.pop("generated_media"))


@mutant(STATE, _empty)
def no_canvas(cut: Surgery) -> None:
    """The state has no `canvas_config`."""
    _state(cut, lambda state: state.pop("canvas_config"))


@mutant(STATE, _empty)
def assets_instead_of_video_infos(cut: Surgery) -> None:
    """The state calls its `video_infos` `assets`."""
    _state(cut, lambda state: state.update(assets=state.pop("video_infos")))


@mutant(STATE, _around)
def no_session_id_beside_the_state(cut: Surgery) -> None:
    """The reply with the state does not say which session it is of."""
    told(cut, "tasks", "state", lambda data: data.pop("session_id"))


@mutant(STATE, _around)
def no_task_id_beside_the_state(cut: Surgery) -> None:
    """The reply with the state does not say which task it is of."""
    told(cut, "tasks", "state", lambda data: data.pop("task_id"))


@mutant("canvas and analyses", _empty)
def a_canvas_on_its_side(cut: Surgery) -> None:
    """The width of the canvas is its height."""

    def turned(state: dict[str, Any]) -> None:
        canvas = state["canvas_config"]
        canvas["width"], canvas["height"] = canvas["height"], canvas["width"]

    _state(cut, turned)


@mutant("empty draft", _empty)
def an_empty_draft_is_ready(cut: Surgery) -> None:
    """A session in which nothing was done has a draft with a track and a segment."""
    nothing = {"t": [{"tt": 0, "sg": [{"id": "seg_0", "s": 0, "d": 0}]}]}
    _state(cut, lambda state: state["draft"] or state.update(draft=nothing))


@mutant("silent edits", _scored)
def the_state_of_before(cut: Surgery) -> None:
    """The state shows the draft as it was before the last message."""

    def around(handler: Any, call: Call) -> Any:
        session = call.session()
        shown = session.draft
        if session.turns:
            session.draft = session.turns[-1].before
        try:
            return handler(call)
        finally:
            session.draft = shown

    cut.handler(STATE, around)


@mutant("media descriptions", _generated)
def what_was_generated_is_not_listed(cut: Surgery) -> None:
    """A generated video does not join `generated_media`."""
    _state(cut, lambda state: state.update(generated_media=[]))


@mutant("POST /api/upload-video/nemo_agent/{user}/{session}", _uploaded)
def only_the_first_upload_is_listed(cut: Surgery) -> None:
    """`video_infos` has the first upload and forgets the others."""
    _state(cut, lambda state: state.update(video_infos=state["video_infos"][:1]))


@mutant("POST /api/upload-video/nemo_agent/{user}/{session}", _uploaded)
def uploads_are_not_listed(cut: Surgery) -> None:
    """`video_infos` stays empty after an upload."""
    _state(cut, lambda state: state.update(video_infos=[]))
