"""study-unlinked: "a recent study found", "polls show", with no name, size or date to find it by.

Whether the page links it or names it further down, only the article can say: the judge drops those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.attrs import LEMMA
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLACE
from caveat.reading.quotations import within
from caveat.reading.sourcing import is_question

_AFTER = 60  # tokens after the sentence in which a name, a journal or a size may still come
SIZE = re.compile(
    r"\d[\d,.]*\s+(?:[a-z]+\s+){0,2}(?:people|adults|voters|respondents|patients|participants|women|men|children|"
    r"mice|students|users|households|volunteers|pupils|workers|drivers|parents|adolescents|subjects|firms)\b"
)
_KNOWN = frozenset(
    {"the", "this", "that", "his", "her", "its", "their", "these", "those", "our", "my", "your"}
)
_NAMES = frozenset({BODY, OUTLET, PERSON, PLACE})


@detector("study-unlinked")
class StudyUnlinked:
    """A study as a subject or an authority, without a trail in its sentence or the words after."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("numbers")["study-unlinked"]
        self.nouns = frozenset(nlp.vocab.strings.add(word) for word in lists["nouns"])
        self.verbs = frozenset(lists["verbs"])
        self.errands, self.official = frozenset(lists["errands"]), frozenset(lists["official"])
        self.trail = rules.Phrases(nlp.vocab, {"trail": lists["trail"]})
        self.followed = rules.Phrases(nlp.vocab, {"trail": lists["followed"]})
        self.phrases = rules.Phrases(nlp.vocab, {"study": lists["phrases"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        seen: set[int] = set()
        for span in [*self._subjects(doc), *self.phrases(doc)]:
            if seen.intersection(range(span.start, span.end)) or within(doc, span.start, span.end):
                continue
            if is_question(span.sent) or self._is_errand(_noun(span)) or self._has_trail(doc, span):
                continue
            seen.update(range(span.start, span.end))
            yield Notice(span, 0.75)

    def _subjects(self, doc: Doc) -> Iterator[Span]:
        """Subjects like those of "Studies show …": bare and plural, or indefinite."""
        for index, lemma in enumerate(doc.to_array(LEMMA).tolist()):
            if lemma not in self.nouns or (token := doc[index]).dep_ != "nsubj":
                continue
            verb = token.head
            before = {t.lower_ for t in token.children if t.i < token.i}
            known = before & (_KNOWN | self.official) or any(t.dep_ == "poss" for t in token.children)
            if verb.lemma_ in self.verbs and verb.pos_ == "VERB" and not known:
                yield doc[token.left_edge.i : token.i + 1]

    def _is_errand(self, noun: Token) -> bool:
        """Not done yet, or no study at all: "the council ordered a survey", "a research group"."""
        return noun.dep_ == "compound" or (
            noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_ in self.errands
        )

    def _has_trail(self, doc: Doc, span: Span) -> bool:
        sentence, study = span.sent, _noun(span)
        own = range(study.left_edge.i, study.right_edge.i + 1)
        if any(ent.label_ in _NAMES and ent.start in own for ent in sentence.ents):
            return True
        after = doc[sentence.end : min(len(doc), sentence.end + _AFTER)]
        return (
            bool(self.trail(sentence))
            or bool(SIZE.search(doc[sentence.start : min(len(doc), sentence.end + _AFTER)].text))
            or (len(after) > 0 and bool(self.followed(after)))
        )


def _noun(span: Span) -> Token:
    """The study itself: of "according to a survey" the survey."""
    return next((t for t in reversed(span) if t.pos_ in {"NOUN", "PROPN"}), span.root)
