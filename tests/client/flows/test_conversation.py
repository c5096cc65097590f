"""A user's message: what is done for it, and what is shown, in English and in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.display import (
    Delivered,
    Link,
    Problem,
    Say,
    Status,
    Suggestion,
    Timeline,
    Working,
)
from nemovideo_client.errors import Malformed, NothingToExport, OutOfCredits, UsageError
from nemovideo_client.events import Heartbeat, Notice, Text, ToolCall
from nemovideo_client.flows.conversation import converse
from nemovideo_client.flows.speaking import Speaker
from nemovideo_client.wire.steps import Save, Send, Step, Write
from support.playbook import MIDNIGHT, Answered, Played, Service, play
from support.replies import (
    ASK_CLAIM,
    ASK_CREDITS,
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    ASK_UPLOAD,
    CALL,
    LINK,
    ONE_TRACK,
    OPEN_CHAT,
    SESSION,
    SUBMIT,
    TWO_TRACKS,
    context,
    film,
    no,
    ok,
    render,
    rendered,
    session,
    state,
    text,
    token,
    told,
)

FOLDER = Path("films")
RENDER = f"render_{int(MIDNIGHT * 1000)}"
POLL = f"GET /api/render/proxy/lambda/{RENDER}"
FILE = {"filename": "beach.mp4", "duration": 8.0, "width": 640, "height": 360}
NEW = ASK_STATE.replace(SESSION, "7")
WORDS = {"tt": 7, "sg": [{"id": "w", "s": 0, "d": 1000, "m": {"text": "Hi", "role": "subtitle"}}]}

EVERYTHING: dict[str, Answered | list[Answered]] = {
    ASK_STATE: state(ONE_TRACK),
    ASK_CREDITS: ok({"available": 90, "frozen": 10}),
    ASK_UPLOAD: ok({"files": [FILE]}),
    OPEN_CHAT: told(text("Done.")),
    SUBMIT: render("pending"),
    POLL: [render("processing", 60), rendered()],
    f"open GET {LINK}": film(),
}


def said(message: str, *files: str, **answers: Answered) -> Played[bool]:
    """Play a message of a user who is connected."""
    return play(converse(context(), text=message, files=files, folder=FOLDER), Service(EVERYTHING))


def hear(message: str, answers: dict[str, Any], **options: Any) -> Played[bool]:
    """Play a message with some other answers."""
    flow = converse(context(**options), text=message, folder=FOLDER)
    return play(flow, Service({**EVERYTHING, **answers}))


# Each act, in both languages


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Make it blue", [Status("Working on it..."), Say("Done.")]),
        ("把它变成蓝色", [Status("正在处理..."), Say("Done.")]),
        (
            "credits",
            [Say("You have 90 credits."), Say("10 more are reserved for work in progress.")],
        ),
        ("积分", [Say("您有 90 积分。"), Say("另有 10 积分已为进行中的任务预留。")]),
        ("status", [Timeline(("Current timeline (1 track):", "1. Video: beach (0-8s)"))]),
        ("upload", [Say("Which file? Give me its path, or a URL.")]),
        ("上传", [Say("要上传哪个文件？请给我文件路径或链接。")]),
    ],
)
def test_what_is_shown(message: str, shown: list[Any]) -> None:
    """The right words, in the language of the message."""
    played = said(message)

    assert played.result is True
    assert played.shown == shown


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("export", ("⏳ Rendering ~30s", "✅ Video ready!")),
        ("导出", ("⏳ 正在渲染，约30秒", "✅ 视频已就绪！")),
    ],
)
def test_export(message: str, words: tuple[str, str]) -> None:
    """Rendering, how far it is, and then the film in the folder; the chat hears nothing of it."""
    played = said(message)

    path = FOLDER / f"{RENDER}.mp4"
    assert played.shown == [
        Status(words[0]),
        Working("render", 0, 100, "⏳ 0%"),
        Working("render", 60, 100, "⏳ 60%"),
        Working("render", 100, 100, "⏳ 100%"),
        Delivered(path, 1024, words[1]),
    ]
    assert played.bodies(SUBMIT)[0]["output"] == {"format": "mp4", "quality": "high"}
    assert OPEN_CHAT not in played.lines


def test_export_in_a_resolution() -> None:
    """A resolution that is named goes with the order."""
    played = said("export in 720p")

    assert played.bodies(SUBMIT)[0]["output"]["resolution"] == "720p"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "export in 4K",
            "NemoVideo cannot render this film in 4k; ask for 1080p or less, or export it as it is.",
        ),
        (
            "导出4K",
            "NemoVideo无法以4k渲染该视频，请选择1080p或更小的尺寸，或直接导出原尺寸。",
        ),
    ],
)
def test_a_size_that_is_refused_is_one_sentence(message: str, words: str) -> None:
    """In the user's language, and without the names of fields."""
    refusal = no(422, 'output.resolution: one of 720p, 1080p, not "4k"', status=422)
    service = Service({**EVERYTHING, SUBMIT: refusal})

    played = play(converse(context(), text=message, folder=FOLDER), service)

    (problem,) = (shown for shown in played.shown if isinstance(shown, Problem))
    assert problem.error.sentence == words
    assert isinstance(problem.error, Malformed)


