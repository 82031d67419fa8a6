"""What volunteers add to pages, and what the others make of it.

In: a database session, who acts, and the time, handed in. Out: annotations, ratings, a ranking, decisions.
What can go wrong: ``Refused`` in its kinds, each with a sentence for the person. Knows no Flask and nothing
of how a text is read.
"""
