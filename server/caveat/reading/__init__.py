"""Reading: a text in, claims and notes out. Knows spaCy; knows no Flask, no Redis, no SQL.

In: an ``Article``. Out: an ``Analysis``, the same one for the same article. ``Reader`` is the face
of the room; ``pipeline.load`` gives the spaCy pipeline alone. What can go wrong: the model is not
installed (``ModelMissing``). Text that cannot be read gives an analysis that says so, never an error.
"""

from caveat.reading.blocks import Block
from caveat.reading.pipeline import ModelMissing
from caveat.reading.reader import Reader, Survey
from caveat.reading.record import BlockReading

__all__ = ["Block", "BlockReading", "ModelMissing", "Reader", "Survey"]
