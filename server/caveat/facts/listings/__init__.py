"""Listings: what Wikipedia's editors say, on their public lists, of the outlets an article links or cites.

In: an address or a name that an article gives. Out: the list's entry for it, in the list's own words, with
the date and a way to the discussion; nothing where no rule fits or it could be another outlet. It says what a
list says and is never turned into a number. Where the rules come from, and their licence: ``README.md``.
"""

from caveat.facts.listings.listings import Entry, Listings
from caveat.facts.listings.table import Table

__all__ = ["Entry", "Listings", "Table"]
