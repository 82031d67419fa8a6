"""Which language a text is in, and whether it is one that is read.

Two measures together: the share of English function words, which is robust on a short text, and
py3langid's guess, which names the language when it is another one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from caveat.reading import rules

READ = "en"
_SAMPLE = 4_000  # code points; more does not change the guess
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEW_WORDS = 12  # below this there is too little to tell: read it, as the rules find nothing in noise
_FEW_CODE_POINTS = 72  # … and the same for scripts that put no spaces between words
_PARAGRAPH = 400  # code points of a paragraph; enough to tell, and cheap on every request
_FOREIGN_SHARE = 0.08  # two English function words in thirty; "was" and "in" stand in other languages too
_ENGLISH_SHARE = 0.18  # above it a text is English whatever the guess says; below it the guess decides


def guess(text: str) -> str | None:
    """The BCP 47 code of the text's language, or None where there is too little text to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) < _FEW_WORDS and len(sample) < _FEW_CODE_POINTS:
        return None
    if _english_share(words) >= _ENGLISH_SHARE:
        return READ
    return str(_identifier().classify(sample)[0])


def is_foreign(paragraph: str) -> bool:
    """Whether a paragraph of an English text is in another language, a quotation in the original for one.

    Both measures have to agree: a paragraph of names and figures has few function words too.
    """
    words = _WORD.findall(paragraph[:_PARAGRAPH].lower())
    if len(words) < _FEW_WORDS or _english_share(words) >= _FOREIGN_SHARE:
        return False
    return bool(_identifier().classify(paragraph[:_PARAGRAPH])[0] != READ)


def _english_share(words: list[str]) -> float:
    known = _function_words()
    return sum(word in known for word in words) / max(1, len(words))


def name(code: str) -> str | None:
    """The English name of a language, where we know it."""
    names: dict[str, str] = rules.read("language")["names"]
    return names.get(code)


# Pure functions of files that ship with the package, so remembering their answers shares no state.
@cache
def _function_words() -> frozenset[str]:
    return frozenset(rules.read("language")["function_words"])


@cache
def _identifier() -> Any:  # py3langid has no types
    return LanguageIdentifier.from_model_file(MODEL_FILE)  # type: ignore[no-untyped-call]
