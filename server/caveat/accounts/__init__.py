"""Who may write, rate and decide: accounts with the least data, invitations, tokens.

In: a database session and the time, handed in. Out: accounts, and for a token the account it speaks for.
What can go wrong: ``Refused`` in its kinds, each with a sentence for the person. Knows no Flask.
"""
