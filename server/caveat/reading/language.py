"""Which language a text is in, and whether it is one that is read.

Two measures together: the share of English function words, which is robust on a short text, and
py3langid's guess, which names the language when it is another one.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

READ = "en"
_SAMPLE = 4_000  # code points; more does not change the guess
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEW_WORDS = 12  # below this there is too little to tell: read it, as the rules find nothing in noise

# The commonest English function words that are rare as whole words in other European languages.
_FUNCTION_WORDS = frozenset(
    "the of and to is was that it for with as on by be this are from at which have has had not but they their "
    "were been would will said its his her you we he she who what there when an or if about after into".split()
)
_ENGLISH_SHARE = 0.18  # above it a text is English whatever the guess says; below it the guess decides

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch",
    "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def guess(text: str) -> str | None:
    """The BCP 47 code of the text's language, or None where there is too little text to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) < _FEW_WORDS and len(sample) < _FEW_WORDS * 6:
        return None
    share = sum(word in _FUNCTION_WORDS for word in words) / max(1, len(words))
    if share >= _ENGLISH_SHARE:
        return READ
    code, _ = _identifier().classify(sample)
    return str(code)


def name(code: str) -> str | None:
    """The English name of a language, where we know it."""
    return _NAMES.get(code)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
