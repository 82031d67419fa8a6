"""What a client may send for an article: one schema that validates, documents and builds.

In: a parsed JSON object. Out: an ``Article``. What can go wrong: ``marshmallow.ValidationError`` whose
messages name the field, the limit and the way out, and never hold what was sent.

The schema is made for given limits, so that the OpenAPI document shows the numbers that hold here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from caveat.article import Article, Context, Link

LONGEST_ADDRESS = 8_192  # what servers and browsers commonly take in a request line
LONGEST_LINE = 1_000  # title, byline, site: headlines of record length stay far below

# No ``format: uri``: validators disagree about it. What we need to know is that it is a web address.
WEB_ADDRESS = r"^[Hh][Tt][Tt][Pp][Ss]?://[^ ]"
_HOUR = r"([01][0-9]|2[0-3])"
DATE = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    rf"([T ]{_HOUR}:[0-5][0-9](:[0-5][0-9](\.[0-9]{{1,9}})?)?(Z|[+-]{_HOUR}:?[0-5][0-9])?)?$"
)
LANGUAGE_TAG = r"^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*$"


class AtMost(validate.Length):
    """``Length(max=...)`` whose message carries the limit as a number too."""

    def __init__(self, limit: int, unit: str) -> None:
        super().__init__(max=limit)
        self.unit = unit

    def __call__(self, value: Any) -> Any:
        if self.max is not None and len(value) > self.max:
            raise ValidationError([over(len(value), self.max, self.unit)])
        return value


def over(length: int, limit: int, unit: str) -> dict[str, object]:
    """The fault of something too long."""
    return {"detail": f"It has {length:,} {unit}; the limit is {limit:,}.", "limit": limit}


class CodePoints(fields.Integer):
    """A count of code points. JSON has one kind of number, so 3.0 is 3, as JSON Schema has it."""

    def __init__(self, description: str) -> None:
        super().__init__(
            required=True,
            strict=True,
            validate=validate.Range(min=0),
            metadata={"description": description},
        )

    def _validated(self, value: Any) -> int:
        return super()._validated(int(value) if isinstance(value, float) and value.is_integer() else value)


class LinkSchema(Schema):
    """A hyperlink of the page over the words text[start:end]. One that is not within the text is left out."""

    class Meta:
        unknown = RAISE

    start = CodePoints("Code point at which the linked words begin.")
    end = CodePoints("Code point after the linked words.")
    href = fields.String(
        required=True,
        validate=AtMost(LONGEST_ADDRESS, "characters"),
        metadata={"description": "Where the link leads. It is never fetched."},
    )


class Links(fields.List[Any]):
    """``List(Nested(LinkSchema))``, read in one plain loop.

    A page has hundreds of links and marshmallow takes 20 microseconds for each nested object; that
    would be most of the time of an answer that is already known.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.Nested(LinkSchema), **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("It must be a list of links.")
        return tuple(_link(number, entry) for number, entry in enumerate(value))


def _link(number: int, entry: Any) -> Link:
    try:
        start, end, href = entry["start"], entry["end"], entry["href"]
        # ``type``, not ``isinstance``: true and false are integers to Python, not to JSON.
        right = type(start) is int and type(end) is int and type(href) is str and len(entry) == 3
        if right and start >= 0 and end >= 0 and len(href) <= LONGEST_ADDRESS:
            return Link(start, end, href)
    except (KeyError, TypeError, IndexError):
        pass
    # Something is unusual: let the schema that documents it say what.
    try:
        return Link(**LinkSchema().load(entry))
    except ValidationError as error:
        raise ValidationError({number: error.messages}) from error


def _line(
    limit: int, description: str, *more: validate.Validator, example: str | None = None
) -> fields.String:
    return fields.String(
        allow_none=True,
        validate=[AtMost(limit, "characters"), *more],
        metadata={"description": description} | ({"example": example} if example else {}),
    )


class ContextSchema(Schema):
    """What the page says about the article. All of it is optional."""

    class Meta:
        unknown = RAISE

    url = _line(
        LONGEST_ADDRESS,
        "The page's address. It is not fetched, kept or logged.",
        validate.Regexp(WEB_ADDRESS, error="It must be an http or https address, or be left out."),
        example="https://news.example/2025/07/storm",
    )
    title = _line(LONGEST_LINE, "The headline.")
    site = _line(LONGEST_LINE, "The outlet's name.")
    byline = _line(LONGEST_LINE, "Who wrote it, as printed.")
    published = _line(
        64,
        "When it was published: an ISO 8601 date, or date and time.",
        validate.Regexp(DATE, error="It must be an ISO 8601 date such as 2025-07-14, or date and time."),
        example="2025-07-14",
    )
    language = _line(
        35,
        "The language the page declares, as a BCP 47 tag.",
        validate.Regexp(LANGUAGE_TAG, error="It must be a language tag such as en or en-GB."),
        example="en",
    )
    links = Links(allow_none=True, metadata={"description": "The hyperlinks within the text."})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Context:
        return Context(**{name: value for name, value in data.items() if value is not None})


class ArticleSchema(Schema):
    """An article: its text, and what the page says about it."""

    class Meta:
        unknown = RAISE

    text = fields.String(
        required=True,
        metadata={
            "description": "The article's words, a paragraph a line. Offsets count its Unicode code points.",
            "example": "Experts say the storm was the worst in years.\nThe ministry gave no figures.",
        },
    )
    context = fields.Nested(ContextSchema, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Article:
        text, context = data["text"], data.get("context") or Context()
        within = tuple(link for link in context.links if link.start <= link.end <= len(text))
        return Article(text, replace(context, links=within))


@cache
def article_schema(max_text: int) -> ArticleSchema:
    """The schema with this deployment's limit on the text's length."""
    schema = ArticleSchema()
    text = schema.fields["text"]
    # A list of its own: a copied field shares that of the class, and with it the limit of another schema.
    text.validators = [*text.validators, AtMost(max_text, "characters")]
    return schema
