"""The cache: encoded answers and block readings in Redis or its stand-in, and single flight.

In: articles. Out: answers (``answers.Answers``). Whatever goes wrong with the store is a miss, a figure and a
line in the journal, never an error. ``keys`` says what may be in a key and what never is; ``line`` how a
dead Redis costs nothing; ``flight`` how a hundred requests are one reading; ``housekeeping`` is for the
command line.
"""

from caveat.cache.housekeeping import Stats, Unreachable, clear, open_for_housekeeping, stats

__all__ = ["Stats", "Unreachable", "clear", "open_for_housekeeping", "stats"]
