"""``caveat factchecks``: claims that fact checkers have looked at, imported and looked after."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.factchecks_import import STATUSES, format_option, import_, opened_store, told
from caveat.cli.matching import index, match
from caveat.cli.outcome import Exit

if TYPE_CHECKING:
    from caveat.facts.factchecks import FactCheck


@click.group()
def factchecks() -> None:
    """Work with claims that fact checkers have looked at.

    They are kept in CAVEAT_DATA_DIR (or a folder in your home), where servers read them. Nothing is fetched:
    what is imported are files.

    \b
    Examples:
      caveat factchecks import feed.json.gz
      caveat factchecks match "The moon landing was filmed in a studio."
      caveat factchecks list moon landing
      caveat factchecks stats
    """


for each in (import_, index, match):
    factchecks.add_command(each)


@factchecks.command("list", epilog=STATUSES)
@click.argument("words", nargs=-1)
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@format_option
def list_(words: tuple[str, ...], most: int, form: str) -> None:
    """List checks that hold all of some words, the newest first.

    \b
    Examples:
      caveat factchecks list moon landing
      caveat factchecks list --most 100 --format json vaccine | jq .url
    """
    from caveat.facts.factchecks import contents

    with told():
        found = contents.holding(opened_store(), words, most)
    for check in found:
        _write(check, form, _short(check))
    if not found:
        click.echo(
            "No check holds all of these words; fewer find more." if words
            else "There are none yet: caveat factchecks import FILE",
            err=True,
        )  # fmt: skip


@factchecks.command(epilog=STATUSES)
@click.argument("url")
@format_option
def show(url: str, form: str) -> None:
    """Show what was checked at an address.

    \b
    Example:
      caveat factchecks show https://checker.example/2024/moon
    """
    from caveat.facts.factchecks import contents

    with told():
        found = contents.at(opened_store(), url)
    for check in found:
        _write(check, form, _long(check))
    if not found:
        _none(url)


@factchecks.command(epilog=STATUSES)
@click.argument("url")
@click.option("--undo", is_flag=True, help="Show it again.")
def remove(url: str, undo: bool) -> None:
    """Hide what was checked at an address; no import brings it back.

    \b
    Examples:
      caveat factchecks remove https://checker.example/2024/moon
      caveat factchecks remove --undo https://checker.example/2024/moon
    """
    with told():
        count = opened_store().remove(url, undo)
    if not count:
        _none(url)
    click.echo(f"{count:,} {'shown again' if undo else 'removed'}.")


@factchecks.command(epilog=STATUSES)
@format_option
def stats(form: str) -> None:
    """Count what is there: by language, checker and licence.

    \b
    Examples:
      caveat factchecks stats
      caveat factchecks stats --format json | jq .licences
    """
    from caveat.facts.factchecks import contents

    with told():
        found = asdict(contents.contents(opened_store()))
    if form == "json":
        import orjson

        streams.write(orjson.dumps(found) + b"\n")
        return
    for name, value in found.items():
        if isinstance(value, dict):
            click.echo(f"  {name}")
            for each, count in value.items():
                click.echo(f"    {count:>9,}  {each}")
        else:
            shown = f"{value:,}" if isinstance(value, int) else value or "-"
            click.echo(f"  {name.replace('_', ' '):<16} {shown}")


def _write(check: FactCheck, form: str, text: str) -> None:
    if form == "json":
        import orjson

        streams.write(orjson.dumps(asdict(check)) + b"\n")
    else:
        streams.write_text(text + "\n")


def _short(check: FactCheck) -> str:
    rating = f" [{check.rating}]" if check.rating else ""
    return f"{check.published or '':<10}  {check.publisher}: {check.claim}{rating}\n{'':<12}{check.url}"


def _long(check: FactCheck) -> str:
    fields = asdict(check) | {"appearances": f"\n{'':<17}".join(check.appearances)}
    lines = [f"  {name.replace('_', ' '):<14} {value}" for name, value in fields.items() if value]
    return "\n".join([*lines, ""])


def _none(url: str) -> None:
    click.echo(f"{url}: no check of this address. To find one: caveat factchecks list WORDS", err=True)
    raise click.exceptions.Exit(Exit.SOME_FAILED)
