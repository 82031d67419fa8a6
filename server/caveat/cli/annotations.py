"""``caveat annotations``: what volunteers write, from the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.open_formats import dump, export, import_
from caveat.cli.outcome import Incomplete, InputError

if TYPE_CHECKING:
    from caveat.annotations.ranking import Ranking


@click.group("annotations")
def annotations_group() -> None:
    """Work with volunteers' annotations.

    \b
    Examples:
      caveat annotations rank
      caveat annotations rank --ratings ratings.csv --out notes.csv
      caveat annotations export --format jsonld --out annotations.jsonld
    """


for each in (export, import_, dump):
    annotations_group.add_command(each)


@annotations_group.command()
@click.option(
    "--ratings", "source", metavar="FILE", help="Ratings as CSV; - is stdin. [default: rank the store]"
)
@click.option("--out", metavar="FILE", default="-", help="Where the ranking goes. [default: stdout]")
@click.option(
    "--rule",
    type=click.Choice(["original", "original-sides", "sides", "auto"]),
    help="How a status is given. [default: original for a FILE; the store's is auto]",
)
def rank(source: str | None, out: str, rule: str | None) -> None:
    """Rank annotations by the ratings that people who usually disagree gave them.

    Without --ratings it ranks the store that DATABASE_URL names (or the file in your home), as a server does
    within a minute of new ratings, and says what changed. Readers see it at once where servers share the
    Redis that REDIS_URL names, and a minute later where each keeps look-ups by itself.

    FILE has a header and a line a rating: noteId, raterParticipantId and helpfulNum, which is 1 (helpful),
    0.5 (somewhat) or 0 (not). All ratings count: what is to be left out is left out of the file. The same
    file gives the same ranking.

    What comes out has a line an annotation: noteId, intercept (how helpful, when agreement between people
    of one mind is taken out), factor (which of two minds it speaks to), ratings, status and reason. A status
    is CRH (currently rated helpful: shown), CRNH (not helpful) or NMR (needs more ratings).

    \b
    Rules:
      original        Community Notes' thresholds: from 5 ratings, CRH with an intercept of .40 and
                      a factor within .5; CRNH with an intercept of -.05 - .8 |factor| or less
      original-sides  those, and what its program also asks: for CRH four more helpful than not on
                      each side, and CRNH also where both sides' means are at most .4, .3 together,
                      from three ratings a side
      sides           for small communities: CRH when the less pleased side's (helpful + 1) /
                      (ratings + 2.5) is .60, from two ratings a side, or by the original's
                      thresholds with two more helpful than not on each side; CRNH by both means
      auto            what the service does, by size: below 30 raters or 300 ratings none (a
                      moderator decides), then sides, from 5,000 ratings original-sides with two
                      more helpful than not where Community Notes asks for four

    \b
    Examples:
      caveat annotations rank --ratings ratings.csv --out notes.csv
      caveat annotations rank --ratings ratings.csv --rule auto | grep ,CRH,
    """
    if source is None:
        if rule is not None or out != "-":
            raise click.UsageError("--rule and --out go with --ratings. The store is ranked by its own rule.")
        _rank_store()
        return
    rule = rule or "original"
    from caveat.annotations.ranking import THEIRS, Rule, Settings, ratings_csv
    from caveat.annotations.ranking import rank as ranked
    from caveat.cli import inputs

    settings = THEIRS if rule == THEIRS.rule else Settings(rule=Rule(rule))
    with streams.progress() as steps:
        steps.begin("Reading the ratings", None)
        try:
            ratings = ratings_csv.read(inputs.read_bytes(source))
        except ratings_csv.WrongFile as error:
            raise InputError(f"{inputs.name(source)}: {error}") from None
        steps.begin(f"Ranking by {len(ratings):,} ratings", None)
        ranking = ranked(ratings, settings=settings)
        steps.begin("Writing the ranking", None)
        written = ratings_csv.write(ranking)
    if out == inputs.STDIN:
        streams.write_text(written)
    else:
        try:
            Path(out).write_text(written, encoding="utf-8", newline="")
        except (OSError, ValueError) as error:
            raise InputError(f"{out}: it cannot be written ({error}).") from None
    click.echo(_summary(ranking), err=True)


def _rank_store() -> None:
    """Rank what is in the store, if no server does at this moment."""
    from caveat.annotations.ranker import end_lease, take_lease
    from caveat.annotations.standing import rank_now
    from caveat.config import ConfigError, Settings
    from caveat.database import DatabaseError, open_database, schema

    try:
        database = open_database(Settings.from_environment(os.environ).store_address)
        try:
            schema.upgrade(database)
            now, name = datetime.now(UTC), f"command line {os.getpid()}"
            if not take_lease(database, name, now):
                raise Incomplete("A server is ranking at this moment, and will be done within a minute.")
            try:
                ranked = rank_now(database, now)
            finally:
                end_lease(database, name, now)
        finally:
            database.close()
    except (ConfigError, DatabaseError) as error:
        raise Incomplete(str(error)) from None
    if ranked.prefixes:
        _tell_servers(ranked.prefixes)
    changed = len(ranked.moved)
    click.echo(f"{_summary(ranked.ranking)} {changed:,} {'status' if changed == 1 else 'statuses'} changed.")


def _tell_servers(prefixes: Iterable[str]) -> None:
    """Have the servers forget what they keep of pages whose annotations changed."""
    from caveat.cache import housekeeping
    from caveat.cache.keys import PAGES
    from caveat.cli.cache import shared_store

    try:
        with shared_store() as store:
            if store is not None:
                housekeeping.forget(store, [PAGES + prefix for prefix in prefixes])
    except Incomplete as error:  # the ranking is kept all the same
        click.echo(f"{error} Until then readers see what changed a minute late.", err=True)


def _summary(ranking: Ranking) -> str:
    """What came out, for the person at the terminal."""
    from caveat.annotations.ranking import Status

    counts = [int((ranking.status == status).sum()) for status in (Status.HELPFUL, Status.NOT_HELPFUL, 0)]
    larger, smaller = sorted(
        (int((ranking.rater_side == 0).sum()), int((ranking.rater_side == 1).sum())), reverse=True
    )
    return (
        f"{len(ranking.notes):,} annotations by {ranking.counted:,} ratings of {ranking.qualified:,} raters "
        f"({larger:,} on one side, {smaller:,} on the other): {counts[0]:,} helpful, {counts[1]:,} not "
        f"helpful, {counts[2]:,} need ratings. Rule: {ranking.rule}."
    )
