"""Which language a message is written in, for the `language` of a new session.

Law: the script decides, and for Latin script the small words. What is quoted, and names of files, do not
count: somebody may ask in English for a Chinese title.

The code goes out as it is: create-session is documented with `en`, `zh`, `zh-CN`, `ja` and `es` (all four
skills, "Create Session"; `<detected>` in their tables of variables).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from nemovideo_client.talk.marks import FILE, LINK, covered

SCRIPTS = {
    "CJK": ("zh", 3),
    "HIRAGANA": ("ja", 3),
    "KATAKANA": ("ja", 3),
    "HANGUL": ("ko", 3),
    "CYRILLIC": ("ru", 2),
    "ARABIC": ("ar", 2),
    "HEBREW": ("he", 2),
    "GREEK": ("el", 2),
    "THAI": ("th", 2),
    "DEVANAGARI": ("hi", 2),
}
"""First word of a letter's Unicode name, the language it is most often used for, and what a letter weighs."""

LATIN_WORD = 6
"""What a word in Latin script weighs."""

SMALL_WORDS = {
    "en": "the an to of and with my is are make add create this it for please me your about not any anything something",
    "es": "el los las una para con del que y mi este crea haz añade agrega pon quiero hola gracias",
    "fr": "le les des une pour avec dans du et mon ma cette ajoute crée fais veux bonjour merci",
    "de": "der das ein eine und mit für ist ich zu den mein füge mach erstelle bitte hallo danke",
    "pt": "os um uma para com do da meu minha faça crie adicione quero não olá obrigado",
    "it": "il gli una per con di della mio mia crea aggiungi fai voglio ciao grazie",
}
"""Words that most messages of a language have; English is also what is left."""

BORROWED = frozenset(["ai", "app", "bgm", "dj", "hd", "logo", "mv", "ok", "srt", "vlog", "vtt"])
"""Latin words that are at home in any script."""

_LATIN = re.compile(r"(?<![a-z0-9])[a-zà-öø-ÿœ]+(?![a-z0-9])", re.IGNORECASE)


def detect(text: str) -> str:
    """Return the language code of a message; `en` where nothing tells."""
    cover = covered(text)
    unquoted = "".join(" " if c in (FILE, LINK) else t for c, t in zip(cover, text, strict=True))
    return _language(cover) or _language(unquoted) or "en"


def _language(text: str) -> str | None:
    """Weigh the scripts against each other; None where there is no letter."""
    text = unicodedata.normalize("NFKC", text)
    weights = _weights(text)
    words = [word.lower() for word in _LATIN.findall(text)]
    if not weights and not words:
        return None
    latin = LATIN_WORD * sum(word not in BORROWED for word in words)
    if weights and max(weights.values()) >= latin:
        return _heaviest(weights)
    return _of_latin_script(words)


def _weights(text: str) -> Counter[str]:
    weights: Counter[str] = Counter()
    for letter in text:
        name = unicodedata.name(letter, "").partition(" ")[0]
        if letter.isalpha() and name in SCRIPTS:
            language, weight = SCRIPTS[name]
            weights[language] += weight
    return weights


def _heaviest(weights: Counter[str]) -> str:
    """Japanese has kana among its Chinese characters; one for decoration does not make it Japanese."""
    language = max(weights, key=lambda code: weights[code])
    if language in ("zh", "ja"):
        return "ja" if weights["ja"] * 6 >= weights["zh"] else "zh"
    return language


def _of_latin_script(words: list[str]) -> str:
    """Return the language most of whose small words occur; English where it is even."""
    hits = {code: sum(w in small.split() for w in words) for code, small in SMALL_WORDS.items()}
    return max(hits, key=lambda code: (hits[code], code == "en"))
