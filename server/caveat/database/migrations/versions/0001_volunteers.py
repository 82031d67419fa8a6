"""Accounts, annotations, ratings, and the log that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from caveat.database import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=40), nullable=True),
        sa.Column(
            "alias_key",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("subject", sa.String(length=600), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("vouched_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["vouched_by_id"], ["accounts.id"], name=op.f("fk_accounts_vouched_by_id"), deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("alias_key", name=op.f("uq_accounts_alias_key")),
        sa.UniqueConstraint("subject", name=op.f("uq_accounts_subject")),
    )
    op.create_index(op.f("ix_accounts_role"), "accounts", ["role"])
    op.create_index(op.f("ix_accounts_vouched_by_id"), "accounts", ["vouched_by_id"])

    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=5), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("digest", name=op.f("uq_pages_digest")),
    )
    op.create_index(op.f("ix_pages_prefix"), "pages", ["prefix"])

    op.create_table(
        "spared",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_spared")),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )
    op.create_table(
        "annotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("signal", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("quote_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("status_since", UtcTime(), nullable=False),
        sa.Column("locked", UtcTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("edited", UtcTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("stood", sa.String(length=16), nullable=True),
        sa.Column("intercept", sa.Double(), nullable=True),
        sa.Column("factor", sa.Double(), nullable=True),
        sa.Column("standing", sa.JSON(), nullable=True),
        sa.Column("rating_taken_back", UtcTime(), nullable=True),
        sa.Column("basis", sa.Integer(), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=True),
        sa.Column("via", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_annotations_account_id")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_annotations_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotations")),
        sa.UniqueConstraint("account_id", "client_id", name=op.f("uq_annotations_account_id_client_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_annotations_uuid")),
    )
    op.create_index(op.f("ix_annotations_account_id_created"), "annotations", ["account_id", "created"])
    op.create_index(op.f("ix_annotations_id_revision"), "annotations", ["id", "revision"])
    op.create_index(op.f("ix_annotations_page_id_status"), "annotations", ["page_id", "status"])
    op.create_index(op.f("ix_annotations_quote_digest"), "annotations", ["quote_digest"])
    op.create_index(op.f("ix_annotations_rating_taken_back"), "annotations", ["rating_taken_back"])
    op.create_index(op.f("ix_annotations_status_created"), "annotations", ["status", "created"])
    shown = sa.text("status NOT IN ('pending', 'needs-ratings', 'not-helpful', 'hidden', 'withdrawn')")
    for name, columns in (
        ("ix_annotations_shown", ["created", "id"]),
        ("ix_annotations_shown_since", ["status_since"]),
    ):
        op.create_index(name, "annotations", columns, sqlite_where=shown, postgresql_where=shown)

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=True),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("expires", UtcTime(), nullable=False),
        sa.Column("used", UtcTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id")),
        sa.ForeignKeyConstraint(["inviter_id"], ["accounts.id"], name=op.f("fk_invitations_inviter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index(op.f("ix_invitations_inviter_id_created"), "invitations", ["inviter_id", "created"])

    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_log_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    op.create_index(op.f("ix_log_account_id_id"), "log", ["account_id", "id"])
    op.create_index(op.f("ix_log_action_id"), "log", ["action", "id"])
    op.create_index(op.f("ix_log_subject_id"), "log", ["subject", "id"])

    op.create_table(
        "raters",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("intercept", sa.Double(), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("debt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_raters_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_raters")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("expires", UtcTime(), nullable=False),
        sa.Column("revoked", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_tokens_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_account_id_created"), "tokens", ["account_id", "created"])

    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("closed", UtcTime(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_appeals_account_id")),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotations.id"], name=op.f("fk_appeals_annotation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(op.f("ix_appeals_annotation_id"), "appeals", ["annotation_id"])
    op.create_index(op.f("ix_appeals_closed_created"), "appeals", ["closed", "created"])

    op.create_table(
        "codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("redirect_uri", sa.String(length=400), nullable=False),
        sa.Column("challenge", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("expires", UtcTime(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_codes_account_id")),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("fk_codes_token_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_codes")),
    )
    op.create_index(op.f("ix_codes_expires"), "codes", ["expires"])

    op.create_table(
        "ratings",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ratings_account_id")),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotations.id"], name=op.f("fk_ratings_annotation_id")),
        sa.PrimaryKeyConstraint("annotation_id", "account_id", name=op.f("pk_ratings")),
    )
    op.create_index(op.f("ix_ratings_account_id_changed"), "ratings", ["account_id", "changed"])
    op.create_index(op.f("ix_ratings_changed"), "ratings", ["changed"])

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created", UtcTime(), nullable=False),
        sa.Column("closed", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotations.id"], name=op.f("fk_reports_annotation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_annotation_id"), "reports", ["annotation_id"])
    op.create_index(op.f("ix_reports_closed_created"), "reports", ["closed", "created"])

    op.create_table(
        "sources",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotations.id"], name=op.f("fk_sources_annotation_id")),
        sa.PrimaryKeyConstraint("annotation_id", "position", name=op.f("pk_sources")),
    )
    op.create_table(
        "wordings",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotations.id"], name=op.f("fk_wordings_annotation_id")
        ),
        sa.PrimaryKeyConstraint("annotation_id", "revision", name=op.f("pk_wordings")),
    )
    _only_grows("log")


def _only_grows(table: str) -> None:
    """Let the database itself refuse to change or delete a line, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the {table} only grows'; END $$
            """
        )
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the {table} only grows'); END"
        )
