"""Annotations in JSON: what a client may send, what it gets, and how one becomes the other.

In: parsed JSON for ``SubmissionSchema`` and its like, which build what the services take; for ``shown`` an
annotation and who looks. Out: a ``Draft``, or a plain dictionary. What can go wrong:
``marshmallow.ValidationError`` for the shape of what was sent; what it says is the services' to judge.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from caveat.accounts.models import Account
from caveat.annotations import drafts, rules
from caveat.annotations.complaints import LONGEST_WORDS
from caveat.annotations.drafts import Cited, Draft
from caveat.annotations.lookup import WAITING, Seen
from caveat.annotations.models import Status, Verdict
from caveat.api.article_schema import LANGUAGE_TAG, LONGEST_ADDRESS, AtMost, CodePoints
from caveat.api.problems import ProblemSchema

FORMER = "former volunteer"  # whoever closed their account
DECIDED = (Status.HELPFUL, Status.NOT_HELPFUL, Status.SETTLED)
DIGEST = r"^[0-9a-f]{64}$"


class Closed(Schema):
    """An object with these fields and no others."""

    class Meta:
        unknown = RAISE


def _text(description: str, longest: int, **more: Any) -> fields.String:
    more.setdefault("required", True)
    checks = [AtMost(longest, "characters"), *more.pop("validate", [])]
    return fields.String(validate=checks, metadata={"description": description}, **more)


def _said(description: str, **more: Any) -> Any:
    return fields.String(required=True, metadata={"description": description}, **more)


# --- In -----------------------------------------------------------------------------------------


class CitedSchema(Closed):
    """A page that an annotation rests on."""

    url = _text("Its address: http or https.", LONGEST_ADDRESS)
    title = _text("What it is called.", drafts.LONGEST_SOURCE_TITLE, required=False, load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Cited:
        return Cited(**data)


class PageSchema(Closed):
    """The page that somebody reads."""

    url = _text("Its address. What measures readers in it is not kept.", LONGEST_ADDRESS)
    title = _text("Its title.", drafts.LONGEST_TITLE, required=False, load_default="")


class TargetSchema(Closed):
    """The words that are annotated: a W3C TextQuoteSelector, and where they began."""

    exact = _text("The words.", drafts.LONGEST_QUOTE)
    prefix = _text(
        "Up to 32 code points before them.", drafts.LONGEST_CONTEXT, required=False, load_default=""
    )
    suffix = _text(
        "Up to 32 code points after them.", drafts.LONGEST_CONTEXT, required=False, load_default=""
    )
    start = CodePoints("Code point of the article's text at which they began.")
    start.required, start.allow_none = False, True


def _body() -> fields.String:
    return _text("Plain text.", drafts.LONGEST_BODY)


def _signal() -> fields.String:
    return _text("The signal's id.", 40)


def _sources() -> Any:
    return fields.List(
        fields.Nested(CitedSchema),
        validate=AtMost(drafts.MOST_SOURCES, "sources"),
        metadata={"description": f"At most {drafts.MOST_SOURCES}; some signals take at least one."},
    )


def _language() -> fields.String:
    tag = validate.Regexp(LANGUAGE_TAG, error="It must be a language tag such as en or en-GB.")
    return _text("The language of the body.", 35, required=False, allow_none=True, validate=[tag])


class SubmissionSchema(Closed):
    """What somebody wants to say of words on a page."""

    client_id = fields.String(
        required=True,
        validate=validate.Regexp(
            drafts.CLIENT_ID, error="It takes 1 to 64 letters, digits, - and _; a random UUID does."
        ),
        metadata={"description": "The client's own name for it. The same twice is one annotation."},
    )
    page = fields.Nested(PageSchema, required=True)
    target = fields.Nested(TargetSchema, required=True)
    signal = _signal()
    body = _body()
    sources = _sources()
    language = _language()
    anyway = fields.Boolean(
        load_default=False, metadata={"description": "Submit it though there is a similar one."}
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Draft:
        page, target = data.pop("page"), data.pop("target")
        return Draft(**page, **target, **data | {"sources": tuple(data.get("sources", ()))})


class EditSchema(Closed):
    """What to change. What is left out stays."""

    signal = _signal()
    body = _body()
    sources = _sources()
    language = _language()
    signal.required = body.required = False

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | ({"sources": tuple(data["sources"])} if "sources" in data else {})


class CorrectionSchema(Closed):
    """What the page says now."""

    correction = _text("In a sentence or two.", drafts.LONGEST_BODY)


class GivenRatingSchema(Closed):
    """What a volunteer makes of an annotation."""

    verdict = fields.String(required=True, validate=validate.OneOf([verdict.value for verdict in Verdict]))
    reasons = fields.List(
        fields.String(validate=validate.OneOf([*rules.GOOD, *rules.POOR])),
        load_default=list,
        validate=AtMost(len(rules.GOOD) + len(rules.POOR), "reasons"),
        metadata={"description": "Why. helpful takes the good ones, not the poor ones, somewhat both."},
    )


class ReportSchema(Closed):
    """Why an annotation should not be there."""

    kind = fields.String(required=True, validate=validate.OneOf(list(rules.REPORTS)))
    words = _text("More, if you like.", LONGEST_WORDS, required=False, load_default="")


class AppealSchema(Closed):
    """Why a decision was wrong."""

    words = _text("What a moderator should know.", LONGEST_WORDS)


# --- Out ----------------------------------------------------------------------------------------


class SourceSchema(Closed):
    """A page that an annotation rests on."""

    url = _said("Its address.")
    title = _said("What it is called.")


class AnnotatedPageSchema(Closed):
    """The page an annotation is of."""

    digest = _said("SHA-256 of its normal address.", validate=validate.Regexp(DIGEST))
    url = _said("Where a person finds it.")
    title = _said("Its title.")


class WordsSchema(Closed):
    """The words that are annotated."""

    exact = _said("The words.")
    prefix = _said("What was before them.")
    suffix = _said("What was after them.")
    start = fields.Integer(required=True, allow_none=True, strict=True)


class SideSchema(Closed):
    """How many of one side found it helpful; "somewhat" counts half."""

    helpful = fields.Float(required=True)
    ratings = fields.Integer(required=True, strict=True)


class StandingSchema(Closed):
    """What the last ranking counted."""

    ratings = fields.Integer(required=True, strict=True)
    sides = fields.List(fields.Nested(SideSchema), required=True)


class RatingSchema(Closed):
    """What one made of it oneself."""

    verdict = _said("The verdict.", validate=validate.OneOf([verdict.value for verdict in Verdict]))
    reasons = fields.List(fields.String(), required=True)


class AnnotationSchema(Closed):
    """What a volunteer says of words on a page. All text is plain; show it as text."""

    id = fields.UUID(required=True)
    page = fields.Nested(AnnotatedPageSchema, required=True)
    target = fields.Nested(WordsSchema, required=True)
    signal = _said("The signal's id.")
    body = _said("What is said.")
    language = _said("The language of the body.", allow_none=True)
    sources = fields.List(fields.Nested(SourceSchema), required=True)
    author = _said(f"An alias, or {FORMER!r}.")
    status = _said("Where it stands.", validate=validate.OneOf([status.value for status in Status]))
    reason = _said("Why it stands there, in a sentence.")
    created = fields.AwareDateTime(required=True)
    edited = fields.AwareDateTime(required=True, allow_none=True)
    revision = fields.Integer(required=True, strict=True, metadata={"description": "Its ETag."})
    correction = _said("What the page says now, where it was corrected.", allow_none=True)
    mine = fields.Boolean(required=True)
    rating = fields.Nested(
        RatingSchema, required=True, allow_none=True, metadata={"description": "Your own, of this wording."}
    )
    standing = fields.Nested(
        StandingSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Null until it is decided or you have rated it."},
    )


class PagesSchema(Closed):
    """All pages whose digest begins so and that have something to show."""

    pages = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(AnnotationSchema)), required=True
    )


class QueueSchema(Closed):
    """What needs your rating most, the most wanted first."""

    annotations = fields.List(fields.Nested(AnnotationSchema), required=True)


class SimilarProblemSchema(ProblemSchema):
    """Problem details, and what others said of these words already."""

    similar = fields.List(fields.Nested(AnnotationSchema))


def shown(seen: Seen, viewer: Account | None) -> dict[str, Any]:
    """An annotation as ``viewer`` sees it."""
    annotation, rating = seen
    page, author = annotation.page, annotation.author
    may_see_ratings = annotation.status in DECIDED or rating is not None
    tells_ratings = annotation.status in WAITING and annotation.standing is not None
    return {
        "id": annotation.uuid,
        "page": {"digest": page.digest, "url": page.url, "title": page.title},
        "target": {
            "exact": annotation.exact,
            "prefix": annotation.prefix,
            "suffix": annotation.suffix,
            "start": annotation.start,
        },
        "signal": annotation.signal,
        "body": annotation.body,
        "language": annotation.language,
        "sources": [{"url": source.url, "title": source.title} for source in annotation.sources],
        "author": author.alias or FORMER,
        "status": annotation.status,
        "reason": _UNTOLD if tells_ratings and not may_see_ratings else annotation.reason,
        "created": annotation.created,
        "edited": annotation.edited,
        "revision": annotation.revision,
        "correction": annotation.correction,
        "mine": viewer is not None and annotation.account_id == viewer.id,
        "rating": None if rating is None else {"verdict": rating.verdict, "reasons": rating.reasons},
        "standing": annotation.standing if may_see_ratings else None,
    }


# The sentence says how many rated it how, and that is hidden until one has rated.
_UNTOLD = "It needs more ratings. How it was rated so far is shown once you have rated it."
