"""An article with its notes as one self-contained HTML page.

In: an article and its analysis. Out: a page that needs no other file, runs no script and asks nothing of
any host, in light, dark and print. Whatever the article says is text: the template escapes everything,
and only web addresses become links.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup

from caveat.article import Analysis, Article
from caveat.rendering.beside import beside, like
from caveat.rendering.marks import LICENCE, OUTLETS, WHOSE, coverage, families, paragraphs, way, web_address


def render(article: Article, analysis: Analysis) -> str:
    """The page."""
    context = article.context
    return _template().render(
        analysis=analysis,
        context=context,
        about=[part for part in (context.site, context.byline, context.published) if part],
        address=web_address(context.url),
        coverage=coverage(analysis),
        families=families(analysis),
        outlets=OUTLETS,
        whose=WHOSE,
        licence=LICENCE,
        page_notes=[(note, analysis.signals[note.signal]) for note in analysis.page_notes],
        paragraphs=[] if analysis.unread else paragraphs(article, analysis),
        claims=[claim for claim in analysis.claims if claim.look],
        style=_style(),
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    filters: dict[str, Any] = {
        "web_address": web_address,
        "visible": visible,
        "way": way,
        "beside": beside,
        "like": like,
    }
    environment.filters.update(filters)
    return environment.from_string(resources.files(__package__).joinpath("page.html").read_text("utf-8"))


def _style() -> Markup:
    """Our own files, so they go in as they are."""
    tokens = resources.files("caveat").joinpath("web", "static", "tokens.css")
    own = resources.files(__package__).joinpath("page.css")
    return Markup("\n").join(Markup(file.read_text("utf-8")) for file in (tokens, own) if file.is_file())  # noqa: S704


def visible(text: str) -> str:
    """The text without characters that HTML does not allow (a NUL ends up as U+FFFD, as in a browser)."""
    return text.translate(_FORBIDDEN)


_FORBIDDEN = dict.fromkeys((*range(9), 0xB, *range(0xE, 0x20), *range(0x7F, 0xA0)), "\ufffd")
