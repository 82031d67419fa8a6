"""Rendering: an article and its analysis in, something to read out.

``margin`` sets the article as text with numbered notes beside it, for a terminal; ``page`` sets it
as one self-contained HTML page. Both see the article through ``marks``: paragraphs cut into pieces,
each with the marks that lie on it. Nothing here can go wrong on any text: what a terminal or a
browser could mistake for an instruction is made harmless first.
"""