@pytest.mark.parametrize("message", ["export", "export in 720p"])
def test_another_refusal_of_an_order_stays_what_it_is(message: str) -> None:
    """What is not about the size is told in the service's words."""
    service = Service({**EVERYTHING, SUBMIT: no(422, "draft: too long", status=422)})

    played = play(converse(context(), text=message, folder=FOLDER), service)

    (problem,) = (shown for shown in played.shown if isinstance(shown, Problem))
    assert problem.error.sentence.startswith("draft: too long")


@pytest.mark.parametrize(
    ("message", "words"), [("upload this", "✅ Uploaded"), ("上传这个", "✅ 已上传")]
)
def test_upload(message: str, words: str) -> None:
    """A file that came with the message is sent, and described when it is there."""
    played = said(message, "beach.mp4")

    assert played.shown[-1] == Say(f"{words} beach.mp4 (8 s, 640x360)")
    assert [part.filename for part in played.requests[0].files] == ["beach.mp4"]


@pytest.mark.parametrize(
    ("message", "name", "words"),
    [
        ("export srt", "subtitles.srt", "✅ Subtitles ready!"),
        ("export vtt", "subtitles.vtt", "✅ Subtitles ready!"),
        ("导出 srt", "subtitles.srt", "✅ 字幕已就绪！"),
    ],
)
def test_subtitles(message: str, name: str, words: str) -> None:
    """Subtitles are written from the state; nothing is rendered."""
    played = hear(message, {ASK_STATE: state({"t": [WORDS]})})

    (write,) = [step for step in played.steps if isinstance(step, Write)]
    assert played.shown == [Delivered(FOLDER / name, len(write.data), words)]
    assert b"Hi" in write.data
    assert SUBMIT not in played.lines


@pytest.mark.parametrize(
    ("message", "words"),
    [("export srt", "There are no words on the timeline."), ("导出 srt", "时间线上没有文字。")],
)
def test_no_subtitles(message: str, words: str) -> None:
    """Without words there is no file, but a problem that says so."""
    played = said(message)

    (problem,) = played.shown
    assert problem.text == words
    assert isinstance(problem.error, UsageError)
    assert played.result is False


# The first message


