"""Whether a sentence tells what somebody does now, in the days of its article.

In: the words that name somebody. Out: yes only where the grammar says so: their clause is in the present or
the future, or in the past with a day of this week in it. No for a plain past ("Merkel said"), which may be of
any year, for what is only imagined, and wherever a word of the sentence points to history or fiction. The
lists are in ``rules/offices.toml``, and why each is there in ``facts/offices/CHECK.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any

from spacy.tokens import Doc, Span, Token

_VERBS = frozenset({"VERB", "AUX"})
_OPEN = frozenset({"xcomp", "conj", "ccomp"})  # clauses that may borrow the tense of the verb above
_SIDE_BY_SIDE = frozenset({"appos", "conj"})
_BEFORE_A_NOUN = frozenset({"poss", "compound", "nmod", "amod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_SET_BESIDE = frozenset({"like", "unlike", "since", "than", "under"})  # "like X before him"
_TO_COME = frozenset({"set", "expected", "due", "scheduled", "going", "about", "likely", "planned"})
_IMAGINED = frozenset({"if", "unless", "whether"})
_TITLED = 0.75  # share of capitalised words from which a line is a headline; set by eye, for silence only


class Told(StrEnum):
    """How a sentence tells what is going on."""

    NOW = "now"  # in the present or the future
    THIS_WEEK = "this week"  # in the past, on a day that it names


class Tense(Enum):
    """When a clause says that something happens."""

    PRESENT = 1
    FUTURE = 2
    PAST = 3
    UNSURE = 4  # "would", "had", no verb at all


class ToldNow:
    """Judges mentions by the tables "past" and "now"."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        past, now = table["past"], table["now"]
        self.past = frozenset(past["words"].split()) | frozenset(past["fiction"].split())
        self.fiction = frozenset(past["fiction"].split())
        self.phrases = tuple(f" {phrase} " for phrase in past["phrases"].split("|"))
        self.ends = frozenset(table["ends"]["verbs"].split())
        self.days, self.this = frozenset(now["days"].split()), frozenset(now["this"].split())
        self.not_before = frozenset(now["not_before"].split())
        self.modals = frozenset(now["modals"].split())
        self.deal, self.dealings = frozenset(now["deal"].split()), frozenset(now["dealings"].split())
        self.staff, self.remarks = frozenset(now["staff"].split()), frozenset(now["remarks"].split())
        self.told_with, self.say = frozenset(now["told_with"].split()), frozenset(now["say"].split())
        self.publish = frozenset(now["publish"].split())
        self.where = frozenset(now["where"].split())
        self.papers, self.letters = frozenset(past["papers"].split()), frozenset(past["letters"].split())

    def __call__(self, span: Span, person: Span) -> Told | None:
        """How it is told what a person does, or None: it may be long ago, or never have been."""
        sent = span.doc[span.sent.start : person[-1].sent.end]  # "Th." may have ended one
        words = [token.lower_ for token in sent]
        if self._is_of_the_past(words) or _is_titled(sent, span) or "?" in words[-2:]:
            return None
        if not self.fiction.isdisjoint(token.lower_ for token in span.doc):
            return None
        verb = self._verb_of(span, person)
        if verb is None or verb.lemma_.lower() in self.ends or _is_imagined(verb):
            return None
        tense = self._tense(verb)
        if self._is_on_paper(verb, span, tense):
            return None
        if tense is Tense.FUTURE or (tense is Tense.PRESENT and self._is_going_on(verb)):
            return Told.NOW if self._is_told_by_the_article(verb, tense) else None
        if tense is Tense.PAST and self._is_of_this_week(verb):
            return Told.THIS_WEEK
        return Told.NOW if tense is Tense.PAST and self._is_remarked_on(verb, span) else None

    def _is_on_paper(self, verb: Token, span: Span, tense: Tense) -> bool:
        """Whether something that was written or taped tells it, of any year: "the report accuses X", "in the
        play X meets", "a letter from X shows"."""
        clauses = (verb, *(token for token in verb.ancestors if token.pos_ in _VERBS))
        for child in (child for clause in clauses for child in clause.children):
            if child.dep_ in _SUBJECTS and not span.start <= child.i < span.end:
                theirs = child.lower_ in self.letters and child.is_ancestor(span.root)
                if theirs or child.lower_ in self.papers:
                    return True
            told_in = tense is not Tense.PAST and child.dep_ == "prep" and child.lower_ in {"in", "on"}
            if told_in and any(token.lower_ in self.papers for token in child.children):
                return True
        return False

    def _is_going_on(self, verb: Token) -> bool:
        """Whether a clause in the present tells what happens, not what somebody is: "is a hero" may be said
        of the dead, "is in Kyiv", "is to visit" and "is busy this week" may not."""
        if verb.lemma_ != "be" or verb.dep_ in {"aux", "auxpass"}:
            return True
        if any(child.lower_ in self.where or _is_to_do(child) for child in verb.children):
            return True
        return any(self._is_a_day(token) for token in verb.subtree)

    def _is_told_by_the_article(self, verb: Token, tense: Tense) -> bool:
        """Whether a clause is the article's own: a main one, or one that others tell of what is to come. What
        people believe, allege or dream of is theirs, and a story begins with "when"."""
        while verb.dep_ in {"conj", "xcomp"} and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ in {"ROOT", "parataxis"}:
            return True
        if verb.dep_ == "advcl":
            return any(child.lower_ in self.told_with for child in verb.children)
        if verb.dep_ == "ccomp" and verb.tag_ == "VB" and verb.head.lemma_.lower() in self.deal:
            return self._is_told_by_the_article(verb.head, tense)  # "wants X to resign"
        if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in self.say:
            return tense is Tense.FUTURE or verb.i < verb.head.i
        return verb.dep_ == "relcl" and tense is Tense.FUTURE

    def _is_of_the_past(self, words: list[str]) -> bool:
        joined = f" {' '.join(words)} "
        return not self.past.isdisjoint(words) or any(phrase in joined for phrase in self.phrases)

    def _verb_of(self, span: Span, person: Span) -> Token | None:
        """The verb of which the named one is a part that acts, or is dealt with."""
        node, acts = person[-1], False
        if span.start and span.doc[span.start - 1].lower_ in _SET_BESIDE:  # the parse may not see it
            return None
        while node.pos_ not in _VERBS:
            above, dep = node.head, node.dep_
            if above.i == node.i:
                return None
            if span.start <= above.i < span.end or dep in _SIDE_BY_SIDE:
                pass
            elif dep in _SUBJECTS and above.pos_ in _VERBS:
                acts = True
            elif dep in _BEFORE_A_NOUN:  # "X's office", but neither "X's statue" nor "X fans"
                if above.lower_ not in self.staff and above.lower_ not in self.dealings:
                    return None
                acts = True
            elif above.pos_ == "ADP" and above.lower_ in _SET_BESIDE | {"as"}:
                return None
            elif above.pos_ == "ADP":
                acts = acts or above.lower_ == "by"
            elif node.pos_ == "ADP" or dep == "prep":
                # "her request to X": the parse may hang "to" on the verb before.
                noun = above if above.pos_ not in _VERBS else node.nbor(-1) if node.i else node
                if noun.lower_ in self.dealings | self.staff:
                    acts = True
                elif above.pos_ not in _VERBS:
                    return None
            elif above.pos_ not in _VERBS:
                return None
            node = above
        return node if acts or node.lemma_.lower() in self.deal else None

    def _tense(self, verb: Token) -> Tense:
        auxes = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
        for token in (*auxes, verb):
            if token.tag_ == "MD":
                if token.lower_ not in self.modals or any(t.lemma_ == "have" for t in auxes):
                    return Tense.UNSURE
                return Tense.FUTURE
        finite = [token for token in (*auxes, verb) if token.tag_ in {"VBZ", "VBP", "VBD"}]
        if any(token.tag_ == "VBD" and token.lemma_ == "have" for token in finite if token.i != verb.i):
            return Tense.UNSURE
        if finite:
            return Tense.PAST if finite[0].tag_ == "VBD" else Tense.PRESENT
        if verb.dep_ in _OPEN and verb.head.i != verb.i and verb.head.pos_ in (_VERBS | {"ADJ"}):
            above = self._tense(verb.head)
            to_come = verb.head.lower_ in _TO_COME
            return above if above is not Tense.PAST or verb.dep_ == "conj" or not to_come else Tense.UNSURE
        return Tense.UNSURE

    def _is_of_this_week(self, verb: Token) -> bool:
        """Whether a past clause names a day of this week, itself or in the sentence it belongs to."""
        main = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
        beside = (
            verb.dep_ == "advcl"
            and verb.head.dep_ == "ROOT"
            and any(t.lower_ in self.told_with for t in verb.children)
            and self._tense(verb.head) is Tense.PAST
        )
        if main or beside:
            of = verb if main else verb.head
            return any(self._is_a_day(t) and not self._is_of_another_clause(t, of) for t in verb.sent)
        theirs = any(t.dep_ == "ccomp" and t.i > t.head.i for t in (verb, *verb.ancestors))
        return not theirs and any(self._is_a_day(token) and token.i > verb.i for token in verb.subtree)

    def _is_of_another_clause(self, token: Token, verb: Token) -> bool:
        """Whether a word stands in what is said within the clause, "said that it began on Monday", or in what
        is so now, "was signed and is in force today". Not where only other nouns stand between: the parse has
        "told them on Monday he would go" wrong; nor in "an interview published today"."""
        if token.i > verb.i and not any(
            t.pos_ in _VERBS or t.lower_ == "that" for t in verb.doc[verb.i + 1 : token.i]
        ):
            return False
        return any(
            above.i != verb.i
            and verb.is_ancestor(above)
            and (
                (above.dep_ in {"ccomp", "relcl", "acl"} and above.lemma_.lower() not in self.publish)
                or (above.dep_ == "conj" and above.pos_ in _VERBS and self._tense(above) is not Tense.PAST)
            )
            for above in (token, *token.ancestors)
        )

    def _is_a_day(self, token: Token) -> bool:
        before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
        if token.lower_ in self.days:
            return before not in self.not_before
        return token.lower_ in self.this and before == "this"

    def _is_remarked_on(self, verb: Token, span: Span) -> bool:
        """Whether the sentence ends in a remark of now on what happened: ", a move that some view as ..."."""
        if verb.dep_ != "ROOT":
            return False
        rest = verb.doc[span.end : verb.sent.end]
        for token in rest:
            if token.lower_ in self.remarks and token.i > span.end and "," in _two_before(token):
                tags = [t.tag_ for t in rest if t.i > token.i]
                return (
                    bool({"VBZ", "VBP"}.intersection(tags))
                    and "VBD" not in tags
                    and "still" not in {t.lower_ for t in rest}
                )
        return False


def _is_to_do(clause: Token) -> bool:
    """Whether a clause is what somebody is to do, "is to visit Rome"; not what they are "likely to" be."""
    return clause.dep_ == "xcomp" and clause.tag_ == "VB" and clause.lemma_ != "be"


def _two_before(token: Token) -> set[str]:
    doc: Doc = token.doc
    return {t.lower_ for t in doc[max(0, token.i - 3) : token.i]}


def _is_imagined(verb: Token) -> bool:
    clauses = [verb, *(t for t in verb.ancestors if t.pos_ in _VERBS)]
    return any(
        child.lower_ in _IMAGINED and child.dep_ in {"mark", "advmod"}
        for v in clauses
        for child in v.children
    )


def _is_titled(sent: Span, span: Span) -> bool:
    """Whether the words are capitalised as in a headline, verbs too, beside those that name the office."""
    words = [t for t in sent if t.is_alpha and len(t) > 3 and not span.start <= t.i < span.end]
    if any(word.pos_ == "VERB" and word.text[0].islower() for word in words):
        return False
    return len(words) > 2 and sum(word.text[0].isupper() for word in words) / len(words) >= _TITLED
