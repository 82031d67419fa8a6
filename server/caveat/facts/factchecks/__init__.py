"""Claims that fact checkers have looked at: read from their feeds, and kept.

In: files of ClaimReview in the shapes they really have (``README.md``). Out: ``FactCheck`` records in a store
that servers read while an import writes. What can go wrong: ``StoreFault``, which says what to do.
"""

from caveat.facts.factchecks.faults import StoreFault
from caveat.facts.factchecks.record import FactCheck
from caveat.facts.factchecks.store import Kept, Store

__all__ = ["FactCheck", "Kept", "Store", "StoreFault"]
