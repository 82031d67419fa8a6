"""Check-worthiness: how likely it is that somebody would want a sentence checked.

In: a read ``Doc`` and the places of its sentences. Out: a calibrated probability for each. Only tokens and
their tags are looked at, so nothing that other components say of a block changes a score, and what is
known of a word is worked out once. It ranks; it never decides whether a note may exist.

``weights.npz`` holds what ``caveat train checkworthiness`` learned from ClaimBuster; ``MODEL_CARD.md`` says
what it is good and bad at.
"""

from caveat.reading.checkworthiness.scoring import Scorer, Weights

__all__ = ["Scorer", "Weights"]
