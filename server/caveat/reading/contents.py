"""What is said: from the parse, else from the quotation marks, else what the sentence leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from caveat.reading.quotations import Quotation, within

_TRIMMED = frozenset({",", ";", ":", ".", "-", "–", "—"})
_BESIDE = frozenset({"npadvmod", "dative", "tmod"})
_CIRCUMSTANCE = frozenset({"on", "in", "at", "to", "during", "by"})
_SUBORDINATE = frozenset({"advcl", "relcl", "acl", "pcomp", "xcomp"})
_BREAKS = frozenset({",", "—", "–", "--"})
# A time, or a town in capitals with its country, day and agency; then a dash.
_DATELINE = re.compile(
    r"\s*(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|[A-Z]{3}[A-Z .’'/]*(?:,[^—–\n]{1,40}?)?(?: \([^)\n]{2,30}\))?)"
    r"\s[—–-]\s+(?:[A-Z][a-z]+ \d{1,2}, \d{4}\s[—–-]\s+)?(?:[A-Z]+: )?"
)
_OPENING = 2  # tokens before "he asked" at a sentence's start
_LONGEST_ASIDE = 25  # tokens of source and cue together
_HUNG = frozenset({"acl", "relcl", "ccomp"})
_TIMES = frozenset({"DATE", "TIME"})
_CLAUSES = frozenset({"ccomp", "xcomp", "oprd", "prep", "parataxis"})


def content_of(
    cue: Token, bound: Sequence[Token], own: set[int], *, aside: bool, tells: bool, quotes: bool
) -> tuple[Span, ...]:
    """The spans of what is said.

    ``bound`` is what patterns found, ``own`` the tokens of cue and source. ``aside``: all the rest of the
    clause is said ("according to", "in a poll"). ``tells``: the object is who is told. ``quotes``: a
    quotation beside the cue's sentence may be what is said.
    """
    doc, sentence = cue.doc, cue.sent
    reporting = {t.i for t in cue.subtree}
    if tells and any(t.dep_ in _CLAUSES for t in bound):
        bound = [t for t in bound if t.dep_ != "dobj"]
    inside = {t.i for content in bound for t in content.subtree if t.sent == sentence}
    if aside:
        inside = _rest_of_clause(cue)
    elif any(t.dep_ == "ccomp" for t in bound):  # "reporters were told by the mayor that …"
        inside -= {t.i for told in bound if told.dep_ == "nsubjpass" for t in told.subtree}
    elif not inside and (cue.dep_ == "parataxis" or _is_aside(cue)):
        inside = set(range(sentence.start, sentence.end)) - reporting
    elif not inside and (colon := _colon_after(cue)):  # "She continued: …"
        inside = set(range(colon + 1, sentence.end))
    if cue.pos_ != "NOUN":
        inside |= _quoted_words(doc, sentence, cue, inside)
    quotes = quotes and cue.dep_ not in _SUBORDINATE
    said = {t.i for content in bound for t in content.subtree}
    found = trimmed(doc, inside - own - (_fragments(cue, own) - said))
    if not found and quotes:
        found = trimmed(doc, _before_the_speaker(cue, own))
    if not found and quotes and (beside := _neighbour(doc, sentence, own)) is not None:
        found = trimmed(doc, range(beside.start, beside.end))
    return found


def without_times(bound: Sequence[Token]) -> list[Token]:
    """What is said without when: of "warned for months that …" the clause, which hangs on the time."""
    out: list[Token] = []
    for token in bound:
        times = [t for t in token.children if t.dep_ == "pobj" and t.ent_type_ in _TIMES]
        if token.dep_ == "prep" and times:
            out.extend(t for time in times for t in time.children if t.dep_ in _HUNG)
        else:
            out.append(token)
    return out


def dateline(doc: Doc) -> int:
    """How many tokens open the block before what is told: "HALLIN, June 11 (Meridian) —", "10:50 –"."""
    found = _DATELINE.match(doc.text)
    return next((t.i for t in doc if t.idx >= found.end()), 0) if found else 0


def announces(cue: Token) -> bool:
    """The block ends with the cue's sentence and a colon: what is said comes in the next one."""
    return cue.sent.end == len(cue.doc) and cue.doc.text.rstrip().endswith(":") and cue.pos_ == "VERB"


def touches(quotation: Quotation, content: tuple[Span, ...]) -> bool:
    """Whether what is said holds words of the quotation."""
    return any(span.start < quotation.end and quotation.start < span.end for span in content)


