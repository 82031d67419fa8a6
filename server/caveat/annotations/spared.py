"""What must not be annotated: pages, whole sites, and people who are no public figures.

In: a session, and a page with the words that somebody wants to add to it. Out: what forbids it, or None. A
site stands for all below it: ``example.org`` spares ``news.example.org``. A person is found by name where
the name's words stand side by side, in any capitals and with or without accents: ``Zoë Müller`` spares "ZOE
MULLER's garden". Who is called alike is spared too, and who is only hinted at is not: no list can do better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caveat.annotations.models import Spared

PAGE, SITE, PERSON = "page", "site", "person"


def refusal(session: Session, page_digest: str, host: str, words: str) -> Spared | None:
    """What forbids to annotate.

    ``host`` is that of the page's normal address, and ``words`` are all that would be kept: the quotation,
    the body, the titles of the sources. The reason of what comes back may be shown to whoever submits.
    """
    place = (Spared.kind == PAGE) & (Spared.key == page_digest)
    site = (Spared.kind == SITE) & Spared.key.in_(list(_and_above(host)))
    found = session.scalar(select(Spared).where(or_(place, site)).limit(1))
    if found is not None:
        return found
    # All names: they are as many as people have asked for, and the primary key has them side by side.
    text = folded(words)
    people = session.scalars(select(Spared).where(Spared.kind == PERSON))
    return next((person for person in people if names(person.key, text)), None)


def names(person: str, text: str) -> bool:
    """Whether a folded text has a folded name in it. A name without a space is of a script without them."""
    return f" {person} " in f" {text} " if " " in person else person in text


def folded(text: str) -> str:
    """Words as they are compared: no capitals, no accents, nothing between them but one space."""
    if text.isascii():
        return " ".join(re.findall("[a-z0-9]+", text.lower()))
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in bare).split())


def _and_above(host: str) -> Iterator[str]:
    """``a.b.example.org``, ``b.example.org``, ``example.org``, ``org``."""
    labels = host.split(".")
    for at in range(len(labels)):
        yield ".".join(labels[at:])
