"""study-unlinked: "a recent study found", "polls show", with no name, size or date to find it by.

Whether the page links it, only the article can say: the judge drops notices whose sentence holds a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import within

_AFTER = 40  # tokens after the sentence in which a name, a journal or a size may still come
_SIZE = re.compile(
    r"\d[\d,.]*\s+(?:people|adults|voters|respondents|patients|participants|women|men|children|mice|students|users)"
)


@detector("study-unlinked")
class StudyUnlinked:
    """A study as a subject or an authority, without a trail in its sentence or the one after."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("numbers")["study-unlinked"]
        self.nouns, self.verbs = frozenset(lists["nouns"]), frozenset(lists["verbs"])
        self.trail = rules.Phrases(nlp.vocab, {"trail": lists["trail"]})
        self.matcher = rules.Phrases(nlp.vocab, {"study": lists["phrases"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        seen: set[int] = set()
        for span in [*self._subjects(doc), *self.matcher(doc)]:
            if span.start in seen or within(doc, span.start, span.end) or self._has_trail(doc, span):
                continue
            seen.update(range(span.start, span.end))
            yield Notice(span, 0.75)

    def _subjects(self, doc: Doc) -> Iterator[Span]:
        """Subjects like those of "Studies show …": bare and plural, or indefinite."""
        for token in doc:
            if token.lemma_ not in self.nouns or token.dep_ not in {"nsubj", "pobj"}:
                continue
            verb = token.head if token.dep_ == "nsubj" else token
            said = token.dep_ == "nsubj" and verb.lemma_ in self.verbs and verb.pos_ == "VERB"
            determiners = [t for t in token.children if t.dep_ in {"det", "poss", "nummod"}]
            if said and not any(
                t.lower_ in {"the", "this", "that", "his", "her", "its", "their", "these", "those", "our"}
                or t.dep_ == "poss"
                for t in determiners
            ):
                yield doc[token.left_edge.i : token.i + 1]

    def _has_trail(self, doc: Doc, span: Span) -> bool:
        sentence = span.sent
        after = doc[sentence.start : min(len(doc), sentence.end + _AFTER)]
        return bool(_SIZE.search(after.text)) or bool(self.trail(after))
