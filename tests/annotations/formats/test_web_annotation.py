"""The Web Annotation Data Model: every MUST of what we write, and what of others' we read."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.accounts.models import Account, Role
from caveat.accounts.refused import Refused
from caveat.annotations import drafts, rules
from caveat.annotations.formats.json_ld import DEEPEST
from caveat.annotations.formats.web_annotation import CONTEXT, FORMER, Home, collection, document
from caveat.annotations.formats.web_annotation_reading import Reading, pointer_of, read
from caveat.annotations.models import Annotation, Page, Source, Status
from caveat.catalogue import Catalogue
from written import BRIDGE, NOW

HOME = Home("https://notes.example", Catalogue.standard().signals, "https://licence.example/by")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# The model's own lists (3.3.5 and 4.2).
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def annotation(**parts: Any) -> Annotation:
    """An annotation with everything that one can have."""
    values: dict[str, Any] = {
        "uuid": uuid4(),
        "client_id": "c",
        "author": Account(alias="heron", role=Role.VOLUNTEER, created=NOW),
        "page": Page(url=BRIDGE, title="The bridge reopens", address=BRIDGE),
        "signal": "bare-number",
        "body": "The survey asked 40 drivers.",
        "exact": "Most drivers are happy",
        "prefix": "closed for a year. ",
        "suffix": ", the council said.",
        "start": 120,
        "language": "en",
        "sources": [Source(position=0, url="https://council.example/survey", title="The survey")],
        "status": Status.SETTLED,
        "created": NOW,
        "edited": NOW + timedelta(minutes=5),
        "correction": "22 of 40 drivers asked are happy",
        "canonical": "urn:uuid:2f2cd2f6-90f3-4bc8-9d8e-2ed2a0cf3c9a",
        "via": ["https://elsewhere.example/annotations/7"],
    }
    return Annotation(**(values | parts))


FULL = document(annotation(), HOME)
LEAST = document(
    annotation(
        author=Account(alias=None), prefix="", suffix="", start=None, language=None, sources=[], edited=None,
        correction=None, canonical=None, via=None, signal="missing-context",
    ),
    Home("https://notes.example", HOME.signals),
)  # fmt: skip
PAGE = document(annotation(exact="", prefix="", suffix="", start=None, signal="remark"), HOME)


def every(found: object, type_: str) -> list[dict[str, Any]]:
    """All objects of a type in a document."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    here = [found] if isinstance(found, dict) and found.get("type") == type_ else []
    return here + [each for value in inner for each in every(value, type_)]


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


