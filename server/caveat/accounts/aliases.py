"""Aliases: the names that volunteers go by, no two of which look alike.

In: what a person typed. Out: the alias as it is shown, and its key, which is the same for all that look
like it. What can go wrong: ``Refused`` (422) with what an alias may be.

The key follows the idea of Unicode Technical Standard 39 (skeletons), with a table of our own of the
letters that matter for short names: capitals, accents, look-alike letters of other alphabets and of digits
fall together, and what separates words falls away. That it calls some different names alike is accepted.
"""

from __future__ import annotations

import re
import unicodedata

from caveat.accounts.refused import Refused

LEAST, MOST = 3, 30

_SEPARATORS = " -_."
# Accents, and what nobody sees: PostgreSQL would not even look for some of it.
_UNSEEN = ("Mn", "Cc", "Cf", "Cs", "Co", "Cn")
# Alphabets that are written together; any other mixture of alphabets is a disguise.
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "LATIN"})

# What looks like a Latin letter, in lower case and without accents.
_LIKE = str.maketrans(
    dict(
        zip(
            "авеѕіјкмнорстухьԁһӏԛԝгпѵαβγεηικνορτυχωıłøđħŧƒɑʟօսոց01|",
            "abesljkmhopctyxbdhlqwrnvabyenlkvoptuxwllodhtfaloungoll",
            strict=True,
        )
    )
)  # Cyrillic, Greek, and others
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))

# Names that would speak for the project or for nobody.
_RESERVED = (
    "admin", "administrator", "administrators", "anonymous", "bot", "caveat", "deleted", "desk", "educator",
    "everyone", "former volunteer", "help", "mod", "moderation", "moderator", "moderators", "nobody",
    "null", "official", "operator", "owner", "root", "security", "staff", "support", "sysop", "system",
    "team", "undefined", "unknown", "volunteer", "volunteers", "webmaster",
)  # fmt: skip

_MAY = (
    f"An alias has {LEAST} to {MOST} characters: letters of one alphabet, digits, and between them single "
    "spaces, hyphens, underscores or full stops."
)


def shown(typed: str) -> str:
    """The alias as it will be shown. Raises ``Refused``."""
    alias = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not LEAST <= len(alias) <= MOST or not _well_formed(alias):
        raise Refused(422, _MAY, "#/alias")
    words = [word.rstrip("0123456789") for word in re.split(r"[ \-_.]+", alias.casefold())]
    if _RESERVED_KEYS & {key(alias), *(key(word) for word in words)}:
        raise Refused(422, "This alias would speak for more than you. Take another.", "#/alias")
    return alias


def key(alias: str) -> str:
    """What is the same for all that look alike. Of any text; of one that is no alias it finds nobody."""
    folded = unicodedata.normalize("NFKC", alias[: 4 * MOST]).casefold()
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if letter not in _SEPARATORS and unicodedata.category(letter) not in _UNSEEN
    )
    plain = plain.translate(_LIKE).replace("i", "l")
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain[:160]


def beginnings(typed: str) -> set[str]:
    """How the keys begin of all aliases that begin so. There may be two: of "Bern" the key begins otherwise
    than that of "Ber"."""
    plain = key(typed)
    return {plain, *(plain[:-1] + one for pair, one in _PAIRS if plain and plain[-1] == pair[0])}


def _well_formed(alias: str) -> bool:
    alphabets = set()
    for before, letter, after in zip(" " + alias, alias, alias[1:] + " ", strict=False):
        kind = unicodedata.category(letter)
        if letter in _SEPARATORS:
            if before in _SEPARATORS or after in _SEPARATORS:
                return False
        elif kind.startswith("L"):
            alphabets.add(unicodedata.name(letter, "?").split()[0].split("-")[0])
        elif kind in ("Mn", "Mc"):  # some scripts write vowels so; a heap of marks is no letter
            if not unicodedata.category(before).startswith("L"):
                return False
        elif not (letter.isascii() and letter.isdigit()):
            return False
    return bool(alphabets) and (len(alphabets) == 1 or alphabets <= _TOGETHER)


_RESERVED_KEYS = frozenset(key(word) for word in _RESERVED)
