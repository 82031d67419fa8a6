"""``caveat signals``: what can be noticed, and why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import click

from caveat.article import Signal
from caveat.cli import streams
from caveat.cli.outcome import InputError


@click.command()
@click.argument("ids", nargs=-1, metavar="[SIGNAL]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option("--language", default="en", show_default=True, help="The language of the texts: en or de.")
@streams.colour_option
@streams.width_option
def signals(ids: tuple[str, ...], form: str, language: str, colour: str, width: int | None) -> None:
    """List the signals: what Caveat can notice.

    With a SIGNAL's id, everything about it: what it is, why it matters, what to ask oneself, and the
    concept it follows.

    \b
    Examples:
      caveat signals
      caveat signals vague-source
      caveat signals --format json
      caveat signals --language de
    """
    import orjson

    from caveat.catalogue import Catalogue, CatalogueError
    from caveat.rendering import listing

    try:
        catalogue = Catalogue.standard(language)
    except CatalogueError as error:
        raise InputError(f"{str(error).capitalize()}.") from error
    chosen = [_find(catalogue.signals, id_) for id_ in ids] or list(catalogue.signals.values())
    if form == "json":
        document = {"version": catalogue.version, "signals": chosen}
        streams.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
        return
    terminal = streams.terminal(colour, width)
    shown = listing.entries(chosen, terminal) if ids else listing.table(chosen, terminal)
    streams.write_text(shown)


def _find(known: Mapping[str, Signal], id_: str) -> Signal:
    if id_ in known:
        return known[id_]
    near = get_close_matches(id_, known, 1)
    hint = f"Did you mean {near[0]}?" if near else "`caveat signals` lists them."
    raise InputError(f"There is no signal {id_!r}. {hint}")