# Section of the REC, what it demands, and a check.
MUSTS: list[tuple[str, str, Callable[[dict[str, Any]], bool]]] = [
    ("3.1", "has a context, and the model's is one of them", lambda d: CONTEXT in listed(d["@context"])),
    ("3.1", "has exactly one IRI that identifies it", lambda d: bool(IRI.fullmatch(d["id"]))),
    ("3.1", "its IRI is one under the container", lambda d: d["id"].startswith(HOME.container)),
    ("3.1", "has the type Annotation", lambda d: "Annotation" in listed(d["type"])),
    ("3.1", "has a target", lambda d: bool(listed(d["target"]))),
    ("3.1", "has no body that is nothing", lambda d: all(listed(d["body"]))),
    ("3.2.4", "an embedded text has exactly one value, a string",
     lambda d: all(isinstance(b["value"], str) for b in every(d, "TextualBody"))),
    ("3.2.4", "a text's format is one media type",
     lambda d: all(b["format"] == "text/plain" for b in every(d, "TextualBody"))),
    ("3.2.4", "a text's language is one tag",
     lambda d: all(re.fullmatch(r"[A-Za-z0-9-]+", b.get("language", "en")) for b in every(d, "TextualBody"))),
    ("3.2.5", "has no bodyValue beside a body", lambda d: "bodyValue" not in d),
    ("3.3.1", "created is one moment in UTC with Z", lambda d: bool(UTC_TIME.fullmatch(d["created"]))),
    ("3.3.1", "modified is one moment in UTC with Z",
     lambda d: bool(UTC_TIME.fullmatch(d.get("modified", "2026-01-01T00:00:00Z")))),
    ("3.3.2", "its creator is an agent with a type", lambda d: d["creator"]["type"] == "Person"),
    ("3.3.2", "an agent has at most one nickname", lambda d: isinstance(d["creator"]["nickname"], str)),
    ("3.3.5", "its motivation is one of the model's", lambda d: set(listed(d["motivation"])) <= MOTIVATIONS),
    ("3.3.5", "a purpose is one of the model's",
     lambda d: all(b["purpose"] in MOTIVATIONS for b in d["body"])),
    ("3.3.6", "rights is an IRI", lambda d: bool(IRI.fullmatch(d.get("rights", "x:y")))),
    ("3.3.7", "canonical is exactly one IRI", lambda d: bool(IRI.fullmatch(d.get("canonical", "x:y")))),
    ("3.3.7", "via are IRIs", lambda d: all(IRI.fullmatch(via) for via in listed(d.get("via", [])))),
    ("4", "a specific resource has exactly one source",
     lambda d: all(IRI.fullmatch(r["source"]) for r in every(d, "SpecificResource"))),
    ("4.2.4", "a quotation has exactly one exact",
     lambda d: all(isinstance(s["exact"], str) for s in every(d, "TextQuoteSelector"))),
    ("4.2.4", "a quotation has at most one prefix and suffix",
     lambda d: all(isinstance(s.get(n, ""), str) for s in every(d, "TextQuoteSelector")
                   for n in ("prefix", "suffix"))),
    ("4.2.5", "a position has start and end, whole numbers from 0, in order",
     lambda d: all(0 <= s["start"] <= s["end"] for s in every(d, "TextPositionSelector"))),
]  # fmt: skip


@pytest.mark.parametrize("written", [FULL, LEAST, PAGE], ids=["full", "least", "whole-page"])
@pytest.mark.parametrize(("section", "demand", "holds"), MUSTS, ids=[f"{s}: {d}" for s, d, _ in MUSTS])
def test_what_we_write_does_what_the_model_demands(
    written: dict[str, Any], section: str, demand: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    assert holds(written), f"{section}: an annotation {demand}"


# 5.1 and 5.2
def test_a_file_of_annotations_is_a_collection_with_its_page() -> None:
    whole = collection([FULL], HOME, "All")
    assert (whole["@context"], whole["type"], whole["total"]) == (CONTEXT, "AnnotationCollection", 1)
    first = whole["first"]
    assert first["type"] == "AnnotationPage"
    assert first["partOf"] == whole["id"]
    assert first["startIndex"] == 0
    assert first["items"] == [FULL]
    assert whole["last"] == first["id"]


def test_the_position_covers_the_quotation_in_code_points() -> None:
    written = document(annotation(exact="𝔟ridge — “so”", start=7), HOME)
    quote, position = written["target"]["selector"]
    assert position["end"] - position["start"] == len(quote["exact"])


def test_who_left_is_a_former_volunteer() -> None:
    assert LEAST["creator"] == {"type": "Person", "nickname": FORMER}


@pytest.mark.parametrize(
    ("signal", "motivation"),
    [("bare-number", "assessing"), ("loaded-words", "assessing"), ("named-source", "commenting"),
     ("missing-context", "commenting")],
)  # fmt: skip
def test_questions_assess_and_credit_comments(signal: str, motivation: str) -> None:
    assert document(annotation(signal=signal), HOME)["motivation"] == motivation


def again(written: dict[str, Any]) -> tuple[Reading, dict[str, Any]]:
    """What comes out when a document is taken in and written once more."""
    reading = read(orjson.loads(orjson.dumps(written)), "c", HOME.signals)
    draft = drafts.checked(reading.draft)
    copy = annotation(
        uuid=uuid4(), created=NOW, edited=None, correction=None, page=Page(url=draft.url, title=draft.title),
        sources=[Source(position=n, url=s.url, title=s.title) for n, s in enumerate(draft.sources)],
        **{name: getattr(draft, name) for name in (
            "signal", "body", "exact", "prefix", "suffix", "start", "language", "canonical")},
        via=list(draft.via) or None,
    )  # fmt: skip
    return reading, document(copy, HOME)


WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" “”’—\U0001d51f"),
    min_size=1,
    max_size=60,
).filter(lambda words: bool(words.strip()))
EDGE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(
    signal=st.sampled_from(sorted(rules.SIGNALS)),
    body=WORDS,
    exact=WORDS,
    prefix=EDGE,
    suffix=EDGE,
    start=st.none() | st.integers(0, 200_000),
    language=st.sampled_from([None, "en", "de-AT"]),
    title=WORDS,
    canonical=st.none() | st.uuids().map(lambda u: u.urn),
    via=st.none() | st.lists(st.uuids().map(lambda u: u.urn), min_size=1, max_size=3),
)
def test_export_import_export_is_the_same(**parts: Any) -> None:
    title = parts.pop("title")
    source = Source(position=0, url="https://council.example/survey", title=" ".join(title.split()))
    page = Page(url=BRIDGE, title=" ".join(title.split()))
    body = parts["body"].strip()
    first = document(
        annotation(**parts | {"body": body}, sources=[source], page=page, edited=None, correction=None), HOME
    )
    reading, second = again(first)
    assert reading.id == first["id"]
    assert {**second, "id": first["id"]} == first


