"""Conversations: transcripts and interviews, where a line begins with who speaks ("HOST: Good evening").

In: the blocks. Out: the places of what is spoken. Such words belong to the speaker, as words between
quotation marks do: their tone is not the article's, and the label says whose they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from caveat.reading.blocks import Block

_LABEL = re.compile(r"(?:[A-Z][\w.'’-]*(?:\s\(?[A-Z][\w.'’)-]*){0,4}(?:,\s[^:]{1,40})?)\s?:\s+(?=\S)")
_FEWEST_TURNS = 3
_FEWEST_SPEAKERS_TURNS = 2  # somebody speaks again: a list of "Price: …, Size: …" has every label once
_SHARE = 0.4  # of the blocks


def spoken(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The places of what is spoken, labels left out; none where the text is no conversation."""
    turns = [(b, m) for b in blocks if (m := _LABEL.match(b.text))]
    speakers = Counter(m.group() for _, m in turns)
    if (
        len(turns) < max(_FEWEST_TURNS, _SHARE * len(blocks))
        or not speakers
        or max(speakers.values()) < _FEWEST_SPEAKERS_TURNS
        or len(speakers) > len(turns) * 0.75
    ):
        return []
    return [(b.start + m.end(), b.end) for b, m in turns]
