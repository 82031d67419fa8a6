"""Every measure by its name. Data that is not here gives no figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from figures import Figure
from of_attribution import attribution, polnear
from of_checkworthiness import checkworthiness, debates, kept_aside, tweets
from of_kinds import kinds
from of_names import names
from of_notes import babe, wording
from readings import Readings

# The first of each is on our own articles, the others on public data.
MEASURES: dict[str, tuple[Callable[[Readings], Iterator[Figure]], ...]] = {
    "kinds": (kinds,),
    "names": (names,),
    "attribution": (attribution, polnear),
    "wording": (wording, babe),
    "checkworthiness": (checkworthiness, tweets, kept_aside, debates),
}
