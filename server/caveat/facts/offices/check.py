"""The check: whether the table has somebody else in an office on the day of an article.

In: an ``OfficeQuestion``, the day, and whether the page gave it. Out: a ``Finding`` with the record beside
it, or nothing: where the table agrees, does not know, or any doubt is left. ``CHECK.md`` tells the doubts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise
from typing import Any

from caveat.article import Evidence
from caveat.facts.finding import Finding
from caveat.facts.offices import people
from caveat.facts.offices.people import Words
from caveat.facts.offices.question import OfficeQuestion
from caveat.facts.offices.table import Kind, Office, OfficeTable, Term, When

SIGNAL = "conflicts-record"
_SURE, _LESS_SURE, _NEARLY = (
    0.95,
    0.8,
    0.6,
)  # a term that is over; the same beyond the record's end; a spelling

_LEADERS = frozenset({Kind.HEAD_OF_STATE, Kind.HEAD_OF_GOVERNMENT})


@dataclass(frozen=True, slots=True)
class _Limits:
    near_a_change: timedelta
    lately: timedelta
    living_memory: timedelta
    beyond_the_record: timedelta
    differing: float
    shortest: int


class OfficeCheck:
    """Answers questions from one table."""

    def __init__(self, table: OfficeTable) -> None:
        words = tomllib.loads(
            resources.files("caveat.facts.offices").joinpath("words.toml").read_text(encoding="utf-8")
        )
        self._table = table
        self._names = {
            office: tuple((term, people.any_of(term.names)) for term in table.terms(*office))
            for office in table.offices()
        }
        self._known = {name for terms in self._names.values() for _, names in terms for name in names}
        self._titles: Mapping[str, Sequence[str]] = words["titles"]
        self._bodies: Mapping[str, str] = words["bodies"]
        self._bare: Mapping[str, Sequence[str]] = words["bare"]
        self._fixed = frozenset(words["spelling"]["fixed"])
        self._limits = _limits(words["limits"])

    def answer(self, question: OfficeQuestion, day: date, *, dated: bool) -> Finding | None:
        """What the record has otherwise on ``day``; ``dated`` where the page gave that day."""
        name = people.words_of(question.person)
        if not name or _is_history(question, day):
            return None
        title, place = question.title, question.place
        office = self.office(title, place) if place is not None else self._only(title, name)
        if office is None:
            return None
        theirs, whole = self._terms_of(name, office), len(name) > 1
        if not theirs:
            return self._spelling(office, name, day) if whole and question.place else None
        if len({term.person for term in theirs}) > 1 or any(self._may_hold(term, day) for term in theirs):
            return None
        if all(self._is_of_another_age(term, day) for term in theirs):
            return None
        ends = self._ends(office)
        known = min(day, ends)
        if not self._table.covers(*office, known) or (day > ends and not self._is_over(theirs, day, ends)):
            return None
        if self._is_another(name, office, known) or self._holds_another(theirs[0], office, known):
            return None
        if self._is_unsettled(office, theirs, known):
            return None
        holders = self._holders(office, known)
        return self._finding(office, theirs, holders, day, ends, dated=dated)

    # -- which office, and who ---------------------------------------------------------------------------

    def office(self, title: str, place: str) -> Office | None:
        """The one office that a title at a place means, if the table has it."""
        if special := self._bodies.get(f"{title}, {place}"):
            name, _, where = special.rpartition(", ")
            return office if (office := Office(name, where)) in self._names else None
        meant = [Office(name, place) for name in self._titles.get(title, ())]
        found = [office for office in meant if office in self._names]
        return found[0] if len(found) == 1 else None

    def _only(self, title: str, name: Words) -> Office | None:
        """The one office of a bare title that somebody of that full name ever had."""
        if title not in self._bare["titles"] or len(name) < 2:
            return None
        titles = self._titles[title]
        found = [o for o in self._names if o.title in titles and self._terms_of(name, o)]
        return found[0] if len(found) == 1 and found[0].place not in self._bare["courtesy"] else None

    def _terms_of(self, name: Words, office: Office) -> list[Term]:
        """The terms of who is called just that, else of all who may be meant by it."""
        short = name[: name.index("of")] if "of" in name[1:] else name  # "Abdullah of Saudi Arabia"
        held = self._names[office]
        if called := [term for term, names in held if name in names or short in names]:
            return called
        return [
            term
            for term, names in held
            if any(people.are_one(name, one) or people.ends(name, one) for one in names)
        ]

    # -- reasons to keep silent ---------------------------------------------------------------------------

    def _may_hold(self, term: Term, day: date) -> bool:
        """Whether somebody may be in office, or is so near a change that it may be told as if."""
        near = self._limits.near_a_change
        begins = day >= term.start.earliest - near
        return begins and (term.end is None or day <= term.end.latest + near)

    def _is_of_another_age(self, term: Term, day: date) -> bool:
        """Whether a term is so far from a day that whoever names it tells a story, or means a namesake."""
        memory = self._limits.living_memory
        return term.last_day < day - memory or term.start.earliest > day + memory

    def _ends(self, office: Office) -> date:
        """The last day on which the record says anything about an office."""
        return max(term.last_day for term in self._table.held[office])

    def _is_over(self, theirs: Sequence[Term], day: date, ends: date) -> bool:
        """Beyond the record's end: whether somebody left before it, and is none who comes back."""
        near = self._limits.near_a_change
        came_back = any(b.start.earliest > a.last_day + near for a, b in pairwise(theirs))
        left = all(term.last_day < ends for term in theirs)
        return left and not came_back and day <= ends + self._limits.beyond_the_record

    def _is_unsettled(self, office: Office, theirs: Sequence[Term], day: date) -> bool:
        """Whether an office changes hands around that day, and they had it not long before: where caretakers
        come and go, lists differ about who counts."""
        limits = self._limits
        left = max((term.last_day for term in theirs if term.last_day <= day), default=None)
        if left is None or day - left > limits.lately:
            return False
        return any(
            abs(term.start.earliest - day) <= limits.near_a_change for term in self._table.held[office]
        )

    def _is_another(self, name: Words, office: Office, day: date) -> bool:
        """Whether the words may mean who does hold the office, or did around that day."""
        return any(
            self._may_hold(term, day) and (one == name or people.sound_alike(name, one))
            for term, names in self._names[office]
            for one in names
        )

    def _holds_another(self, theirs: Term, office: Office, day: date) -> bool:
        """Whether the same person leads that place in another office: a president called prime minister."""
        return any(
            term.person == theirs.person and term.may_hold_on(day)
            for other, terms in self._table.held.items()
            if other.place == office.place and other != office and self._table.kinds[other] in _LEADERS
            for term in terms
        )

    # -- what the record has ------------------------------------------------------------------------------

    def _holders(self, office: Office, day: date) -> list[Term]:
        """Who holds an office on a day; on the day of a handover, who came."""
        holders = [term for term in self._table.terms(*office) if term.may_hold_on(day)]
        return [t for t in holders if t.end is None or t.end.latest > day] or holders

    def _spelling(self, office: Office, name: Words, day: date) -> Finding | None:
        """A name that is nearly the holder's, where names have one spelling and nobody else has this one."""
        if office.place not in self._fixed or name in self._known or not self._table.covers(*office, day):
            return None
        limits = self._limits
        for term in self._holders(office, day):
            names = people.any_of(term.names)
            if any(people.nearly(name, one, limits.differing, limits.shortest) for one in names):
                return Finding(
                    SIGNAL, _NEARLY, "office-spelling", {"holder": term.person}, (_evidence(office, term),)
                )
        return None

    def _finding(
        self, office: Office, theirs: Sequence[Term], holders: Sequence[Term], day: date, ends: date,
        *, dated: bool,
    ) -> Finding:  # fmt: skip
        beyond = day > ends
        slots = {"holder": _listed(term.person for term in holders), "day": _written(min(day, ends))}
        first = theirs[0].start.earliest
        if not holders:
            variant = "office-nobody"
        elif beyond:
            variant = "office-older" if dated else "office-older-undated"
        elif not dated:
            variant = "office-undated"
        elif first > day:
            variant, slots["start"] = "office-later", _written(first)
        else:
            variant = "office"
        nearest = min(theirs, key=lambda term: abs(term.start.earliest - day))
        evidence = tuple(_evidence(office, term) for term in [*holders, nearest])
        return Finding(SIGNAL, _LESS_SURE if beyond else _SURE, variant, slots, evidence)


def _limits(table: Mapping[str, Any]) -> _Limits:
    return _Limits(
        timedelta(table["near_a_change"]),
        timedelta(table["lately"]),
        timedelta(table["living_memory"]),
        timedelta(table["beyond_the_record"]),
        table["differing"],
        table["shortest"],
    )


def _is_history(question: OfficeQuestion, day: date) -> bool:
    """Whether the sentence names a year that is over, or tells of a month that is not about now."""
    if any(year < day.year for year in question.years):
        return True
    return question.past and any((month - day.month + 1) % 12 > 2 for month in question.months)


def _evidence(office: Office, term: Term) -> Evidence:
    since = term.start.spelled
    when = f"{since} to {term.end.spelled}" if term.end else f"since {since}"
    return Evidence(
        f"{office.title}, {office.place}: {term.person}, {when}",
        term.source,
        term.as_of.isoformat() if term.as_of else None,
    )


def _listed(names: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(names))


def _written(day: date) -> str:
    return When(day, day).spelled