def _rest_of_clause(cue: Token) -> set[int]:
    """The clause that the cue is an aside to, without the aside: "…, according to the ministry"."""
    aside = cue
    while aside.dep_ in {"prep", "pobj", "pcomp"} and aside.head.pos_ == "ADP":
        aside = aside.head
    head = aside.head if aside.head.i != aside.i else cue.sent.root
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    return {t.i for t in head.subtree} - {t.i for t in aside.subtree}


def _is_aside(cue: Token) -> bool:
    """Whether the rest of the sentence is what was said: "As the minister said, …"."""
    return cue.dep_ == "advcl" and any(
        t.lower_ == "as" and t.dep_ in {"mark", "advmod"} for t in cue.children
    )


def _colon_after(cue: Token) -> int | None:
    sentence = cue.sent
    return next((t.i for t in cue.doc[cue.i : sentence.end - 1] if t.text == ":"), None)


def _fragments(cue: Token, own: set[int]) -> set[int]:
    """What stands with the cue and is not said: "on Tuesday", "in a statement", "told reporters"."""
    if cue.pos_ not in {"VERB", "AUX"}:
        return set()
    near = [child for child in cue.children if child.i not in own and abs(child.i - cue.i) <= 2]
    beside = [
        child
        for child in near
        if child.dep_ in _BESIDE or (child.dep_ in {"prep", "advmod"} and child.lower_ in _CIRCUMSTANCE)
    ]
    return {token.i for child in beside for token in child.subtree}


def _quoted_words(doc: Doc, sentence: Span, cue: Token, inside: set[int]) -> set[int]:
    """Quotations in the cue's sentence that hold what is said, or that its content touches, to their ends."""
    if within(doc, cue.i, cue.i + 1):
        return set()
    out: set[int] = set()
    for quotation in doc._.quotations:
        in_sentence = quotation.start < sentence.end and sentence.start < quotation.end
        touched = inside.intersection(range(quotation.start, quotation.end))
        alone = not inside and cue.dep_ not in _SUBORDINATE
        if touched or (in_sentence and (alone or _reaches(doc, cue, quotation))):
            out.update(range(quotation.start, quotation.end))
    return out


def _reaches(doc: Doc, cue: Token, quotation: Quotation) -> bool:
    """Only a comma, a colon, the source or a few words lie between the cue and the quotation."""
    low, high = (cue.i + 1, quotation.start) if cue.i < quotation.start else (quotation.end, cue.i)
    return high - low <= 3 or doc[max(low, high - 1)].text in {":", ","}


def _before_the_speaker(cue: Token, own: set[int]) -> range:
    """What stands before ", the mayor said", and is no clause of the cue's because the parse went astray."""
    start, first = cue.sent.start, min(own)
    clear = cue.pos_ == "VERB" and cue.dep_ not in _SUBORDINATE and first > start
    if not clear or cue.doc[first - 1].text not in _BREAKS or max(own) - first > _LONGEST_ASIDE:
        return range(0)
    verbs = any(t.pos_ in {"VERB", "AUX"} for t in cue.doc[start : first - 1])
    return range(start, first - 1) if verbs else range(0)


def _neighbour(doc: Doc, sentence: Span, own: set[int]) -> Quotation | None:
    """The quotation that ends where the cue's sentence starts, or starts where it ends with a colon; the
    parser takes what follows an exclamation or a question mark for a sentence of its own."""
    if within(doc, min(own), max(own) + 1):
        return None
    opens = min(own) - sentence.start <= _OPENING
    leads = sentence.text.rstrip().endswith((":", ","))
    for quotation in doc._.quotations:
        if opens and quotation.end in {sentence.start, sentence.start + 1}:
            return quotation  # type: ignore[no-any-return]
        if leads and quotation.start in {sentence.end, sentence.end + 1}:
            return quotation  # type: ignore[no-any-return]
    return None


def trimmed(doc: Doc, indexes: Iterable[int]) -> tuple[Span, ...]:
    """Runs of tokens, without the punctuation at their edges."""
    out: list[Span] = []
    ordered = sorted(indexes)
    at = 0
    while at < len(ordered):
        run = [ordered[at]]
        at += 1
        while at < len(ordered) and ordered[at] == run[-1] + 1:
            run.append(ordered[at])
            at += 1
        while run and (doc[run[0]].text in _TRIMMED or doc[run[0]].is_space):
            run.pop(0)
        while run and (doc[run[-1]].text in _TRIMMED or doc[run[-1]].is_space):
            run.pop()
        if run and any(doc[i].is_alpha or doc[i].like_num for i in run):
            out.append(doc[run[0] : run[-1] + 1])
    return tuple(out)