def test_what_is_lost_of_our_own_is_who_when_and_what_followed() -> None:
    reading, _ = again(FULL)
    assert set(reading.left_out) == {
        "who wrote it", "when it was written", "when it was changed", "its licence",
        "what the page was corrected to",
    }  # fmt: skip


def theirs(**changes: Any) -> dict[str, Any]:
    """An annotation as another program may write it."""
    least = {
        "@context": CONTEXT,
        "id": "https://elsewhere.example/a/1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Which survey?"},
        "target": {
            "source": BRIDGE,
            "selector": {"type": "TextQuoteSelector", "exact": "Most drivers are happy"},
        },
    }
    return {name: value for name, value in {**least, **changes}.items() if value is not ...}


QUOTE = {"type": "TextQuoteSelector", "exact": "Most drivers are happy"}

READ: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a body that is one text", {}, {"body": "Which survey?", "signal": "remark"}),
    ("a bodyValue", {"body": ..., "bodyValue": "Which survey?"}, {"body": "Which survey?"}),
    ("several texts", {"body": [{"type": "TextualBody", "value": "One."}, {"value": "Two."}]},
     {"body": "One.\n\nTwo."}),
    ("a choice of texts", {"body": {"type": "Choice", "items": [{"value": "One."}, {"value": "Eins."}]}},
     {"body": "One."}),
    ("a tag by our id", {"body": [{"value": "x"}, {"value": "bare-number", "purpose": "tagging"}]},
     {"signal": "bare-number"}),
    ("a tag by our name", {"body": [{"value": "x"}, {"value": "Bare Number", "purpose": ["tagging"]}]},
     {"signal": "bare-number"}),
    ("a tag by an IRI", {"body": [{"value": "x"}, {"id": "https://n.example/api/v1/signals#outdated",
     "value": "?", "purpose": "tagging"}]}, {"signal": "outdated"}),
    ("a body that is an IRI", {"body": [{"value": "x"}, "https://a.example/b"]},
     {"sources": (drafts.Cited("https://a.example/b"),)}),
    ("a body that is a web resource",
     {"body": [{"value": "x"}, {"id": "https://a.example/v", "type": "Video"}]}, {"sources": (drafts.Cited("https://a.example/v"),)}),
    ("a target that is an IRI", {"target": BRIDGE}, {"url": BRIDGE, "exact": "", "of_page": True}),
    ("a target that is a web resource", {"target": {"id": BRIDGE, "type": "Text"}}, {"url": BRIDGE}),
    ("several targets", {"target": [{"source": BRIDGE, "selector": QUOTE}, "https://other.example/"]},
     {"url": BRIDGE, "exact": QUOTE["exact"]}),
    ("a source that is an object", {"target": {"source": {"id": BRIDGE, "format": "text/html"},
     "selector": QUOTE}}, {"url": BRIDGE}),
    ("several selectors", {"target": {"source": BRIDGE, "selector": [
        {"type": "FragmentSelector", "value": "x"}, QUOTE,
        {"type": "TextPositionSelector", "start": 5, "end": 27}]}}, {"exact": QUOTE["exact"], "start": 5}),
    ("a selector that refines another", {"target": {"source": BRIDGE, "selector": {
        "type": "CssSelector", "value": "#p4", "refinedBy": {**QUOTE, "prefix": "a ", "refinedBy":
        {"type": "TextPositionSelector", "start": 1, "end": 2}}}}}, {"prefix": "a ", "start": None}),
    ("several contexts", {"@context": ["http://www.w3.org/ns/ldp.jsonld", CONTEXT, {"ex": "https://e.example/"}]},
     {"url": BRIDGE}),
    ("several types", {"type": ["Annotation", "ex:Note"]}, {"url": BRIDGE}),
    ("a canonical and a via", {"canonical": "urn:x:1", "via": "urn:x:2"},
     {"canonical": "urn:x:1", "via": ("urn:x:2",)}),
    ("a text's language", {"body": {"value": "x", "language": ["de"]}}, {"language": "de"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "expected"), READ, ids=[row[0] for row in READ])
