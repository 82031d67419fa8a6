"""What a reading found that the table of office holders can answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeQuestion:
    """Somebody is put into an office, as of the day of the article.

    ``start`` and ``end`` are code points from the start of what was read. ``title`` and ``place`` are those
    of ``reading/rules/offices.toml``; there is no place in "Prime Minister Gordon Brown". ``past`` where it
    is told as what happened on a day of this week. ``years`` are those named up to the end of the sentence,
    and ``months`` those of the sentence: one that is over makes it history.
    """

    start: int
    end: int
    title: str
    place: str | None
    person: str
    past: bool = False
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
