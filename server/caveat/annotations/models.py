"""The tables of annotations: pages, what was said of their words, how it was rated, what was decided.

Each index is there for a query, and says which. Offsets are Unicode code points.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caveat.accounts.models import Account
from caveat.database import Base


class Status(StrEnum):
    """Where an annotation stands."""

    PENDING = "pending"
    """Just written, or held for a moderator: shown to its author and to raters."""
    NEEDS_RATINGS = "needs-ratings"
    HELPFUL = "helpful"
    """Shown to every reader."""
    NOT_HELPFUL = "not-helpful"
    HIDDEN = "hidden"
    """By a moderator, with a reason."""
    WITHDRAWN = "withdrawn"
    """By its author."""
    SETTLED = "settled"
    """The page was corrected."""


IS_SHOWN = text("status NOT IN ('pending', 'needs-ratings', 'not-helpful', 'hidden', 'withdrawn')")
"""What every reader may see: the others, one by one and literally. So both databases know the indexes of just
these for it, and SQLite does not take one over all statuses and sort what it finds there."""


class Verdict(StrEnum):
    """What a volunteer made of an annotation."""

    HELPFUL = "helpful"
    SOMEWHAT = "somewhat"
    NOT = "not"

    @property
    def number(self) -> float:
        """As the ranking counts it."""
        return {Verdict.HELPFUL: 1.0, Verdict.SOMEWHAT: 0.5, Verdict.NOT: 0.0}[self]


class Page(Base):
    """One page, under whatever address it was reached (see ``page identity``)."""

    __tablename__ = "pages"
    # A look-up asks for all pages whose digest begins with five digits.
    __table_args__ = (Index(None, "prefix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the normal address in hex; the index is for a submission, which knows the address."""
    prefix: Mapped[str] = mapped_column(String(5))
    address: Mapped[str] = mapped_column(Text)
    """The normal address."""
    url: Mapped[str] = mapped_column(Text)
    """The address that it was first submitted under: a way there that a person can follow."""
    title: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime]


class Annotation(Base):
    """What a volunteer says of words on a page."""

    __tablename__ = "annotations"
    __table_args__ = (
        # The same submission twice is one annotation.
        UniqueConstraint("account_id", "client_id"),
        # A look-up joins pages to what is shown on them.
        Index(None, "page_id", "status"),
        # Queues and the ranking go through what has a status, the oldest first.
        Index(None, "status", "created"),
        # An account's own annotations, the newest first, and how many it wrote today.
        Index(None, "account_id", "created"),
        # What changed since the last ranking: all revisions, without their rows.
        Index(None, "id", "revision"),
        # The same words elsewhere.
        Index(None, "quote_digest"),
        # The open collection goes page by page, in the order of writing; ``id`` breaks ties. The index
        # holds no others, so that a page far back is counted off quickly.
        Index("ix_annotations_shown", "created", "id", sqlite_where=IS_SHOWN, postgresql_where=IS_SHOWN),
        # Whether a rating was taken back since the last ranking.
        Index(None, "rating_taken_back"),
        # When the open collection changed last.
        Index("ix_annotations_shown_since", "status_since", sqlite_where=IS_SHOWN, postgresql_where=IS_SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    """Its name to everybody outside; the index finds it by that."""
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Account] = relationship()
    client_id: Mapped[str] = mapped_column(String(64))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    page: Mapped[Page] = relationship()

    signal: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    """Plain text."""
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text, default="")
    suffix: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[int | None]
    """Where the words began in the article's text when they were annotated."""
    language: Mapped[str | None] = mapped_column(String(35))
    quote_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the words, folded."""
    sources: Mapped[list[Source]] = relationship(
        order_by="Source.position", cascade="all, delete-orphan", lazy="selectin"
    )

    status: Mapped[Status] = mapped_column(String(16), default=Status.PENDING)
    status_since: Mapped[datetime]
    locked: Mapped[datetime | None]
    """From when on no rating changes its status."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it stands where it stands, in a sentence."""
    created: Mapped[datetime]
    edited: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    """Counts every change that readers can see: its ETag, and what an edit must know."""
    correction: Mapped[str | None] = mapped_column(Text)
    """What the page says now, where it was corrected."""
    stood: Mapped[Status | None] = mapped_column(String(16))
    """Where it stood when its author took it back: withdrawing does not undo what raters made of it."""

    intercept: Mapped[float | None]
    factor: Mapped[float | None]
    standing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the last ranking counted: ratings, and on each side how many found it helpful."""
    rating_taken_back: Mapped[datetime | None]
    """When somebody last took back a rating of it: nothing is left of that one for a ranking to find."""
    basis: Mapped[int | None]
    """What its sentence rested on besides these numbers, as one (see ``recording``)."""

    canonical: Mapped[str | None] = mapped_column(Text)
    """The IRI that an imported annotation had at its home (Web Annotation, 3.3.5)."""
    via: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Where it was imported from."""

    __mapper_args__ = {"version_id_col": revision, "version_id_generator": False}  # noqa: RUF012


class Source(Base):
    """A page that an annotation rests on."""

    __tablename__ = "sources"

    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")


class Wording(Base):
    """An earlier wording of an annotation. The log holds its digest only, so that it can be erased."""

    __tablename__ = "wordings"

    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    until: Mapped[datetime]


class Rating(Base):
    """What one volunteer makes of one annotation."""

    __tablename__ = "ratings"
    __table_args__ = (
        # How much an account rated today; what it rated, when it exports its data.
        Index(None, "account_id", "changed"),
        # Whether there is anything new to rank, and what came within a week.
        Index(None, "changed"),
    )

    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(String(8))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    created: Mapped[datetime]
    changed: Mapped[datetime]


class Rater(Base):
    """What the ranking knows of an account."""

    __tablename__ = "raters"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    ratings: Mapped[int] = mapped_column(default=0)
    intercept: Mapped[float] = mapped_column(default=0.0)
    factor: Mapped[float] = mapped_column(default=0.0)
    side: Mapped[int] = mapped_column(default=-1)
    """0 or 1; -1 for none that is sure."""
    impact: Mapped[int] = mapped_column(default=0)
    """What rating earned: agreed with the outcome, less what did not."""
    writes: Mapped[bool] = mapped_column(default=False)
    """Whether it may write."""
    debt: Mapped[int] = mapped_column(default=0)
    """Impact to be earned anew since writing was lost."""


class Report(Base):
    """Somebody, with or without an account, says that an annotation should not be there."""

    __tablename__ = "reports"
    # The desk's queue: what is open, the oldest first; and the reports of one annotation.
    __table_args__ = (Index(None, "closed", "created"), Index(None, "annotation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"))
    annotation: Mapped[Annotation] = relationship()
    kind: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime]
    closed: Mapped[datetime | None]


class Appeal(Base):
    """An author asks that a decision be looked at again, by somebody else."""

    __tablename__ = "appeals"
    __table_args__ = (Index(None, "closed", "created"), Index(None, "annotation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id"))
    annotation: Mapped[Annotation] = relationship()
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    words: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    closed: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))


class Spared(Base):
    """What must not be annotated: a page, a site, or a person (a private individual, by the words used)."""

    __tablename__ = "spared"

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    """``page`` (its digest), ``site`` (a host) or ``person`` (a name, folded)."""
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    shown: Mapped[str] = mapped_column(Text)
    """As the moderator wrote it."""
    reason: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]


class Switch(Base):
    """A setting that moderators change while the server runs, such as the emergency brake."""

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[datetime]
