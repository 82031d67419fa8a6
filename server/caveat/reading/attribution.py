"""Who says it: a component that finds source, cue and content in each block.

Writes ``doc._.attributions``: ``Said``s in the order of their cues; and ``doc._.aims``, those that tell
what somebody wants, does or feels rather than says: they are listed, but no note and no claim rests on
them. The patterns are data (``rules/attribution.toml``); here they are put together: one cue (``cues``),
one source (``speakers``, ``sources``), and what is said (``contents``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from caveat.article import SourceKind
from caveat.reading import rules, sources, speakers
from caveat.reading.contents import announces, content_of, dateline, touches, trimmed, without_times
from caveat.reading.cues import ACCORDING, CITING, cue_words, is_negated, tells_who
from caveat.reading.quotations import within
from caveat.reading.said import (
    SPEECH,
    Said,
    is_cited,
    is_told,
    with_continued_quotations,
    without_repeats,
)
from caveat.reading.trees import Trees

_HIDDEN = frozenset(
    {"hidden", "hidden-within", "foreseen", "there-is", "seeming", "asked"}
)  # patterns that need no source
_UNSAID = frozenset({"foreseen", "asked", "seeming"})  # … and do not tell that anybody said so
_WORDED = frozenset(
    {"there-is", "in-view", "out-at", "make-clear", "in-statement", "in-paper", "hidden-within"}
)  # … and do
_REGARDING = frozenset({"regard", "agent-regard", "agent-regard-as"})
_NOBODY = frozenset({SourceKind.VAGUE, SourceKind.UNNAMED})
_HEADED = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})  # who heads a block
_ASIDES = frozenset({"according", "survey", "in-view"})  # patterns whose content is the rest of the clause


@dataclass(slots=True)
class _Bound:
    """What the patterns found around one cue."""

    patterns: set[str] = field(default_factory=set)
    sources: list[Token] = field(default_factory=list)
    contents: list[Token] = field(default_factory=list)
    frame: list[Token] = field(default_factory=list)
    outer: list[Token] = field(default_factory=list)  # "quoted" of "quoted her as saying": no cue of its own

    def by_role(self, role: str) -> list[Token] | None:
        """Where a pattern's token goes: "frame", "frame2" … are words of the cue."""
        if role.startswith("frame"):
            return self.frame
        return {"source": self.sources, "content": self.contents, "outer": self.outer}.get(role)


