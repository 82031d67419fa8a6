"""What a moderator can decide, and the reasons there are.

In: a decision, a reason and words as somebody sent them. Out: a ``Ruling`` that can be carried out. What can
go wrong: ``Refused``, naming the field. Why reports are made and why things are hidden is in
``moderation.toml``.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any

from caveat.accounts.refused import Refused

_TABLES: Mapping[str, Any] = tomllib.loads(
    resources.files("caveat.annotations").joinpath("moderation.toml").read_text("utf-8")
)
KINDS: Mapping[str, Mapping[str, Any]] = _TABLES["reports"]
"""What a report may say."""
REASONS: Mapping[str, Mapping[str, Any]] = _TABLES["reasons"]
"""Why something may be hidden."""
LONGEST = 500  # characters of a moderator's own words: two or three sentences


class Decision(StrEnum):
    """What a moderator can do; the log calls it by the same word."""

    APPROVE = "approve"
    """Let one that waits go on to the raters."""
    KEEP = "keep"
    """Close its reports and change nothing."""
    HIDE = "hide"
    RESTORE = "restore"
    """Take back that it was hidden, held, settled or declined; it stands where it stood."""
    HOLD = "hold"
    """Take it from the readers until a moderator has looked at it."""
    SETTLE = "settle"
    """The page was corrected; the words say what it says now."""
    SHOW = "show"
    """Find it helpful, where the community is too small for a machine to."""
    DECLINE = "decline"
    """Find it not helpful, there."""
    UPHOLD = "uphold"
    """An appeal changes nothing."""
    OVERTURN = "overturn"
    """An appeal is right, and the decision is taken back."""


DONE = {
    Decision.APPROVE: "let it go on to the raters",
    Decision.KEEP: "kept it and closed its reports",
    Decision.HIDE: "hid it",
    Decision.RESTORE: "restored it",
    Decision.HOLD: "held it",
    Decision.SETTLE: "marked it settled",
    Decision.SHOW: "found it helpful",
    Decision.DECLINE: "found it not helpful",
    Decision.UPHOLD: "upheld the decision",
    Decision.OVERTURN: "overturned the decision",
}
"""Each decision as somebody's deed: Ines ... ."""


@dataclass(frozen=True)
class Ruling:
    """What a moderator wants, and why."""

    decision: Decision
    reason: str = ""
    """One of ``REASONS``, to hide."""
    words: str = ""
    """Their own words; what the page says now, to settle."""

    def checked(self) -> Ruling:
        """With its words as they are kept. Refused where the decision needs more than was said."""
        words = sentence(self.words)
        if self.decision is Decision.HIDE:
            if self.reason not in REASONS:
                raise Refused(422, "Choose a reason for hiding. The author is told it.", "#/reason")
            if REASONS[self.reason].get("needs_words") and not words:
                raise Refused(422, "This reason needs a sentence of yours. The author is told it.", "#/words")
        if self.decision is Decision.SETTLE and not words:
            raise Refused(422, "Write what the page says now.", "#/words")
        if self.decision is Decision.UPHOLD and not words:
            raise Refused(422, "Tell the author in a sentence why the decision stands.", "#/words")
        return Ruling(self.decision, self.reason, words)


def sentence(words: str) -> str:
    """A moderator's words as they are kept. Refused where they are too long."""
    kept = " ".join("".join(c for c in words if _is_written(c)).split())
    if len(kept) > LONGEST:
        raise Refused(422, f"Say it in {LONGEST} characters; these are {len(kept)}.", "#/words")
    return kept


def _is_written(character: str) -> bool:
    """Neither a control character, which PostgreSQL may refuse, nor one that turns the text around it."""
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cs", "Cf")
