"""Annotations: what volunteers write on the words of a page, how others rate it, and what is shown."""
