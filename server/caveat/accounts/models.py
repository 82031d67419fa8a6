"""The tables of accounts.

An account is an alias and a way to show that it is you: no name, no address, no time of the last visit.
Whatever somebody could present to act for another (a token, an invitation, a code) is kept only as its
SHA-256: such secrets are long and random, so that a fast digest is enough (a password is neither, and is
kept as argon2id has it).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caveat.database import Base


class Role(StrEnum):
    """What an account may do; each may do what those before it may, but for educators, who only teach."""

    VOLUNTEER = "volunteer"
    EDUCATOR = "educator"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class State(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"  # by its owner; the row stays, emptied, for what hangs on it


class Account(Base):
    """Somebody who was invited."""

    __tablename__ = "accounts"
    # Whether an administrator is left; whom somebody let in, which shows a ring.
    __table_args__ = (Index(None, "role"), Index(None, "vouched_by_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    alias: Mapped[str | None] = mapped_column(String(40))
    """As its owner writes it; None once closed."""
    alias_key: Mapped[str | None] = mapped_column(
        String(160).with_variant(String(160, collation="C"), "postgresql"), unique=True
    )
    """The alias folded, so that no two accounts look alike; the index is for signing in, and by how it begins
    the desk finds people. Ordered by code points in both databases: other orders have no such ranges."""
    password: Mapped[str | None] = mapped_column(String(200))
    """argon2id in PHC form; None where an OpenID provider answers for the account."""
    subject: Mapped[str | None] = mapped_column(String(600), unique=True)
    """Issuer and subject of the OpenID provider; the index is for signing in."""
    role: Mapped[Role] = mapped_column(String(16))
    state: Mapped[State] = mapped_column(String(16), default=State.ACTIVE)
    created: Mapped[datetime]
    vouched_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", deferrable=True))
    """Who invited or vouched; None for those that the command line made. Deferrable, because whoever vouched
    may have come later, and a restored backup brings accounts one by one."""


class Invitation(Base):
    """A way in, for one person, once: to an account that is yet to be made, or to one whose password is."""

    __tablename__ = "invitations"
    # An inviter's page lists what they handed out.
    __table_args__ = (Index(None, "inviter_id", "created"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(String(16))
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created: Mapped[datetime]
    expires: Mapped[datetime]
    used: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Who came by it; while it is unused, whose password it lets somebody choose."""


class Token(Base):
    """A bearer token: a browser's session, an extension's connection, or one made for a program."""

    __tablename__ = "tokens"
    # The account page lists an account's tokens.
    __table_args__ = (Index(None, "account_id", "created"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    account: Mapped[Account] = relationship()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 in hex; the index is asked at every request that carries a token."""
    prefix: Mapped[str] = mapped_column(String(16))
    """Its first letters, by which its owner tells it from others."""
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(120))
    """Words of ``tokens.SCOPES``, separated by spaces."""
    created: Mapped[datetime]
    expires: Mapped[datetime]
    revoked: Mapped[datetime | None]


class Code(Base):
    """An authorization code (RFC 6749, 4.1) with its PKCE challenge (RFC 7636): good once, for a minute."""

    __tablename__ = "codes"
    # What has expired is cleared away.
    __table_args__ = (Index(None, "expires"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    redirect_uri: Mapped[str] = mapped_column(String(400))
    challenge: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(120))
    expires: Mapped[datetime]
    token_id: Mapped[int | None] = mapped_column(ForeignKey("tokens.id"))
    """What it was exchanged for. A code that comes twice was stolen, and its token is revoked."""


class Entry(Base):
    """One line of the log of all that was done to annotations and accounts.

    The database refuses to change or delete a line (triggers, see the migration), and each line holds the
    digest of the one before, so that a line that was changed behind the database's back shows.
    """

    __tablename__ = "log"
    __table_args__ = (
        # The history of one annotation or account, in order.
        Index(None, "subject", "id"),
        # The desk's log, of one kind of deed or of one person, the newest first: what is rare is found
        # without going through years of it.
        Index(None, "action", "id"),
        Index(None, "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    """Who did it; None for the ranking and the command line."""
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    """``annotation:12``, ``account:7``, ``page:3``."""
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    chain: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the line before's and this one's content."""
