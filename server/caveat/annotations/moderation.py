"""Deciding about annotations: who may, what it does, and what is written down.

In: a session that writes, the moderator, which annotation in which revision they looked at, a ``Ruling``, the
time. Out: the annotation as it stands then; it is so when the session is committed. Each decision is a line
in the log. What can go wrong: ``Refused``, with what to do. Of two who decide at once the second is told
what the first decided: a decision raises the revision, and is refused where the revision is not the one
that was looked at.

Nobody decides on what they wrote, nor on an appeal against what they decided. What is helpful the raters
decide; a moderator does only where there are too few of them (``is_small``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations.models import Annotation, Status
from caveat.annotations.rulings import REASONS, Decision, Ruling
from caveat.annotations.situation import (
    ANSWERED_FOR,
    MODERATORS,
    is_against,
    is_decided,
    is_held,
    is_small,
    last_decision,
    must_moderate,
    open_appeal,
    open_reports,
    what_happened,
)

AT_ONCE = 100  # decisions in one step; who hides more should look at what they hide

_SHOWN_OR_RATED = {Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL}
# From which statuses a decision can be made. Those that are not here answer reports and appeals instead.
_FROM = {
    Decision.APPROVE: {Status.PENDING},
    Decision.HIDE: {Status.PENDING, Status.SETTLED, *_SHOWN_OR_RATED},
    Decision.RESTORE: {Status.PENDING, Status.HIDDEN, Status.SETTLED, Status.NOT_HELPFUL},
    Decision.HOLD: {Status.PENDING, *_SHOWN_OR_RATED},
    Decision.SETTLE: {Status.NEEDS_RATINGS, Status.HELPFUL},
    Decision.SHOW: {Status.PENDING, Status.NEEDS_RATINGS, Status.NOT_HELPFUL},
    Decision.DECLINE: {Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL},
}
_BY_RATERS = (Decision.SHOW, Decision.DECLINE)


@dataclass(frozen=True)
class Outcome:
    """What came of one of several decisions."""

    annotation: Annotation
    refused: Refused | None


def decide(
    session: Session, moderator: Account, uuid: UUID, revision: int, ruling: Ruling, now: datetime
) -> Annotation:
    """Decide about one."""
    [outcome] = decide_all(session, moderator, {uuid: revision}, ruling, now)
    if outcome.refused:
        raise outcome.refused
    return outcome.annotation


def decide_all(
    session: Session, moderator: Account, looked_at: Mapping[UUID, int], ruling: Ruling, now: datetime
) -> list[Outcome]:
    """Decide about several in the same way; each stands for itself, and what is refused leaves the others.

    ``looked_at`` has the revision of each.
    """
    must_moderate(moderator)
    if not 0 < len(looked_at) <= AT_ONCE:
        raise Refused(422, f"Choose between 1 and {AT_ONCE} annotations; these are {len(looked_at)}.")
    ruling = ruling.checked()
    # All are locked before the first line is logged, and in one order: of two moderators one waits for the
    # other, and never each for the other.
    query = select(Annotation).where(Annotation.uuid.in_(looked_at)).order_by(Annotation.id)
    locked = query.with_for_update(of=Annotation).execution_options(populate_existing=True)
    found = list(session.scalars(locked))
    if len(found) != len(looked_at):
        raise Refused(404, "There is no such annotation. The queue lists those that wait.")
    details = {"together": len(found)} if len(found) > 1 else {}
    outcomes = []
    for annotation in found:
        refused = None
        try:
            _must_be_as_looked_at(session, annotation, looked_at[annotation.uuid])
            _Case(session, moderator, annotation, now, details).decide(ruling)
        except Refused as error:
            refused = error
        outcomes.append(Outcome(annotation, refused))
    return outcomes


def choices(session: Session, moderator: Account, annotation: Annotation) -> list[Decision]:
    """What this moderator can decide here now."""
    if moderator.role not in MODERATORS or annotation.account_id == moderator.id:
        return []
    possible = [decision for decision, statuses in _FROM.items() if annotation.status in statuses]
    if not is_small(session):
        possible = [decision for decision in possible if decision not in _BY_RATERS]
    if is_held(annotation):
        possible.remove(Decision.HOLD)
    if Decision.RESTORE in possible and not is_decided(session, annotation):
        possible.remove(Decision.RESTORE)
    appeal = open_appeal(session, annotation)
    if appeal is not None:
        is_mine = appeal.account_id == moderator.id or is_against(session, moderator, annotation)
        possible = [] if is_mine else [Decision.UPHOLD]
        if not is_mine and is_decided(session, annotation):
            possible.append(Decision.OVERTURN)
    if open_reports(session, annotation):
        possible.insert(0, Decision.KEEP)
    return possible


def conceal(
    session: Session, by: Account, annotation: Annotation, sentence: str, now: datetime, **details: Any
) -> None:
    """Hide, for whatever reason, and close its reports."""
    _Case(session, by, annotation, now, details).move(Decision.HIDE, Status.HIDDEN, sentence)


def put_back(
    session: Session, by: Account, annotation: Annotation, sentence: str, now: datetime, **details: Any
) -> None:
    """Show again what was hidden, in the status it had."""
    _Case(session, by, annotation, now, details).back(Decision.RESTORE, sentence)


def _must_be_as_looked_at(session: Session, annotation: Annotation, revision: int) -> None:
    if annotation.revision != revision:
        raise Refused(409, f"{what_happened(session, annotation)} Look at it again before you decide.")


def _and(sentence: str, words: str) -> str:
    return f"{sentence} {words}".strip()


@dataclass(frozen=True)
class _Case:
    """One annotation before one moderator. Nothing is changed before everything is checked."""

    session: Session
    moderator: Account
    annotation: Annotation
    now: datetime
    details: Mapping[str, Any]

    def decide(self, ruling: Ruling) -> None:
        decision, words = ruling.decision, ruling.words
        if self.annotation.account_id == self.moderator.id:
            raise Refused(403, "You wrote this one: another moderator decides about it.")
        if self.annotation.status not in _FROM.get(decision, {self.annotation.status}):
            wanted = " or ".join(sorted(_FROM[decision]))
            raise Refused(
                409, f"This can be done where one is {wanted}; this one is {self.annotation.status}."
            )
        match decision:
            case Decision.APPROVE:
                sentence = _and("A moderator has looked at it; it waits for ratings.", words)
                self.move(decision, Status.NEEDS_RATINGS, sentence)
                self.annotation.locked = None
            case Decision.HIDE:
                sentence = _and(f"Hidden by a moderator. {REASONS[ruling.reason]['says']}", words)
                self._but({"why": ruling.reason}).move(decision, Status.HIDDEN, sentence)
            case Decision.HOLD:
                if is_held(self.annotation):
                    raise Refused(409, "It is held already.")
                self.move(decision, Status.PENDING, _and("A moderator wants to look at it first.", words))
                self.annotation.locked = self.now
            case Decision.SHOW | Decision.DECLINE:
                if not is_small(self.session):
                    raise Refused(409, "There are raters enough: they decide what is helpful.")
                is_helpful = decision is Decision.SHOW
                found = f"A moderator found it {'' if is_helpful else 'not '}helpful; raters are too few yet."
                self.move(decision, Status.HELPFUL if is_helpful else Status.NOT_HELPFUL, _and(found, words))
                self.annotation.locked = None
            case Decision.SETTLE:
                self.annotation.correction = words
                self.move(decision, Status.SETTLED, "The page was corrected.")
            case Decision.RESTORE:
                if not is_decided(self.session, self.annotation):
                    raise Refused(
                        409, "No moderator's decision keeps it where it is; nothing is to be taken back."
                    )
                if open_appeal(self.session, self.annotation) is not None:
                    raise Refused(409, "Its author has appealed: uphold or overturn the decision instead.")
                self.back(decision, _and("A moderator took back what was decided.", words))
            case Decision.KEEP:
                self._keep(words)
            case Decision.UPHOLD | Decision.OVERTURN:
                self._answer(decision, words)

    def move(self, decision: Decision, status: Status, sentence: str) -> None:
        """Change the status, answer the reports (but by holding, which only puts off), write it down."""
        before = self.annotation.status
        closed = 0 if decision is Decision.HOLD else self._close_reports()
        self._change(status, sentence)
        self._record(decision, sentence, {"from": before, "to": status, "reports": closed})

    def back(self, decision: Decision, sentence: str) -> None:
        """To the status before the decision that put it where it is, as the line in the log says."""
        annotation, before = self.annotation, self.annotation.status
        line = last_decision(self.session, annotation, *ANSWERED_FOR)
        status = Status(line.details["from"]) if line and "from" in line.details else Status.NEEDS_RATINGS
        if Status.PENDING in (before, status):
            annotation.locked = None  # it was held, and a moderator has looked at it now
        self._change(status, sentence)
        self._record(decision, sentence, {"from": before, "to": status})

    def _keep(self, words: str) -> None:
        closed = self._close_reports()
        if not closed:
            raise Refused(409, "Nothing is reported here any more, so that there is nothing to close.")
        self._change(self.annotation.status, self.annotation.reason)
        self._record(Decision.KEEP, words, {"reports": closed})

    def _answer(self, decision: Decision, words: str) -> None:
        appeal = open_appeal(self.session, self.annotation)
        if appeal is None:
            raise Refused(409, "There is no appeal here any more.")
        if is_against(self.session, self.moderator, self.annotation):
            raise Refused(403, "The appeal is against what you decided: another moderator answers it.")
        if decision is Decision.OVERTURN and not is_decided(self.session, self.annotation):
            raise Refused(
                409,
                "It is where it is by its ratings, not by a moderator's decision. Uphold, and say so to its "
                "author.",
            )
        appeal.closed, appeal.outcome = self.now, decision
        if decision is Decision.OVERTURN:
            self.back(decision, _and("After an appeal another moderator took the decision back.", words))
            return
        sentence = f"After an appeal another moderator agreed with it: {words}"
        self._change(self.annotation.status, _and(self.annotation.reason, sentence))
        self._record(decision, words, {})

    def _but(self, details: Mapping[str, Any]) -> _Case:
        return _Case(self.session, self.moderator, self.annotation, self.now, {**self.details, **details})

    def _close_reports(self) -> int:
        opened = open_reports(self.session, self.annotation)
        for report in opened:
            report.closed = self.now
        return len(opened)

    def _change(self, status: Status, reason: str) -> None:
        if self.annotation.status != status:
            self.annotation.status, self.annotation.status_since = status, self.now
        self.annotation.reason = reason
        self.annotation.revision += 1

    def _record(self, decision: Decision, reason: str, details: Mapping[str, Any]) -> None:
        revision = {"revision": self.annotation.revision}
        details = {**self.details, **details, **revision}
        log.record(self.session, self.now, self.moderator, decision, self.annotation, reason, **details)
