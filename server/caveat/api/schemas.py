"""The shape of an analysis, for the OpenAPI document and what is generated from it.

These schemas only describe: an answer is encoded once by ``caveat.article.encode`` and its bytes are
sent untouched. Tests hold the two against each other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from caveat.article import ClaimKind, Family, Level, LookAt, SourceKind


class Closed(Schema):
    """An object with these fields and no others."""

    class Meta:
        unknown = RAISE


def _text(description: str, **more: Any) -> fields.String:
    return fields.String(required=True, metadata={"description": description}, **more)


def _number(description: str, **more: Any) -> fields.Integer:
    return fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(min=0),
        metadata={"description": description},
        **more,
    )


def _share(description: str) -> fields.Float:
    return fields.Float(
        required=True, validate=validate.Range(min=0, max=1), metadata={"description": description}
    )


def _one(schema: type[Schema], *, nullable: bool = False) -> fields.Nested:
    return fields.Nested(schema, required=True, allow_none=nullable)


def _many(schema: type[Schema], description: str, *, required: bool = True) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), required=required, metadata={"description": description})


def _choice(values: type[StrEnum], description: str) -> fields.String:
    return _text(description, validate=validate.OneOf([value.value for value in values]))


START = "Code point at which the words begin; text[start:end] is the words."
END = "Code point after the words."


class SpanSchema(Closed):
    """Words of the article and where they stand."""

    start = _number(START)
    end = _number(END)
    text = _text("The words.")


class QuoteSchema(Closed):
    """A W3C TextQuoteSelector."""

    exact = _text("The words.")
    prefix = _text("Up to 32 code points before them.")
    suffix = _text("Up to 32 code points after them.")


class AttributionSchema(Closed):
    """Who stands behind a claim, and through whom it reached the article."""

    kind = _choice(SourceKind, "How well a reader could look the source up.")
    source = _one(SpanSchema, nullable=True)
    cue = _one(SpanSchema, nullable=True)
    content = _many(SpanSchema, "What is attributed; it can be in several pieces.")
    relayed_by = _one(SpanSchema, nullable=True)
    name = _text("The full name given earlier, where the source is a short form.", allow_none=True)
    voiced = fields.Boolean(
        required=True, metadata={"description": "Said or thought; what is merely wanted or done is not."}
    )


class EvidenceSchema(Closed):
    """A record outside the page."""

    title = _text("What it is; of a fact check, the claim as it was checked.")
    url = _text("Where it is.")
    date = _text("Its date.", allow_none=True)
    publisher = _text("Who published it.", allow_none=True)
    rating = _text("Of a fact check: what it found, in its own words.", allow_none=True)


class LookSchema(Closed):
    """A way out of the page: a prepared search."""

    title = _text("The words that are searched for.")
    at = _choice(LookAt, "Where the search leads.")
    url = _text("What to open.")


class ClaimSchema(Closed):
    """A span that states something checkable."""

    id = _text("Its name within this answer.")
    start = _number(START)
    end = _number(END)
    quote = _one(QuoteSchema)
    kind = _choice(ClaimKind, "What sort of thing it states.")
    checkworthiness = _share("How much checking it would be worth. It ranks; it never decides.")
    attribution = _one(AttributionSchema)
    look = _many(LookSchema, "Ways out of the page.")
    suggested = _many(EvidenceSchema, "Fact checks of claims that are like it; whether they fit, people say.")


class PageNoteSchema(Closed):
    """A signal noticed about the article as a whole."""

    id = _text("Its name within this answer.")
    signal = _text("The signal's id in the catalogue.")
    message = _text("What was noticed.")
    question = _text("What to ask oneself.")
    confidence = _share("How sure the machine is that it noticed this.")
    evidence = _many(EvidenceSchema, "Records outside the page.")
    look = _many(LookSchema, "Ways out of the page.")


class NoteSchema(Closed):
    """A signal noticed at a span. It is about the words, never a verdict."""

    id = _text("Its name within this answer.")
    signal = _text("The signal's id in the catalogue.")
    claim = _text("The id of the claim it is about.", allow_none=True)
    start = _number(START)
    end = _number(END)
    quote = _one(QuoteSchema)
    message = _text("What was noticed.")
    question = _text("What to ask oneself.")
    confidence = _share("How sure the machine is that it noticed this.")
    evidence = _many(EvidenceSchema, "Records outside the page.")
    look = _many(LookSchema, "Ways out of the page.")


class CoverageSchema(Closed):
    """What was looked at."""

    sentences = _number("Sentences read.")
    claims = _number("Claims found.")
    attributed = _number("Claims with a source of any kind.")
    named = _number("Claims with a source a reader can look up.")


class UnreadSchema(Closed):
    """Why an article was not read."""

    reason = _text("The reason in one word.", validate=validate.OneOf(["language", "empty"]))
    message = _text("The reason in words for the reader.")


class SignalSchema(Closed):
    """An entry of the catalogue: what can be noticed."""

    id = _text("Its name.")
    name = _text("Its name for a reader.")
    family = _choice(Family, "Decides the style of the line under the words.")
    level = _choice(Level, "How loudly it speaks.")
    line = _text("What it is.")
    why = _text("Why it matters.")
    question = _text("What to ask oneself.")
    after = _text("The concept it follows.")
    reference = _text("Where that concept is explained.")
    default = fields.Boolean(required=True, metadata={"description": "Whether it is on unless switched off."})


class PeoplesSignalSchema(Closed):
    """What only a person can notice."""

    id = _text("Its name.")
    name = _text("Its name for a reader.")
    family = _choice(Family, "Decides the style of the line under the words.")
    line = _text("What it is.")
    needs_source = fields.Boolean(
        required=True, metadata={"description": "Whether an annotation of it has to name a source."}
    )


class ListingSchema(Closed):
    """What a public list says about an outlet that the article links or cites."""

    outlet = _text("What it is called.")
    domain = _text("Its domain.")
    category = _text("In the list's own words.")
    date = _text("When the list said so.")
    url = _text("Where it was discussed.")
    places = fields.List(
        fields.Tuple((fields.Integer(), fields.Integer())),
        required=True,
        metadata={"description": "Where the article links or cites it: start and end, in code points."},
    )


class SentenceSchema(Closed):
    """A sentence of the article, whatever its score."""

    start = _number(START)
    end = _number(END)
    checkworthiness = _share("How much checking it would be worth.")
    kind = _choice(ClaimKind, "What sort of thing it states.")


class AnalysisSchema(Closed):
    """All claims and notes of one article, and what was looked at."""

    engine = _text("What read the article, with versions.")
    language = _text("BCP 47; null where there is too little text to tell.", allow_none=True)
    claims = _many(ClaimSchema, "In the order of the text.")
    notes = _many(NoteSchema, "In the order of the text.")
    page_notes = _many(PageNoteSchema, "About the article as a whole.")
    coverage = _one(CoverageSchema)
    unread = _one(UnreadSchema, nullable=True)
    signals = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SignalSchema),
        required=True,
        metadata={"description": "The catalogue's entries for the notes above, by id."},
    )
    listings = _many(ListingSchema, "Of the outlets that the article links or cites.")
    sentences = _many(SentenceSchema, "All of them; only with detail=sentences.", required=False)
    attributions = _many(AttributionSchema, "All of them; only with detail=attributions.", required=False)


class CatalogueSchema(Closed):
    """The whole catalogue of signals."""

    version = _text("Changes whenever an entry does.")
    signals = _many(SignalSchema, "In the order in which they are best shown. Machine and people use them.")
    people = _many(PeoplesSignalSchema, "What only people's annotations can be about.")
