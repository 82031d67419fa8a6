"""Who says it: a component that finds source, cue and content in each block.

Writes ``doc._.attributions``: ``Said``s in the order of their cues. The patterns are data
(``rules/attribution.toml``); here they are put together: one cue, one source, the content from the
parse where it has it, else from the quotation marks, else from what the sentence leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import rules, sources
from caveat.reading.names import OUTLET, PLATFORM
from caveat.reading.quotations import Quotation, within
from caveat.reading.trees import Trees

_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_TRIMMED = frozenset({",", ";", ":", ".", "-", "–", "—"})
_BESIDE = frozenset({"npadvmod", "dative", "tmod"})
_CIRCUMSTANCE = frozenset({"on", "in", "at", "to", "during", "by"})
_RELAYING = frozenset({"cite", "quote", "report", "obtain", "interview", "see"})
_ACCORDING = "according"
SPEECH = 5  # tokens; shorter quotations are words somebody uses rather than what somebody says


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution in a block, as tokens."""

    kind: SourceKind
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    relayed_by: Span | None
    name: str | None  # the name the source's words give, if they give one
    pronoun: bool
    quoted: bool  # the content holds a quotation
    negated: bool  # "did not say", "will say", "declined to say": nobody said it


class Attributions:
    """Finds attributions by the patterns of ``rules/attribution.toml``."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("attribution")
        lists = data["lists"]
        lists["said-or-expressed"] = sorted({*lists["say"], *lists["express"]})
        self.trees = Trees(nlp.vocab, data["patterns"], lists)
        self.words = sources.SourceWords.of(rules.read("sources"))
        self.negative = frozenset(lists["negative"])

    def __call__(self, doc: Doc) -> Doc:
        said = [
            s for cue, roles in sorted(self._roles(doc).items()) if (s := self._said(doc, doc[cue], roles))
        ]
        doc._.attributions = _with_continued_quotations(doc, _without_repeats(said))
        return doc

    def _roles(self, doc: Doc) -> dict[int, dict[str, list[Token]]]:
        """For each cue's token index, the tokens each pattern found for a role."""
        found: dict[int, dict[str, list[Token]]] = defaultdict(lambda: defaultdict(list))
        for pattern, bound in self.trees(doc):
            roles = found[bound["cue"].i]
            roles[pattern].append(bound["cue"])
            for role in ("source", "content"):
                if role in bound:
                    roles[role].append(bound[role])
        return found

    def _said(self, doc: Doc, cue: Token, roles: dict[str, list[Token]]) -> Said | None:
        head = self._source_head(cue, roles)
        if head is None and "hidden" not in roles:
            return None
        source = sources.phrase_of(head, cue, roles["content"]) if head is not None else None
        words = _cue_words(cue)
        own = {*range(words.start, words.end), *(range(source.start, source.end) if source else ())}
        content = _content(cue, roles, own)
        if not content and not _announces(cue):
            return None
        kind = (
            sources.kind_of(source, head, cue, self.words)
            if source and head is not None
            else SourceKind.VAGUE
        )
        if kind is SourceKind.NONE:
            return None
        citing, relay = _relay(doc, cue, head, kind)
        if (
            citing is not None
        ):  # "Reuters reported, citing an official": the official says it, through Reuters
            head, source = citing, sources.phrase_of(citing, cue)
            kind = sources.kind_of(source, head, cue, self.words)
        return Said(
            kind, source, words, content, relay,
            name=sources.full_name(source, kind) if source else None,
            pronoun=head is not None and sources.is_pronoun(head),
            quoted=any(_touches(quotation, content) for quotation in doc._.quotations),
            negated=self._is_negated(cue),
        )  # fmt: skip

    def _is_negated(self, cue: Token) -> bool:
        refused = cue.dep_ == "xcomp" and cue.head.lemma_ in self.negative
        return refused or any(token.dep_ == "neg" or token.tag_ == "MD" for token in cue.children)

    def _source_head(self, cue: Token, roles: dict[str, list[Token]]) -> Token | None:
        heads = [
            head
            for token in roles["source"]
            if (head := sources.head_of(token)) is not None and head.i != cue.i
        ]
        if cue.tag_ == "VBN" and "agent" in roles:
            heads = [h for h in heads if h.dep_ == "pobj"] or heads
        return min(heads, key=lambda token: abs(token.i - cue.i), default=None)


def _cue_words(cue: Token) -> Span:
    """The cue with its auxiliaries and particles, if they are its neighbours: "has repeatedly said"."""
    doc = cue.doc
    if cue.lower_ == _ACCORDING:
        return doc[cue.i : cue.i + 2]
    start = end = cue.i
    near = {t.i for t in cue.children if t.dep_ in _AUXILIARIES and t.tag_ != "WRB"}
    while start - 1 in near:
        start -= 1
    while end + 1 in near and doc[end + 1].dep_ == "prt":
        end += 1
    return doc[start : end + 1]