@pytest.mark.parametrize("claim_link", [True, False])
def test_the_first_message_connects(claim_link: bool) -> None:
    """Token, session, a link where the skill shows one; then what was asked for, in the user's language."""
    answers = {
        ASK_TOKEN: token(),
        ASK_SESSION: session(),
        ASK_CLAIM: ok({"claim_token": "clm_7"}),
    }

    played = hear("积分", answers, token=None, session=None, claim_link=claim_link)

    link = Link("在浏览器中打开项目", "https://nemovideo.com/workspace/claim?ct=clm_7")
    assert played.shown[: 2 + claim_link] == [
        Status("正在连接..."),
        *([link] if claim_link else []),
        Status("已就绪。"),
    ]
    assert played.bodies(ASK_SESSION)[0]["language"] == "zh"
    assert (ASK_CLAIM in played.lines) == claim_link


def test_a_message_without_words_keeps_the_language() -> None:
    """A file alone is no change of language."""
    ctx = context()
    ctx.account.language = "zh"

    played = play(converse(ctx, text="", files=["a.mp4"], folder=FOLDER), Service(EVERYTHING))

    assert played.shown[-1].text.startswith("✅ 已上传")


# What the chat says


def test_talk_of_buttons_is_taken_out() -> None:
    """It comes back as a suggestion at the end."""
    played = hear("x", {OPEN_CHAT: told(text("The clip is ready. Click Export to save it."))})

    assert played.shown[1:] == [
        Say("The clip is ready."),
        Suggestion('Say "export" to get the video.'),
    ]


def test_a_suggestion_is_about_what_was_done_last() -> None:
    """Who asks for the tracks after that is shown them, and need not be told of exports again."""
    ready = told(text("The clip is ready. Click Export to save it."))

    played = hear("Make it blue, then show tracks", {OPEN_CHAT: ready})

    assert OPEN_CHAT in played.lines
    assert isinstance(played.shown[-1], Timeline)


def test_talk_of_panels_shows_the_timeline() -> None:
    """What is to be seen on a screen is told."""
    played = hear("x", {OPEN_CHAT: told(text("Open the timeline panel to see it."))})

    assert [type(thing) for thing in played.shown[1:]] == [Timeline]


def test_talk_of_billing_shows_the_credits() -> None:
    """The balance stands in for the account page."""
    played = hear("x", {OPEN_CHAT: told(text("Nice. Check your account billing page."))})

    assert Say("You have 90 credits.") in played.shown


def test_an_edit_shows_the_timeline_as_it_is_then() -> None:
    """After tools were at work the tracks are told."""
    played = hear(
        "x",
        {ASK_STATE: [state(ONE_TRACK), state(TWO_TRACKS)], OPEN_CHAT: told(CALL, text("Done."))},
    )

    assert played.shown[1] == Say("Done.")
    assert len(played.shown[2].lines) == 3


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("x", "That ended without a word, and nothing on the timeline has changed."),
        ("换成红色", "处理结束了，但没有任何回复，时间线也没有变化。"),
    ],
)
def test_silence_without_a_change(message: str, words: str) -> None:
    """Nobody is left without an answer."""
    assert Say(words) in hear(message, {OPEN_CHAT: told()}).shown


def test_silence_with_a_change() -> None:
    """A silent edit is told, then the timeline."""
    states = [state(ONE_TRACK), state(TWO_TRACKS)]

    played = hear("x", {ASK_STATE: states, OPEN_CHAT: told(CALL)})

    assert [type(thing) for thing in played.shown] == [Status, Say, Timeline]
    assert "Hi" in played.shown[1].text


@pytest.mark.parametrize("message", ["x", "status", "export", "upload a.mp4"])
def test_a_lost_session_is_said_as_a_status(message: str) -> None:
    """Whatever was asked for: a new project is a matter of a few words, and shown as such."""
    answers = {
        ASK_STATE: no(1002),
        ASK_UPLOAD: no(1002),
        ASK_SESSION: session("7"),
        NEW: state(ONE_TRACK),
        ASK_UPLOAD.replace(SESSION, "7"): ok({"files": [FILE]}),
    }

    played = hear(message, answers)

    lost = "The project could not be found any more; this goes on in a new one."
    assert Status(lost) in played.shown
    assert not any(isinstance(thing, Notice) for thing in played.shown)


