"""Who says it: a component that finds source, cue and content in each block.

Writes ``doc._.attributions``: ``Said``s in the order of their cues; and ``doc._.aims``, those that tell
what somebody wants, does or feels rather than says: they are listed, but no note and no claim rests on
them. The patterns are data (``rules/attribution.toml``); here they are put together: one cue (``cues``),
one source (``speakers``, ``sources``), and what is said (``contents``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import rules, sources, speakers
from caveat.reading.contents import announces, content_of, touches, trimmed, without_times
from caveat.reading.cues import ACCORDING, cue_words, is_negated
from caveat.reading.quotations import within
from caveat.reading.trees import Trees

SPEECH = 5  # tokens; shorter quotations are words somebody uses rather than what somebody says
_HIDDEN = frozenset({"hidden", "foreseen", "there-is", "seeming", "asked"})  # patterns that need no source
_UNSAID = frozenset({"foreseen", "asked", "seeming"})  # … and do not tell that anybody said so
_WORDED = frozenset({"there-is", "in-view", "out-at", "make-clear"})  # … and do
_REGARDING = frozenset({"regard", "agent-regard", "agent-regard-as"})
_NOBODY = frozenset({SourceKind.VAGUE, SourceKind.UNNAMED})
_HEADED = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})  # who heads a block
_ASIDES = frozenset({"according", "survey", "in-view"})  # patterns whose content is the rest of the clause


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution in a block, as tokens."""

    kind: SourceKind
    source: Span | None  # the noun phrase, without the relative clauses that tell about it
    described: Span | None  # the source with them: "Ina Holt, who chairs the board"
    cue: Span  # "have raised"
    phrase: Span  # the cue with all its words: "have raised concerns about"
    content: tuple[Span, ...]
    relayed_by: Span | None
    name: str | None  # the name the source's words give, if they give one
    pronoun: bool
    quoted: bool  # the content holds a quotation
    negated: bool  # "did not say", "will say", "declined to say": nobody said it
    voiced: bool  # said or thought; not merely wanted, done or foreseen


@dataclass(slots=True)
class _Bound:
    """What the patterns found around one cue."""

    patterns: set[str] = field(default_factory=set)
    sources: list[Token] = field(default_factory=list)
    contents: list[Token] = field(default_factory=list)
    frame: list[Token] = field(default_factory=list)

    def by_role(self, role: str) -> list[Token] | None:
        """Where a pattern's token goes: "frame", "frame2" … are words of the cue."""
        if role.startswith("frame"):
            return self.frame
        return {"source": self.sources, "content": self.contents}.get(role)


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
        said = [
            one
            for cue in sorted(bound)
            if cue not in framed
            and not _is_spoken_of(doc, doc[cue], bound)
            and (one := self._said(doc, doc[cue], bound[cue]))
        ]
        if (heading := self._heading(doc)) is not None and not any(
            one.cue.start < heading.cue.end for one in said
        ):
            said.insert(0, heading)
        said = [one for one in said if not any(_is_cited(one, other) for other in said)]
        said = _with_continued_quotations(doc, _without_repeats(said))
        doc._.attributions = [one for one in said if one.voiced]
        doc._.aims = [
            one for one in said if not (one.voiced or one.negated) and not _is_told(one, doc._.attributions)
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

    def _said(self, doc: Doc, cue: Token, bound: _Bound) -> Said | None:
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
            return None
        kind = SourceKind.VAGUE
        source = described = None
        if head is not None:
            source = sources.phrase_of(head, cue, bound.contents)
            described = sources.phrase_of(head, cue, bound.contents, clauses=True)
            kind = sources.kind_of(described, head, cue, self.words)
        if kind is SourceKind.NONE or _pair(head, cue) in self.idle:
            return None
        bound.contents = without_times(bound.contents)
        core, words = cue_words(cue, bound.frame, bound.contents)
        if described is not None and words.start < described.end and described.start < words.end:
            core, words = cue_words(cue, (), ())  # "in the mayor's view": the noun without what leads to it
        own = {*range(words.start, words.end), *(range(described.start, described.end) if described else ())}
        citing, relay = speakers.relay(doc, cue, head, kind)
        if (
            citing is not None
        ):  # "Reuters reported, citing an official": the official says it, through Reuters
            head, source = citing, sources.phrase_of(citing, cue)
            described = sources.phrase_of(citing, cue, clauses=True)
            own.update(range(citing.head.i, described.end))
            kind = sources.kind_of(described, head, cue, self.words)
        content = content_of(
            cue, bound.contents, own,
            aside=bool(_ASIDES & bound.patterns), tells=cue.lemma_ in self.tell,
            quotes=cue.lemma_ in self.say,
        )  # fmt: skip
        quoted = any(touches(quotation, content) for quotation in doc._.quotations)
        if (not quoted and self._is_an_act(cue, bound)) or not (content or announces(cue)):
            return None
        voiced = self._is_voiced(cue, bound, head, kind, quoted=quoted)
        return Said(
            kind, source, described, core, words, content, relay,
            name=sources.full_name(source, kind) if source else None,
            pronoun=head is not None and sources.is_pronoun(head),
            quoted=quoted,
            negated=(voiced or cue.lemma_ in self.words_said) and is_negated(cue, bound.frame, self.negative),
            voiced=voiced,
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
            kind, source, source, cue, cue, content, None, sources.full_name(source, kind),
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
        if kind in _NOBODY and not clause and head is not None and _tells_who(cue, head):
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


def _tells_who(cue: Token, head: Token) -> bool:
    """The cue is in a clause that says which people are meant: "others who praised it"."""
    while cue.dep_ in {"conj", "xcomp"} and cue.head.i != cue.i:
        cue = cue.head
    return cue.dep_ in {"relcl", "acl"} and cue.head.i == head.i


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


def _is_told(one: Said, said: Sequence[Said]) -> bool:
    """Somebody else says that they want it: "she said he wanted to resign"."""
    at = one.cue.start
    return any(span.start <= at < span.end for other in said for span in other.content)


def _is_cited(one: Said, other: Said) -> bool:
    """ "citing" is the cue of nobody else where the source it cites has its words already."""
    citing = one.cue.root.lower_ in {"citing", "quoting"} and one is not other
    return (
        citing
        and other.source is not None
        and one.cue.sent.start <= other.source.start < one.cue.sent.end
        and (other.relayed_by is not None and other.source.root.head.i == one.cue.root.i)
    )


def _without_repeats(said: list[Said]) -> list[Said]:
    """Two cues for the same source and content are one attribution: "went on to say"."""
    kept: list[Said] = []
    for one in said:
        if not any(one.content == other.content and _same(one.source, other.source) for other in kept):
            kept.append(one)
    return kept


def _with_continued_quotations(doc: Doc, said: list[Said]) -> list[Said]:
    """Speech that goes on: a quotation without a speaker belongs to the last one who was quoted before it."""
    out = list(said)
    for quotation in doc._.quotations:
        words = quotation.words(doc)
        if len(words) < SPEECH or any(touches(quotation, one.content) for one in out):
            continue
        before = [i for i, one in enumerate(out) if one.quoted and one.cue.start < quotation.start]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=(*last.content, doc[quotation.start : quotation.end]))
    return out


def _same(a: Span | None, b: Span | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and a.start == b.start)


@Language.factory("caveat_attribution")
def create(nlp: Language, name: str) -> Attributions:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("attributions", default=[], force=True)
    Doc.set_extension("aims", default=[], force=True)
    return Attributions(nlp)
