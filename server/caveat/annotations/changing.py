"""What authors may do with their annotations afterwards: change, take back, settle.

In: a session that writes, who acts, the annotation, the time. Out: the annotation, changed; it is so when the
session is committed. What can go wrong: ``Refused``.

Whoever changes an annotation may name the revision they have seen. Where its wording is another one since,
that is refused (412), and nothing of it is kept. A revision that only says that it stands elsewhere (it was
rated, ranked, decided) does not count: nobody's words were changed by it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts
from caveat.annotations.brake import Part
from caveat.annotations.drafts import Cited, Draft
from caveat.annotations.models import Annotation, Rating, Report, Status, Wording
from caveat.annotations.submission import page_for, refuse_spared, sources_of, wording_of

WINDOW = timedelta(hours=1)  # for one's own typing errors; later, others have read and rated it
_EDITABLE = (Status.PENDING, Status.NEEDS_RATINGS)
_CHANGEABLE = ("signal", "body", "language", "sources", "canonical", "via")
_PLACE = ("exact", "prefix", "suffix", "start")
DECIDE = (Role.MODERATOR, Role.ADMINISTRATOR)


def edit(
    session: Session,
    author: Account,
    annotation: Annotation,
    draft: Draft,
    revision: int | None,
    now: datetime,
) -> None:
    """Make it say what the draft says, of the words that the draft names. Ratings of the wording before no
    longer count. Refused (412) where ``revision`` is of another wording (None: whatever it is), and (409)
    once the window has closed, or where it goes to other words after somebody rated or reported it: what was
    said of a note on its words is not said of it elsewhere."""
    _refuse_others(author, annotation)
    allowance.refuse_braked(session, Part.SUBMISSIONS)
    hold(session, annotation)
    refuse_stale(session, annotation, revision)
    draft = drafts.checked(draft)
    was = draft_of(annotation)
    is_elsewhere = drafts.page_of(draft.url) != annotation.page.digest
    moves = is_elsewhere or any(getattr(draft, name) != getattr(was, name) for name in _PLACE)
    if not moves and all(getattr(draft, name) == getattr(was, name) for name in _CHANGEABLE):
        return
    if annotation.status not in _EDITABLE or now - annotation.created > WINDOW:
        raise Refused(
            409,
            f"An annotation may be edited for {WINDOW // timedelta(minutes=1)} minutes, and until it is "
            "decided. Withdraw it and write another.",
        )
    if moves:
        _refuse_judged(session, annotation)
    page = page_for(session, draft, now) if is_elsewhere else annotation.page
    refuse_spared(session, page, draft)
    if is_elsewhere:
        allowance.refuse_crowded(session, page, now)
    before = Wording(
        annotation_id=annotation.id,
        revision=annotation.revision,
        body=annotation.body,
        sources=[{"url": source.url, "title": source.title} for source in annotation.sources],
        until=now,
    )
    annotation.body, annotation.signal, annotation.language = draft.body, draft.signal, draft.language
    annotation.sources = sources_of(draft.sources)
    annotation.canonical, annotation.via = draft.canonical, list(draft.via) or None
    annotation.page, annotation.quote_digest = page, draft.quote_digest
    for name in _PLACE:
        setattr(annotation, name, getattr(draft, name))
    annotation.edited = now
    annotation.revision += 1
    session.add(before)
    log.record(session, now, author, "move" if moves else "edit", annotation, wording=wording_of(annotation))


def withdraw(
    session: Session, author: Account, annotation: Annotation, revision: int | None, now: datetime
) -> None:
    """Take back one's own annotation. What its raters made of it until then still counts for its author."""
    _refuse_others(author, annotation)
    hold(session, annotation)
    if annotation.status == Status.WITHDRAWN:
        return  # asked twice
    refuse_stale(session, annotation, revision)
    if annotation.status == Status.HIDDEN:
        raise Refused(409, "A moderator has hidden it, so that nobody sees it. You may appeal.")
    annotation.stood = before = annotation.status
    _set(annotation, Status.WITHDRAWN, "Its author took it back.", now)
    log.record(session, now, author, "withdraw", annotation, before=before)


def settle(
    session: Session,
    by: Account,
    annotation: Annotation,
    correction: str,
    revision: int | None,
    now: datetime,
) -> None:
    """Say that the page was corrected, and what it says now: by the author, or a moderator. Only what is
    shown is settled, as else this would be a way around the raters."""
    if by.id != annotation.account_id and by.role not in DECIDE:
        raise Refused(403, "Its author or a moderator says that the page was corrected.")
    correction = drafts.plain(correction, drafts.LONGEST_BODY, "#/correction")
    hold(session, annotation)
    if annotation.status == Status.SETTLED and annotation.correction == correction:
        return  # asked twice
    if by.state != State.ACTIVE:
        raise Refused(403, allowance.SUSPENDED)
    refuse_stale(session, annotation, revision)
    if annotation.status != Status.HELPFUL:
        raise Refused(
            409, "Only what readers are shown is settled. Withdraw it where it has no use any more."
        )
    annotation.correction = correction
    _set(annotation, Status.SETTLED, "The page was corrected.", now)
    log.record(session, now, by, "settle", annotation)


def hold(session: Session, annotation: Annotation) -> None:
    """Have it as it is now, and keep others from changing it until this is done: who was quicker is seen, and
    a ranking that was is no conflict."""
    it = select(Annotation).where(Annotation.id == annotation.id).with_for_update(of=Annotation)
    session.execute(it.execution_options(populate_existing=True)).one()


def refuse_stale(session: Session, annotation: Annotation, revision: int | None) -> None:
    """Refuse whoever has seen another wording than there is; None is whoever does not say."""
    if revision is None or revision == annotation.revision:
        return
    of_it = Wording.annotation_id == annotation.id
    last = session.scalar(select(func.max(Wording.revision)).where(of_it)) or 0
    if not last < revision < annotation.revision:
        raise Refused(
            412, "It says something else meanwhile. Look at it again, and try again if you want to."
        )


def draft_of(annotation: Annotation) -> Draft:
    """An annotation as a draft, to change parts of it."""
    return Draft(
        client_id=annotation.client_id,
        url=annotation.page.url,
        exact=annotation.exact,
        signal=annotation.signal,
        body=annotation.body,
        title=annotation.page.title,
        prefix=annotation.prefix,
        suffix=annotation.suffix,
        start=annotation.start,
        sources=tuple(Cited(source.url, source.title) for source in annotation.sources),
        language=annotation.language,
        canonical=annotation.canonical,
        via=tuple(annotation.via or ()),
        of_page=not annotation.exact,
    )


def _set(annotation: Annotation, status: Status, reason: str, now: datetime) -> None:
    annotation.status, annotation.status_since, annotation.reason = status, now, reason
    annotation.revision += 1


def _refuse_judged(session: Session, annotation: Annotation) -> None:
    """Refuse where somebody has said something of it, which is of the words it stands on."""
    for said in (Rating, Report):
        if session.scalar(select(said.annotation_id).where(said.annotation_id == annotation.id).limit(1)):
            raise Refused(
                409,
                "It was rated or reported on its words, and stays with them. Withdraw it and write another.",
                "#/target",
            )


def _refuse_others(author: Account, annotation: Annotation) -> None:
    if annotation.account_id != author.id:
        raise Refused(403, "Only its author may do this.")
    if author.state != State.ACTIVE:
        raise Refused(403, allowance.SUSPENDED)