def test_it_reads(what: str, changes: dict[str, Any], expected: dict[str, Any]) -> None:
    draft = read(theirs(**changes), "c", HOME.signals).draft
    assert {name: getattr(draft, name) for name in expected} == expected, what


# Parts that other programs may put together in any way.
BODIES = st.sampled_from([
    "https://a.example/b", {"value": "One."}, {"type": "TextualBody", "value": " Two.\r\n", "language": "de"},
    {"type": ["TextualBody", "x:y"], "value": "Drei", "language": ["de", "en"], "format": "text/plain"},
    {"value": "Bare number", "purpose": "tagging"}, {"value": "fun", "purpose": ["tagging"]},
    {"id": "https://a.example/v", "type": "Video"}, {"type": "SpecificResource", "source": "https://c.example/"},
    {"type": "Choice", "items": [{"value": "First."}, {"value": "Second."}]},
    {"value": "<b>", "format": "text/html"}, {"type": "TextualBody"}, 7, "urn:isbn:1",
])  # fmt: skip
SELECTORS = st.sampled_from([
    QUOTE, {**QUOTE, "prefix": "a ", "suffix": " b"}, {"type": "TextPositionSelector", "start": 3, "end": 9},
    {"type": "CssSelector", "value": "p", "refinedBy": QUOTE}, {"type": "FragmentSelector", "value": "x"},
    "https://a.example/selectors/1", {"type": "RangeSelector", "startSelector": QUOTE, "endSelector": QUOTE},
])  # fmt: skip
TARGETS = st.sampled_from(
    [BRIDGE, BRIDGE + "#part", {"id": BRIDGE, "type": "Text"}, "urn:isbn:1", 7]
) | st.builds(
    lambda source, selectors: {"type": "SpecificResource", "source": source, "selector": selectors},
    st.sampled_from([BRIDGE, {"id": BRIDGE}, "https://b.example/other"]),
    SELECTORS | st.lists(SELECTORS, max_size=3),
)