class Attributions:
    """Finds attributions by the patterns of ``rules/attribution.toml``."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("attribution")
        lists = lists_of(data)
        self.trees = Trees(nlp.vocab, data["patterns"], lists)
        self.words = sources.SourceWords.of(rules.read("sources"))
        self.say, self.tell = frozenset(lists["say"]), frozenset(lists["tell"])
        self.negative = frozenset(lists["negative"])
        self.clausal = frozenset({*lists["say"], *lists["express"], *lists["think"]} - {*lists["mind"]})
        self.outspoken, self.wording = frozenset(lists["outspoken"]), frozenset(lists["wording"])
        self.acts, self.spoken = frozenset(lists["acts"]), frozenset({*lists["spoken"], *lists["statement"]})
        self.naming = frozenset(lists["naming"])
        self.idle, self.proverbial = frozenset(lists["idle"]), frozenset(lists["proverbial"])
        self.words_said = frozenset({*lists["say"], *lists["express"]})
        self.aims = frozenset(lists["aim"])

    def __call__(self, doc: Doc) -> Doc:
        bound = self._bound(doc)
        framed = {token.i for here in bound.values() if here.contents for token in here.frame}
        framed |= {token.i for here in bound.values() for token in here.outer}
        said = [
            one
            for cue in sorted(bound)
            if cue not in framed and not _is_spoken_of(doc, doc[cue], bound)
            for one in self._said(doc, doc[cue], bound[cue])
        ]
        if (heading := self._heading(doc)) is not None and not any(
            one.cue.start < heading.cue.end for one in said
        ):
            said.insert(0, heading)
        said = [one for one in said if not any(is_cited(one, other) for other in said)]
        said = with_continued_quotations(doc, without_repeats(said))
        doc._.attributions = [one for one in said if one.voiced]
        doc._.aims = [
            one for one in said if not (one.voiced or one.negated) and not is_told(one, doc._.attributions)
        ]
        return doc

    def _bound(self, doc: Doc) -> dict[int, _Bound]:
        """For each cue's token index, what each pattern found for a role."""
        found: dict[int, _Bound] = defaultdict(_Bound)
        for pattern, roles in self.trees(doc):
            here = found[roles["cue"].i]
            here.patterns.add(pattern)
            for role, token in roles.items():
                into = here.by_role(role)
                if into is not None and token not in into:
                    into.append(token)
        return found

    def _said(self, doc: Doc, cue: Token, bound: _Bound) -> Iterator[Said]:
        """What is said with one cue: by one source, and by whom that one cites."""
        verb = next((t for t in (*bound.frame, cue) if t.pos_ in {"VERB", "AUX"}), None)
        hidden = bool(_HIDDEN & bound.patterns)
        if "in-view" in bound.patterns:
            bound.contents.clear()
        if "asked" in bound.patterns and not bound.sources:  # by whom, is not told
            verb = None
        if "seeming" in bound.patterns:  # nobody: what seems is not who thinks so
            verb, bound.contents = None, [*bound.contents, *(t for t in cue.children if t.dep_ == "nsubj")]
        head = speakers.source_head(cue, bound.sources, verb, stray=cue.lemma_ in self.words.speech)
        if head is None and not hidden:
            return
        kind = SourceKind.VAGUE
        source = described = None
        if head is not None:
            source = sources.phrase_of(head, cue, bound.contents)
            described = sources.phrase_of(head, cue, bound.contents, clauses=True)
            kind = sources.kind_of(described, head, cue, self.words)
        if kind is SourceKind.NONE or _pair(head, cue) in self.idle:
            return
        bound.contents = without_times(bound.contents)
        core, words = cue_words(cue, bound.frame, bound.contents)
        if described is not None and words.start < described.end and described.start < words.end:
            core, words = cue_words(cue, (), ())  # "in the mayor's view": the noun without what leads to it
        own = {*range(words.start, words.end), *(range(described.start, described.end) if described else ())}
        own.update(range(opening := dateline(doc)))
        if source is not None and described is not None and source.start < opening <= source.root.i:
            source, described = doc[opening : source.end], doc[opening : described.end]
        citing, relay = speakers.relay(doc, cue, head, kind)
        if citing is not None and cue.lower_ in CITING and cue.head.lemma_ in self.say:
            core, words = cue_words(cue.head, (), ())  # "reported, citing officials, that": hung on "citing"
            own.update(range(words.start, words.end))
        cited = sources.phrase_of(citing, cue, clauses=True) if citing is not None else None
        if citing is not None and cited is not None:
            own.update(range(citing.head.i, cited.end))
        content = content_of(
            cue, bound.contents, own,
            aside=bool(_ASIDES & bound.patterns), tells=cue.lemma_ in self.tell,
            quotes=cue.lemma_ in self.say,
        )  # fmt: skip
        quoted = any(touches(quotation, content) for quotation in doc._.quotations)
        if (not quoted and self._is_an_act(cue, bound)) or not (content or announces(cue)):
            return
        voiced = self._is_voiced(cue, bound, head, kind, quoted=quoted)
        one = Said(
            kind, source, described, core, words, content, None if citing is not None else relay,
            name=sources.full_name(source, kind, self.words) if source else None,
            pronoun=head is not None and sources.is_pronoun(head),
            quoted=quoted,
            negated=(voiced or cue.lemma_ in self.words_said) and is_negated(cue, bound.frame, self.negative),
            voiced=voiced,
        )  # fmt: skip
        yield one
        if citing is not None and cited is not None:  # "Reuters reported, citing an official": both tell it
            by = doc[citing.head.i : citing.head.i + 1]
            kind = sources.kind_of(cited, citing, cue, self.words)
            source = sources.phrase_of(citing, cue)
            if kind is not SourceKind.NONE:
                yield replace(
                    one, kind=kind, source=source, described=cited, cue=by, phrase=by, relayed_by=relay,
                    name=sources.full_name(source, kind, self.words), pronoun=sources.is_pronoun(citing),
                )  # fmt: skip

    def _heading(self, doc: Doc) -> Said | None:
        """ "Minister: no new taxes": a speaker and a colon begin the block."""
        found = speakers.before_a_colon(doc, self.words)
        if found is None:
            return None
        head, colon = found
        source = doc[doc[0].i : colon]
        kind = sources.kind_of(source, head, doc[colon], self.words)
        content = tuple(trimmed(doc, range(colon + 1, len(doc))))
        if kind not in _HEADED or not content:
            return None
        cue = doc[colon : colon + 1]
        return Said(
            kind, source, source, cue, cue, content, None, sources.full_name(source, kind, self.words),
            pronoun=False, quoted=False, negated=False, voiced=False,
        )  # fmt: skip

    def _is_an_act(self, cue: Token, bound: _Bound) -> bool:
        """The verb with its object alone is no saying: "called the police", "shared a taxi"."""
        objects = [t for t in bound.contents if t.dep_ == "dobj"]
        if len(objects) < len(bound.contents) or not objects:
            return False
        return cue.lemma_ in self.naming or (
            cue.lemma_ in self.acts and not any(t.lemma_ in self.spoken for t in objects)
        )

    def _is_voiced(
        self, cue: Token, bound: _Bound, head: Token | None, kind: SourceKind, *, quoted: bool
    ) -> bool:
        """Whether it is said or thought in words: with a clause, a quotation, or by the verb's meaning."""
        if _UNSAID & bound.patterns and not bound.sources:
            return "hidden" in bound.patterns
        if _WORDED & bound.patterns or _pair(head, cue) in self.proverbial:
            return True
        clause = quoted or any(t.dep_ in {"ccomp", "parataxis"} for t in bound.contents)
        if kind in _NOBODY and not clause and head is not None and tells_who(cue, head):
            return False
        if cue.pos_ in {"VERB", "AUX"}:
            if cue.lower_ == ACCORDING or _REGARDING & bound.patterns:
                return True
            return cue.lemma_ in self.outspoken or (clause and cue.lemma_ in self.clausal)
        if bound.frame and cue.pos_ in {"NOUN", "ADJ"} and not clause:
            return bound.frame[0].lemma_ in self.wording
        return cue.lemma_ not in self.aims


def _pair(head: Token | None, cue: Token) -> str:
    """Source and cue as the lists of ``rules/attribution.toml`` write them together: "forecast=call"."""
    return f"{head.lemma_.lower()}={cue.lemma_}" if head is not None else ""


def lists_of(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The file's lists, and those it makes of several."""
    lists: dict[str, list[str]] = dict(data["lists"])
    for name, parts in data["unions"].items():
        lists[name] = sorted({word for part in parts for word in lists[part]})
    return lists


def _is_spoken_of(doc: Doc, cue: Token, cues: Mapping[int, _Bound]) -> bool:
    """The cue is part of what somebody says: it stands in speech, or is the clause of another cue
    ("recalled hearing", "vowed to oppose")."""
    quotation = within(doc, cue.i, cue.i + 1)
    if quotation is not None and len(quotation.words(doc)) >= SPEECH:
        return True
    return cue.dep_ == "xcomp" and cue.head.i in cues and "clause" in cues[cue.head.i].patterns


@Language.factory("caveat_attribution")
def create(nlp: Language, name: str) -> Attributions:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("attributions", default=[], force=True)
    Doc.set_extension("aims", default=[], force=True)
    return Attributions(nlp)