def _content(cue: Token, roles: dict[str, list[Token]], own: set[int]) -> tuple[Span, ...]:
    doc, sentence = cue.doc, cue.sent
    inside = {t.i for content in roles["content"] for t in content.subtree if t.sent == sentence}
    reporting = {t.i for t in cue.subtree}
    if cue.lower_ == _ACCORDING:
        head = cue.head if cue.head.i != cue.i else sentence.root
        inside = {t.i for t in head.subtree} - reporting
    elif any(t.dep_ == "ccomp" for t in roles["content"]):  # "reporters were told by the mayor that …"
        inside -= {t.i for told in roles["content"] if told.dep_ == "nsubjpass" for t in told.subtree}
    elif not inside and (cue.dep_ == "parataxis" or _is_aside(cue)):
        inside = set(range(sentence.start, sentence.end)) - reporting
    elif not inside and (colon := _colon_after(cue)):  # "She continued: …"
        inside = set(range(colon + 1, sentence.end))
    inside |= _quoted_words(doc, sentence, cue, inside)
    return _spans(doc, inside - own - _fragments(cue, own))


def _is_aside(cue: Token) -> bool:
    """Whether the rest of the sentence is what was said: "As the minister said, …"."""
    return cue.dep_ == "advcl" and any(
        t.lower_ == "as" and t.dep_ in {"mark", "advmod"} for t in cue.children
    )


def _announces(cue: Token) -> bool:
    """The block ends with the cue's sentence and a colon: what is said comes in the next one."""
    return cue.sent.end == len(cue.doc) and cue.doc.text.rstrip().endswith(":") and cue.pos_ == "VERB"


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
        if touched or (in_sentence and (not inside or _reaches(doc, cue, quotation))):
            out.update(range(quotation.start, quotation.end))
    return out


def _reaches(doc: Doc, cue: Token, quotation: Quotation) -> bool:
    """Only a comma, a colon, the source or a few words lie between the cue and the quotation."""
    low, high = (cue.i + 1, quotation.start) if cue.i < quotation.start else (quotation.end, cue.i)
    return high - low <= 3 or doc[max(low, high - 1)].text in {":", ","}


def _spans(doc: Doc, indexes: Iterable[int]) -> tuple[Span, ...]:
    """Runs of tokens, without the punctuation at their edges."""
    out: list[Span] = []
    ordered = sorted(indexes)
    while ordered:
        run = [ordered.pop(0)]
        while ordered and ordered[0] == run[-1] + 1:
            run.append(ordered.pop(0))
        while run and (doc[run[0]].text in _TRIMMED or doc[run[0]].is_space):
            run.pop(0)
        while run and (doc[run[-1]].text in _TRIMMED or doc[run[-1]].is_space):
            run.pop()
        if run and any(doc[i].is_alpha or doc[i].like_num for i in run):
            out.append(doc[run[0] : run[-1] + 1])
    return tuple(out)


def _relay(doc: Doc, cue: Token, head: Token | None, kind: SourceKind) -> tuple[Token | None, Span | None]:
    """Who passes it on. Returns the head of the source behind an outlet ("citing …"), and the outlet."""
    if head is None:
        return None, None
    for clause in (t for t in head.children if t.dep_ in {"acl", "relcl"} and t.lemma_ in _RELAYING):
        for by in (t for t in clause.children if t.dep_ == "agent"):
            for agent in (t for t in by.children if t.dep_ == "pobj"):
                return None, sources.phrase_of(agent, clause)
    if kind is SourceKind.INSTITUTION and sources.outlet_in(doc, head):
        for citing in (t for t in cue.children if t.dep_ == "advcl" and t.lower_ in {"citing", "quoting"}):
            for cited in (t for t in citing.children if t.dep_ == "dobj"):
                return cited, sources.phrase_of(head, cue)
    told = (t for t in cue.children if t.dep_ in {"dobj", "dative"} and t.ent_type_ in {OUTLET, PLATFORM})
    return None, next((sources.outlet_in(doc, t) for t in told), None)


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
        if len(words) < SPEECH or any(_touches(quotation, one.content) for one in out):
            continue
        before = [i for i, one in enumerate(out) if one.quoted and one.cue.start < quotation.start]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=(*last.content, doc[quotation.start : quotation.end]))
    return out


def _touches(quotation: Quotation, content: tuple[Span, ...]) -> bool:
    return any(span.start < quotation.end and quotation.start < span.end for span in content)


def _same(a: Span | None, b: Span | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and a.start == b.start)


@Language.factory("caveat_attribution")
def create(nlp: Language, name: str) -> Attributions:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("attributions", default=[], force=True)
    return Attributions(nlp)