@given(
    bodies=BODIES | st.lists(BODIES, max_size=4),
    targets=TARGETS | st.lists(TARGETS, max_size=3),
    more=st.fixed_dictionaries({}, optional={
        "motivation": st.sampled_from(["tagging", ["linking", "replying"]]),
        "creator": st.sampled_from(["https://a.example/me", {"type": "Person", "name": "A"}]),
        "canonical": st.just("urn:x:1"), "via": st.sampled_from(["urn:x:2", ["urn:x:2", "urn:x:3"]]),
        "ex:mood": st.just("glad"), "@context": st.just([CONTEXT, {"ex": "https://e.example/"}]),
    }),
)  # fmt: skip
def test_what_is_accepted_comes_back_equal_in_all_that_is_kept_and_else_a_field_is_named(
    bodies: Any, targets: Any, more: dict[str, Any]
) -> None:
    refused: Refused | None = None
    try:
        kept = drafts.checked(read(theirs(body=bodies, target=targets, **more), "c", HOME.signals).draft)
    except Refused as error:
        refused = error
    if refused is not None:
        assert (pointer_of(refused.pointer) or "").startswith(("#/body", "#/target"))
        return
    page = Page(url=kept.url, title=kept.title)
    sources = [Source(position=n, url=s.url, title=s.title) for n, s in enumerate(kept.sources)]
    names = ("signal", "body", "exact", "prefix", "suffix", "start", "language", "canonical")
    parts = {name: getattr(kept, name) for name in names} | {"via": list(kept.via) or None}
    stored = annotation(**parts, page=page, sources=sources, correction=None)
    back = drafts.checked(read(document(stored, HOME), "c", HOME.signals).draft)
    assert back == kept


LOST: list[tuple[dict[str, Any], str]] = [
    ({"creator": "https://elsewhere.example/people/1"}, "who wrote it"),
    ({"stylesheet": "https://elsewhere.example/s.css"}, "its style sheet"),
    ({"target": [BRIDGE, "https://other.example/"]}, "other targets than the first"),
    ({"target": {"source": BRIDGE, "selector": QUOTE, "styleClass": "red"}}, "“styleClass” of the target"),
    ({"body": {"value": "*x*", "format": "text/markdown"}}, "formatting"),
    ({"body": [{"value": "x"}, {"value": "interesting", "purpose": "tagging"}]},
     "a tag that is no signal of the catalogue"),
    ({"ex:mood": "glad"}, "“ex:mood”"),
    ({"motivation": "replying"}, "its motivation"),
    ({"body": {"type": "Choice", "items": [{"value": "x"}, {"value": "y"}]}},
     "what else there is to choose from"),
    ({"body": {"value": "x", "language": ["de", "en"]}}, "a language"),
    ({"target": BRIDGE + "#part"}, "the part of the page that its address names"),
    ({"<script>": 1}, "“…”"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), LOST, ids=[row[1] for row in LOST])
def test_it_says_what_it_does_not_keep(changes: dict[str, Any], said: str) -> None:
    assert said in read(theirs(**changes), "c", HOME.signals).left_out


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


