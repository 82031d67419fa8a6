"""named-source (credit): somebody or something a reader can look up.

Short names ("Tusk said") and pronouns are resolved by the judge, who also keeps the first mention only.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from caveat.article import SourceKind
from caveat.reading import gazetteer, rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.detectors.vague_source import source_with_cue
from caveat.reading.name_labels import OUTLET, PERSON, PLACE
from caveat.reading.said import Said
from caveat.reading.sourcing import is_told_by_another

_PLACES = frozenset({PLACE, "LOC", "FAC"})
_GOES_ON = frozenset({"go", "continue", "proceed"})  # "went on to say"
_LOOKED_UP = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})


@detector("named-source")
class NamedSource:
    """Attributions that give a name, without outlets (second-hand) and countries (nobody to ask)."""

    def __init__(self, nlp: Language) -> None:  # noqa: ARG002 - every detector is made with the pipeline
        self.bodies = frozenset(gazetteer.names("bodies"))
        self.acts = frozenset(rules.read("credit")["named-source"]["acts"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for said in doc._.attributions:
            if said.kind not in _LOOKED_UP or said.source is None or not said.name or said.negated:
                continue
            if (said.cue.root.lemma_ in self.acts and not said.quoted) or _is_wished(said.cue.root):
                continue
            if self._can_be_looked_up(said) and not is_told_by_another(doc, said.cue):
                yield Notice(source_with_cue(doc, said), 0.85, slots={"name": said.name})

    def _can_be_looked_up(self, said: Said) -> bool:
        """A name of two words or more, or a body we know: a company of one word may be anything."""
        assert said.source is not None  # noqa: S101 - the caller has looked
        labels = {ent.label_ for ent in said.source.ents if said.name and ent.text in said.name}
        if said.name is None or OUTLET in labels:
            return False
        if labels and labels <= _PLACES and said.kind is not SourceKind.NAMED:
            return False
        return (
            PERSON in labels
            or " " in said.name.removeprefix("the ")
            or said.name in self.bodies
            or said.kind is SourceKind.NAMED
        )


def _is_wished(cue: Token) -> bool:
    """Nothing is told in "needs to tell the truth"."""
    return cue.dep_ == "xcomp" and cue.tag_ == "VB" and cue.head.lemma_ not in _GOES_ON
