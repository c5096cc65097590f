"""Subtitles: captions along the picture.

Law: nobody here listens to speech. Quoted or listed words become the captions; without them stand-ins are laid, one
every few seconds, so that a client has captions to show, change and remove.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.lexicon import Lexicon
from nemovideo_fakeserver.agent.reading.style import look
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.captions import meant
from nemovideo_fakeserver.agent.stage.staging import nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import span
from nemovideo_fakeserver.agent.stage.timeline import (
    SUBTITLE,
    about,
    pictures,
    put,
    subtitles,
    titles,
)
from nemovideo_fakeserver.core.draft import TEXT, Change, Operation, Put, Remove, Segment, segments

EACH_MS, MOST = 3_000, 40
SIZE = 24
LOOKS = {"color": "white", "position": "bottom-center", "size": SIZE}

LANGUAGES = Lexicon(
    {
        "en": "english|英文|英语",
        "zh": "chinese|mandarin|中文|汉语|普通话",
        "es": "spanish|西班牙语|西语",
        "fr": "french|法语",
        "de": "german|德语",
        "ja": "japanese|日语|日文",
        "ko": "korean|韩语|韩文",
        "pt": "portuguese|葡萄牙语",
        "it": "italian|意大利语",
        "ru": "russian|俄语",
        "ar": "arabic|阿拉伯语",
        "hi": "hindi|印地语",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """A wish for subtitles, or for another look of those that are there."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Captions | None:  # noqa: ARG001  # a family's signature
    """Take what speaks of subtitles."""
    return Captions(clause=clause) if nouns.mentions("subtitles", clause.lowered) else None


def perform(request: Captions, bench: Bench) -> Deeds:
    """Lay captions, or change the look of those that are there."""
    if not pictures(bench.draft):
        return (nothing_to_edit(bench),)
    there = subtitles(bench.draft)
    if there and (one := _one(request.clause, bench)):
        return (one,)
    looks = look(request.clause.lowered, int(about(there[0]).get("size", SIZE)) if there else SIZE)
    language = LANGUAGES.first(request.clause.lowered)
    if there and looks and not request.clause.quotes and language is None:
        return (
            Work(
                op="change_subtitles",
                told=bench.speak("The subtitles have their new look.", "字幕样式已更新。"),
                facts={"track": "text", "segments": [s["id"] for s in there], **looks},
                operations=tuple(Change(s["id"], {"m": looks}) for s in there),
            ),
        )
    return (_laid(request.clause, bench, language or bench.language),)


def _one(clause: Clause, bench: Bench) -> Deed | None:
    """Change the subtitles that a clause counts to or quotes, if it does; the others stay as they are."""
    chosen = meant(clause, bench, clause.quotes[:-1])
    words, looks = clause.quotes[-1:], look(clause.lowered, SIZE)
    if isinstance(chosen, Answer):
        return chosen
    if not chosen or not (words or looks):
        return None
    patch = {**({"text": words[0]} if words else {}), **looks}
    shown = "”, “".join(str({**about(s), **patch}["text"]) for s in chosen)
    return Work(
        op="change_subtitles",
        told=bench.speak(f"Subtitle updated: “{shown}”.", f"已更新字幕“{shown}”。"),
        facts={"track": "text", "segments": [s["id"] for s in chosen], **patch},
        operations=tuple(Change(s["id"], {"m": patch}) for s in chosen),
    )


def _laid(clause: Clause, bench: Bench, language: str) -> Work:
    """Captions get the first text track to themselves; titles that would overlap move to tracks of their own."""
    lines = list(_lines(clause, bench, *span(clause, bench), language))
    operations: list[Operation] = [Remove(s["id"]) for s in segments(bench.draft, TEXT)]
    operations += [Put(TEXT, line) for line in lines]
    for text in titles(bench.draft):
        operations.append(put(bench.after_all(operations).draft, TEXT, text))
    return Work(
        op="add_subtitles",
        told=bench.speak(
            *_told(len(lines), clause, bench, language),
        ),
        facts={"track": "text", "segments": [s["id"] for s in lines], "language": language},
        operations=tuple(operations),
    )


def _told(count: int, clause: Clause, bench: Bench, language: str) -> tuple[str, str]:
    """Nobody hears what is spoken, so captions that are not the user's own words are called stand-ins."""
    name = LANGUAGES.label(language, bench.language)
    name = name.capitalize() if bench.language == "en" else name
    if clause.quotes:
        many = "subtitle runs" if count == 1 else "subtitles run"
        return f"{count} {many} along the video.", f"已添加{count}条字幕。"
    return (
        f"I laid {count} placeholder captions ({name}) along the video; tell me the words, or type them in the subtitle panel.",
        f"已添加{count}条占位字幕（{name}），文字可以告诉我，或在字幕面板里修改。",
    )


def _lines(clause: Clause, bench: Bench, start: int, stop: int, language: str) -> Iterator[Segment]:
    room = stop - start
    count = len(clause.quotes[:MOST]) or max(1, min(MOST, room // EACH_MS))
    each = max(1, room // count)
    for number in range(count):
        text = clause.quotes[number] if clause.quotes else _stand_in(number + 1, language)
        yield {
            "id": bench.new_id("subtitle", number),
            "s": start + number * each,
            "d": each,
            "m": {
                "text": text,
                "role": SUBTITLE,
                "language": language,
                **LOOKS,
                **look(clause.lowered, SIZE),
            },
        }


def _stand_in(number: int, language: str) -> str:
    return f"字幕第{number}句" if language == "zh" else f"Subtitle line {number}"


FAMILY = Family(recognise=recognise, perform=perform)