# What goes wrong


@pytest.mark.parametrize(
    ("message", "answers", "error", "words"),
    [
        ("x", {OPEN_CHAT: no(2001)}, OutOfCredits, "register?bind=anon_abc123"),
        ("导出", {ASK_STATE: state()}, NothingToExport, ""),
    ],
)
def test_a_problem_is_shown_and_ends_the_message(
    message: str, answers: dict[str, Answered], error: type[Exception], words: str
) -> None:
    """It is not raised; the result says that not all went well."""
    played = hear(message, answers)

    problem = played.shown[-1]
    assert isinstance(problem, Problem)
    assert isinstance(problem.error, error)
    assert problem.text == problem.error.sentence
    assert words in problem.text
    assert played.result is False


def test_after_a_problem_nothing_more_is_done() -> None:
    """What else the message asked for is left."""
    played = hear("Make it blue, then export", {OPEN_CHAT: no(2001)})

    assert played.result is False
    assert SUBMIT not in played.lines


def test_what_is_no_affair_of_the_service_is_raised() -> None:
    """A bug is not dressed up as a problem."""

    def buggy(_: str, __: Step) -> Answered:
        raise ZeroDivisionError

    played = play(converse(context(), text="credits", folder=FOLDER), buggy)

    assert isinstance(played.failure, ZeroDivisionError)


def test_bytes_are_told_while_they_travel() -> None:
    """`on_bytes` hears of uploads and downloads, in the user's language."""
    heard: list[Working] = []
    service = Service(EVERYTHING)

    def travel(asked: str, step: Step) -> Answered:
        if isinstance(step, Send) and step.request.progress:
            step.request.progress(5, 10)
        if isinstance(step, Save) and step.progress:
            step.progress(7, None)
        return service(asked, step)

    for message, files in (("上传", ["a.mp4"]), ("export", [])):
        flow = converse(context(), text=message, files=files, folder=FOLDER, on_bytes=heard.append)
        assert play(flow, travel).result

    assert heard == [
        Working("upload", 5, 10, "正在上传..."),
        Working("download", 7, None, "Downloading..."),
    ]


# Speaking

PIECES = ["The clip ", "is re", "ady. ", "Click Exp", "ort to save it. It is", " blue."]


def test_sentences_are_shown_when_they_are_whole() -> None:
    """Pieces become sentences, talk of buttons goes, and the last piece is done."""
    speaker = Speaker()
    shown = [say for piece in PIECES for say in speaker.hear(Text(piece, done=False))]
    shown += speaker.hear(Text(""))

    assert all(isinstance(say, Say) for say in shown)
    assert "".join(say.text for say in shown).split() == [
        "The",
        "clip",
        "is",
        "ready.",
        "It",
        "is",
        "blue.",
    ]
    assert [say.done for say in shown] == [*[False] * (len(shown) - 1), True]
    assert [action.kind for action in speaker.actions] == ["export"]


def test_only_words_and_notices_are_for_people() -> None:
    """Heartbeats and tools are nobody's business."""
    speaker = Speaker()

    assert [*speaker.hear(Heartbeat()), *speaker.hear(ToolCall("x"))] == []
    assert list(speaker.hear(Notice("Still at it"))) == [Notice("Still at it")]


def test_nothing_but_buttons_is_nothing_said() -> None:
    """A message that only talks of the screen leaves no empty line."""
    speaker = Speaker()

    assert list(speaker.hear(Text("Click Export to save it."))) == []


def test_a_message_ends_even_if_its_last_piece_is_about_buttons() -> None:
    """What was said is closed by an empty piece, so that a front end knows that it is whole."""
    speaker = Speaker()
    shown = [*speaker.hear(Text("It is ready. Cl", done=False)), *speaker.hear(Text("ick Export."))]

    assert shown == [Say("It is ready. ", done=False), Say("")]
