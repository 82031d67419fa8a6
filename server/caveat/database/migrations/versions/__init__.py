"""The history of the tables: each version says how to get there from the one before."""