REFUSED: list[tuple[str, Any, str]] = [
    ("no object", [], "#"),
    ("no context", theirs(**{"@context": ...}), "#/@context"),
    ("only a context of others", theirs(**{"@context": "https://evil.example/context.jsonld"}), "#/@context"),
    ("a context that redefines a word", theirs(**{"@context": [CONTEXT, {"body": "ex:b"}]}), "#/@context"),
    ("deep contexts", theirs(**{"@context": nested(900)}), "#"),
    ("another type", theirs(type="AnnotationCollection"), "#/type"),
    ("no target", theirs(target=...), "#/target"),
    ("a target that is a number", theirs(target=7), "#/target"),
    ("a script as a target", theirs(target="javascript:alert(1)"), "#/target"),
    ("a page on a disk", theirs(target="file:///etc/passwd"), "#/target"),
    ("a selector that we cannot find words by",
     theirs(target={"source": BRIDGE, "selector": {"type": "CssSelector", "value": "p"}}),
     "#/target/selector"),
    ("an empty quotation",
     theirs(target={"source": BRIDGE, "selector": {**QUOTE, "exact": " "}}), "#/target/selector/exact"),
    ("a quotation that is a list",
     theirs(target={"source": BRIDGE, "selector": {**QUOTE, "exact": ["a"]}}), "#/target/selector/exact"),
    ("a position backwards", theirs(target={"source": BRIDGE, "selector":
     [QUOTE, {"type": "TextPositionSelector", "start": 9, "end": 1}]}), "#/target/selector/start"),
    ("a position that is true", theirs(target={"source": BRIDGE, "selector":
     [QUOTE, {"type": "TextPositionSelector", "start": True, "end": 1}]}), "#/target/selector/start"),
    ("no words", theirs(body="https://a.example/b"), "#/body"),
    ("a body beside a bodyValue", theirs(bodyValue="x"), "#/bodyValue"),
    ("two values", theirs(body={"type": "TextualBody", "value": ["a", "b"]}), "#/body/value"),
    ("HTML", theirs(body={"value": "<b>x</b>", "format": "text/html"}), "#/body/format"),
    ("an id that is no IRI", theirs(id="seven"), "#/id"),
    ("several canonicals", theirs(canonical=["urn:x:1", "urn:x:2"]), "#/canonical"),
    ("an IRI with a line break", theirs(via="urn:x:1\nX-Evil: 1"), "#/via"),
    ("an IRI that is too long", theirs(canonical="urn:x:" + "y" * 2_000), "#/canonical"),
    ("too many bodies", theirs(body=[{"value": "x"}] * 101), "#/body"),
    ("too many selectors", theirs(target={"source": BRIDGE, "selector": [QUOTE] * 101}), "#/target/selector"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "document", "pointer"), REFUSED, ids=[row[0] for row in REFUSED])
def test_it_refuses(what: str, document: Any, pointer: str) -> None:
    with pytest.raises(Refused) as refused:
        read(document, "c", HOME.signals)
    assert (refused.value.status, refused.value.pointer) == (422, pointer), what


def test_no_refusal_repeats_what_was_sent() -> None:
    for _, sent, _ in REFUSED:
        with pytest.raises(Refused) as refused:
            read(sent, "c", HOME.signals)
        assert "evil" not in refused.value.detail


def test_a_context_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("something opened a connection")

    monkeypatch.setattr("socket.socket.connect", asked)
    monkeypatch.setattr("socket.getaddrinfo", asked)
    contexts = ["https://evil.example/context.jsonld", CONTEXT, {"@import": "https://evil.example/c.jsonld"}]
    assert read(theirs(**{"@context": contexts}), "c", HOME.signals).draft.url == BRIDGE


def test_the_models_own_examples_are_not_too_deep() -> None:
    assert DEEPEST > 8
    read(theirs(**{"ex:inner": nested(DEEPEST - 3)}), "c", HOME.signals)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "type", "value", "source", "selector", "items", "body", "target", "refinedBy",
                         "exact", "purpose", "format", "@id", "first"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(body=JSON, target=JSON, context=JSON, via=JSON)
def test_whatever_comes_it_is_read_or_refused(body: Any, target: Any, context: Any, via: Any) -> None:
    sent = theirs(body=body, target=target, via=via, **{"@context": [CONTEXT, context]})
    with suppress(Refused):
        assert isinstance(read(sent, "c", HOME.signals).draft.body, str)


def test_moments_say_that_they_are_utc() -> None:
    local = datetime.fromisoformat("2026-03-01T13:00:00+01:00")
    assert document(annotation(created=local), HOME)["created"] == "2026-03-01T12:00:00Z"
