"""The Web Annotation Protocol: one case for each MUST and SHOULD of the W3C's Recommendation of 2017, and
what a server that people write to needs besides.

SHOULDs that are not followed: Turtle beside JSON-LD (3, 4.1), and a name that ``Slug`` suggests (5.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import written
from caveat.accounts.models import Role
from caveat.annotations.collection import PAGE
from caveat.annotations.models import Status
from caveat.annotations.page_identity import digest
from caveat.database import Database

LD_JSON = "application/ld+json"
ANNO, LDP = "http://www.w3.org/ns/anno.jsonld", "http://www.w3.org/ns/ldp"
PROFILE = f'{LD_JSON}; profile="{ANNO}"'
HOME = "http://localhost/annotations/"
MINIMAL = f"{LDP}#PreferMinimalContainer"
IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
DESCRIPTIONS = "http://www.w3.org/ns/oa#PreferContainedDescriptions"
SHOWN = 2 * PAGE + 3
THEIRS: dict[str, Any] = {
    "@context": ANNO,
    "type": "Annotation",
    "body": {"type": "TextualBody", "value": "Which survey is that?"},
    "target": {
        "source": written.BRIDGE,
        "selector": {"type": "TextQuoteSelector", "exact": "Half of the shops closed"},
    },
}


@dataclass(frozen=True)
class Served:
    """A server with three pages of annotations, and tokens of people who may write."""

    client: FlaskClient
    database: Database
    shown: list[str]
    heron: dict[str, str]
    stork: dict[str, str]

    def get(self, path: str = "/annotations/", **headers: str) -> TestResponse:
        return self.client.get(path, headers={n.replace("_", "-"): v for n, v in headers.items()})

    def prefer(self, *include: str) -> TestResponse:
        return self.get(Prefer=f'return=representation; include="{" ".join(include)}"')

    def post(self, sent: Any = THEIRS, who: dict[str, str] | None = None, **headers: str) -> TestResponse:
        given = {"Content-Type": PROFILE, **(self.heron if who is None else who), **headers}
        data = sent if isinstance(sent, bytes) else orjson.dumps(sent)
        return self.client.post("/annotations/", data=data, headers=given)

    def put(self, iri: str, sent: Any, etag: str | None, who: dict[str, str] | None = None) -> TestResponse:
        given = {"Content-Type": PROFILE, **(self.heron if who is None else who)}
        given |= {"If-Match": etag} if etag is not None else {}
        return self.client.put(iri, data=orjson.dumps(sent), headers=given)

    def delete(self, iri: str, etag: str | None, who: dict[str, str] | None = None) -> TestResponse:
        given = dict(self.heron if who is None else who) | ({"If-Match": etag} if etag is not None else {})
        return self.client.delete(iri, headers=given)


def body(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(answer.data)
    return found


@pytest.fixture
def served(app: Flask) -> Served:
    database: Database = app.extensions["caveat"].database
    with database.begin() as session:
        people = [written.account(session, alias, Role.MODERATOR) for alias in ("heron", "stork")]
        tokens = [{"Authorization": f"Bearer {written.token(session, who)}"} for who in people]
        author = written.account(session, "wren")
        shown = [str(written.annotation(session, author).uuid) for _ in range(SHOWN)]
        for status in (Status.PENDING, Status.NEEDS_RATINGS, Status.HIDDEN, Status.WITHDRAWN):
            written.annotation(session, author, status=status)
    return Served(app.test_client(), database, shown, *tokens)


Check = Callable[[Served], bool]


def one(served: Served) -> TestResponse:
    return served.get(f"/annotations/{served.shown[0]}")


def container(served: Served) -> TestResponse:
    return served.get()


def page(served: Served, number: int) -> dict[str, Any]:
    return body(served.get(f"/annotations/?iris=0&page={number}"))


def made(served: Served, **changes: Any) -> TestResponse:
    answer = served.post({**THEIRS, **changes})
    assert answer.status_code == 201, answer.data
    return answer


def updated(served: Served) -> TestResponse:
    new = made(served)
    return served.put(
        new.headers["Location"], {**body(new), "body": {"value": "Which one?"}}, new.headers["ETag"]
    )


def deleted(served: Served) -> tuple[TestResponse, str]:
    new = made(served)
    return served.delete(new.headers["Location"], new.headers["ETag"]), new.headers["Location"]


# Section, level, what is demanded, and the check.
DEMANDS: list[tuple[str, str, str, Check]] = [
    ("3", "MUST", "an annotation answers GET", lambda s: one(s).status_code == 200),
    ("3", "MUST", "an annotation answers HEAD as GET, without a body",
     lambda s: (h := s.client.head(f"/annotations/{s.shown[0]}")).status_code == 200 and not h.data
     and h.headers["ETag"] == one(s).headers["ETag"]),
    ("3", "MUST", "an annotation answers OPTIONS",
     lambda s: s.client.options(f"/annotations/{s.shown[0]}").status_code == 200),
    ("3", "MUST", "an annotation is JSON-LD", lambda s: one(s).mimetype == LD_JSON),
    ("3", "SHOULD", "its type names the profile", lambda s: one(s).headers["Content-Type"] == PROFILE),
    ("3", "SHOULD", "forms are negotiated", lambda s: s.get(f"/annotations/{s.shown[0]}",
     Accept="application/json").mimetype == "application/json"),
    ("3", "MUST", "it links to the type ldp#Resource",
     lambda s: f'<{LDP}#Resource>; rel="type"' in one(s).headers["Link"]),
    ("3", "MUST", "it has an ETag, and a strong one",
     lambda s: bool(re.fullmatch(r'"[^"]+"', one(s).headers["ETag"]))),
    ("3", "MUST", "it lists its methods in Allow",
     lambda s: {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"} <= set(one(s).headers["Allow"].split(", "))),
    ("3", "MUST", "it varies with Accept", lambda s: "Accept" in one(s).headers["Vary"].split(", ")),
    ("4", "MUST", "the container's IRI ends in a slash",
     lambda s: s.get("/annotations").status_code == 308 and s.get("/annotations").location == HOME),
    ("4.1", "MUST", "the container answers GET", lambda s: container(s).status_code == 200),
    ("4.1", "MUST", "the container answers HEAD",
     lambda s: (h := s.client.head("/annotations/")).status_code == 200 and not h.data),
    ("4.1", "MUST", "the container answers OPTIONS",
     lambda s: s.client.options("/annotations/").status_code == 200),
    ("4.1", "MUST", "it describes a container and a collection",
     lambda s: {"BasicContainer", "AnnotationCollection"} <= set(body(container(s))["type"])),
    ("4.1", "MUST", "it is JSON-LD without an Accept", lambda s: container(s).mimetype == LD_JSON),
    ("4.1", "SHOULD", "it uses both contexts",
     lambda s: body(container(s))["@context"] == [ANNO, f"{LDP}.jsonld"]),
    *[("4.1", "SHOULD", f"{method} lists the methods in Allow",
       lambda s, m=method: {"GET", "HEAD", "OPTIONS", "POST"}
       <= set(s.client.open("/annotations/", method=m).headers["Allow"].split(", ")))
      for method in ("GET", "HEAD", "OPTIONS")],
    *[("4.1", "MUST", f"{method} links to its type, and to what constrains it",
       lambda s, m=method: all(part in s.client.open("/annotations/", method=m).headers["Link"] for part in (
           f'<{LDP}#BasicContainer>; rel="type"',
           f'<http://www.w3.org/TR/annotation-protocol/>; rel="{LDP}#constrainedBy"')))
      for method in ("GET", "HEAD", "OPTIONS", "POST", "PATCH")],
    *[("4.1", "MUST", f"{method} has an ETag",
       lambda s, m=method: "ETag" in s.client.open("/annotations/", method=m).headers)
      for method in ("GET", "HEAD", "OPTIONS")],
    ("4.1", "MUST", "it varies with Accept", lambda s: "Accept" in container(s).headers["Vary"].split(", ")),
    *[("4.1", "SHOULD", f"{method} says what may be posted",
       lambda s, m=method: PROFILE in s.client.open("/annotations/", method=m).headers["Accept-Post"])
      for method in ("GET", "HEAD", "OPTIONS")],
    ("4.2", "MUST", "it has a first page, as a link or embedded", lambda s: "first" in body(container(s))),
    ("4.2", "MUST", "it holds no annotations itself", lambda s: "items" not in body(container(s))),
    ("4.2", "SHOULD", "it has a last page", lambda s: "last" in body(container(s))),
    ("4.2", "SHOULD", "it has a total", lambda s: body(container(s))["total"] == SHOWN),
    ("4.2", "SHOULD", "its IRI says whether pages hold IRIs or descriptions",
     lambda s: {body(s.prefer(IRIS))["id"], body(s.prefer(DESCRIPTIONS))["id"]}
     == {f"{HOME}?iris=1", f"{HOME}?iris=0"}),
    ("4.2", "MUST", "Content-Location has that IRI",
     lambda s: all(a.headers["Content-Location"] == body(a)["id"]
                   for a in (container(s), s.prefer(IRIS), s.prefer(MINIMAL), s.prefer(DESCRIPTIONS)))),
    *[("4.2", "MUST", f"a preference is heard: {sent}",
       lambda s, p=sent, e=expected: isinstance(first := body(s.get(Prefer=p))["first"], dict) is e
       and (not e or first["items"][0] == HOME + s.shown[0]))
      for sent, expected in (
          (f'return=representation;include="{IRIS}"', True),
          (f"return=representation; include={IRIS}", True),
          (f'RETURN = "representation" ; Include = "{IRIS}"', True),
          (f'return=representation; include="x:y  {IRIS}"', True),
          (f'wait=10, return=representation; omit="x:y"; include="{IRIS}", respond-async', True),
          (f'handling="a, b; c"; include="{DESCRIPTIONS}", return=representation; include="{IRIS}"', True),
          (f'return=representation; include="{IRIS}", return=representation; include="{MINIMAL}"', True),
          (f'return=minimal, return=representation; include="{IRIS}"', False),
          (f'return=representation; include="{MINIMAL} {IRIS}"', False))],
    ("4.2", "SHOULD", "it varies with Prefer",
     lambda s: "Prefer" in container(s).headers["Vary"].split(", ")),
    ("4.2.1", "SHOULD", "without a preference, pages hold descriptions",
     lambda s: body(container(s))["id"] == f"{HOME}?iris=0"
     and body(s.get(body(container(s))["first"]))["items"][0]["type"] == "Annotation"),
    ("4.2.2", "MUST", "a minimal container embeds nothing",
     lambda s: isinstance(body(a := s.prefer(MINIMAL))["first"], str) and "ldp:contains" not in body(a)
     and "items" not in body(a)),
    ("4.2.2", "SHOULD", "pages linked from a minimal container follow the other preference",
     lambda s: isinstance(body(s.get(body(s.prefer(MINIMAL, IRIS))["first"]))["items"][0], str)),
    ("4.2.3", "MUST", "contained IRIs come in an embedded page",
     lambda s: (first := body(s.prefer(IRIS))["first"])["type"] == "AnnotationPage"
     and first["items"] == [HOME + name for name in s.shown[:PAGE]]),
    ("4.2.3", "SHOULD", "the pages after it hold IRIs",
     lambda s: body(s.get(body(s.prefer(IRIS))["first"]["next"]))["items"]
     == [HOME + name for name in s.shown[PAGE : 2 * PAGE]]),
    ("4.2.4", "MUST", "contained descriptions come in an embedded page",
     lambda s: [each["id"] for each in body(s.prefer(DESCRIPTIONS))["first"]["items"]]
     == [HOME + name for name in s.shown[:PAGE]]),
    ("4.2.4", "SHOULD", "the pages after it hold descriptions",
     lambda s: body(s.get(body(s.prefer(DESCRIPTIONS))["first"]["next"]))["items"][0]["type"]
     == "Annotation"),
    ("4.3", "MUST", "a page is one", lambda s: page(s, 1)["type"] == "AnnotationPage"),
    ("4.3", "MUST", "a page links to its container, as an object with the total",
     lambda s: page(s, 1)["partOf"]["id"] == f"{HOME}?iris=0" and page(s, 1)["partOf"]["total"] == SHOWN),
    ("4.3", "MUST", "a page links to the one before, but for the first",
     lambda s: page(s, 1)["prev"] == page(s, 0)["id"] and "prev" not in page(s, 0)),
    ("4.3", "MUST", "a page links to the next, but for the last",
     lambda s: page(s, 1)["next"] == page(s, 2)["id"] and "next" not in page(s, 2)),
    ("4.3", "SHOULD", "a page says where it begins",
     lambda s: [page(s, n)["startIndex"] for n in range(3)] == [0, PAGE, 2 * PAGE]),
    ("4.3", "MAY", "a page is no container, and takes none of its methods",
     lambda s: "Link" not in (a := s.get("/annotations/?iris=0&page=1")).headers
     and a.headers["Allow"] == "GET, HEAD, OPTIONS"),
    ("4.3", "SHOULD", "a page is what its name says, whatever is preferred",
     lambda s: s.get("/annotations/?iris=0&page=1", Prefer=f'return=representation; include="{IRIS}"').data
     == s.get("/annotations/?iris=0&page=1").data),
    ("5.1", "MUST", "a new annotation gets an IRI under the container, even where it has one",
     lambda s: body(made(s, id="https://elsewhere.example/1"))["id"].startswith(HOME)),
    ("5.1", "MUST", "canonical stays as it is",
     lambda s: body(made(s, canonical="urn:uuid:1"))["canonical"] == "urn:uuid:1"),
    ("5.1", "SHOULD", "the id it had becomes via",
     lambda s: body(made(s, id="https://elsewhere.example/1", via="urn:x:2"))["via"]
     == ["urn:x:2", "https://elsewhere.example/1"]),
    ("5.1", "MUST", "creation answers 201", lambda s: made(s).status_code == 201),
    ("5.1", "MUST", "Location is the new IRI",
     lambda s: (new := made(s)).headers["Location"] == body(new)["id"]),
    ("5.1", "SHOULD", "what is created is there, under its ETag",
     lambda s: s.get((new := made(s)).headers["Location"], **s.heron).headers["ETag"] == new.headers["ETag"]),
    ("5.3", "MUST", "PUT replaces it, and answers 200 with the new state",
     lambda s: (a := updated(s)).status_code == 200 and body(a)["body"][0]["value"] == "Which one?"
     and "modified" in body(a)),
    ("5.3", "MUST", "PUT without If-Match replaces what is there",
     lambda s: (new := made(s)) is not None and s.put(new.headers["Location"], {**body(new), "bodyValue": "B",
     "body": None}, None).status_code == 422 and s.put(new.headers["Location"],
     {**body(new), "body": "urn:x"}, None).status_code == 422 and s.put(new.headers["Location"],
     {**body(new), "body": {"value": "Other."}}, None).status_code == 200),
    ("5.3", "MUST", "PUT replaces the target, too",
     lambda s: body(s.put((new := made(s)).headers["Location"], {**body(new), "target": "http://o.example/"},
     None))["target"] == "http://o.example/"),
    ("5.3", "SHOULD", "what has no canonical or via yet may be given them, and keeps them",
     lambda s: (new := made(s)) is not None and body(s.put(new.headers["Location"],
     {**body(new), "canonical": "urn:x:1", "via": "urn:x:2"}, None))["canonical"] == "urn:x:1"
     and body(s.put(new.headers["Location"], body(new), None))["via"] == ["urn:x:2"]),
    ("5.3", "SHOULD", "an update that changes canonical or via is refused",
     lambda s: (new := made(s, canonical="urn:x:1", via="urn:x:2")) is not None and all(
         s.put(new.headers["Location"], {**body(new), name: "urn:x:9"}, new.headers["ETag"]).status_code
         == 409
         for name in ("canonical", "via", "id"))),
    ("5.4", "MUST", "DELETE answers 204", lambda s: deleted(s)[0].status_code == 204),
    ("5.4", "MUST", "DELETE without If-Match answers 204, too",
     lambda s: s.delete(made(s).headers["Location"], None).status_code == 204),
    ("5.4", "SHOULD", "what was deleted is gone (410)", lambda s: s.get(deleted(s)[1]).status_code == 410),
    ("5.4", "SHOULD", "what was deleted is in the container no more",
     lambda s: deleted(s) is not None and body(s.get(**s.heron))["total"] == SHOWN),
    ("6", "MUST", "an update of what is not the newest state is refused (412)",
     lambda s: s.put((new := made(s)).headers["Location"], body(new), '"other"').status_code == 412),
    ("6", "MUST", "a deletion of what is not the newest state is refused (412)",
     lambda s: s.delete(made(s).headers["Location"], '"other"').status_code == 412),
    ("6", "SHOULD", "what is no annotation is refused",
     lambda s: s.post({"@context": ANNO, "type": "Annotation"}).status_code == 422),
    ("6", "SHOULD", "a form that is not there is refused (406), and those are named that are",
     lambda s: s.get(Accept="text/turtle").status_code == 406
     and LD_JSON in body(s.get(Accept="text/turtle"))["detail"]
     and s.get(f"/annotations/{s.shown[0]}", Accept="text/turtle").status_code == 406),
    ("6", "SHOULD", "a body of another type is refused (415)",
     lambda s: s.post(**{"Content-Type": "text/turtle"}).status_code == 415),
    ("6", "SHOULD", "what is not there is not found (404)",
     lambda s: s.get("/annotations/00000000-0000-4000-8000-000000000000").status_code == 404),
]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "level", "demand", "holds"), DEMANDS, ids=[f"{s} {lv}: {d}" for s, lv, d, _ in DEMANDS]
)
def test_the_protocol_demands_that(
    served: Served, section: str, level: str, demand: str, holds: Check
) -> None:
    assert holds(served), f"{section}: {level} {demand}"


def test_the_pages_hold_every_annotation_that_is_shown_once_and_in_order(served: Served) -> None:
    found, address = [], body(served.prefer(MINIMAL, IRIS))["first"]
    while address:
        document = body(served.get(address))
        found += document["items"]
        address = document.get("next")
    assert found == [HOME + name for name in served.shown]


def test_a_token_shows_ones_own_in_the_container_too(served: Served) -> None:
    new = made(served).headers["Location"]
    assert body(served.get(**served.heron))["total"] == SHOWN + 1
    last = body(served.get(body(served.get(**served.heron))["last"], **served.heron))
    assert last["items"][-1]["id"] == new
    assert body(served.get())["total"] == body(served.get(**served.stork))["total"] == SHOWN


def test_what_readers_are_not_shown_is_not_there_for_them(served: Served) -> None:
    new = made(served).headers["Location"]
    assert served.get(new).status_code == 404
    assert served.get(new, **served.stork).status_code == 200, "raters see what waits for them"
    assert served.get(new, **served.heron).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", LD_JSON),
        ("application/*", LD_JSON),
        (LD_JSON, LD_JSON),
        (f'{LD_JSON}; profile="{ANNO}"', LD_JSON),
        (f'{LD_JSON}; profile="https://www.w3.org/ns/activitystreams"', LD_JSON),
        ("application/json;q=0.9, application/ld+json;q=0.1", "application/json"),
        ("text/turtle, application/ld+json;q=0.5", LD_JSON),
        ("application/ld+json;q=0, */*;q=0.5", "application/json"),
    ],
)
def test_the_best_liked_form_is_given(served: Served, accept: str, kind: str) -> None:
    assert served.get(Accept=accept).mimetype == kind


def test_a_browser_is_led_to_the_page_for_people(served: Served) -> None:
    answer = served.get(f"/annotations/{served.shown[0]}", Accept="text/html,application/xml;q=0.9,*/*;q=0.8")
    assert (answer.status_code, answer.location) == (303, f"/a/{served.shown[0]}")
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/annotations/", "/annotations/?iris=0&page=1", "/annotations/{}"])
def test_who_has_it_is_told_that_it_still_holds(served: Served, path: str) -> None:
    path = path.format(served.shown[0])
    assert served.get(path, If_None_Match=served.get(path).headers["ETag"]).status_code == 304


def test_a_preference_that_contradicts_itself_or_is_unknown_is_none(served: Served) -> None:
    for prefer in (f'include="{IRIS} {DESCRIPTIONS}"', 'include="x:y"', "handling=lenient", "include", '"'):
        answer = served.get(Prefer=f"return=representation; {prefer}")
        assert answer.data == container(served).data
        assert "Preference-Applied" not in answer.headers
    assert served.prefer(IRIS).headers["Preference-Applied"] == "return=representation"


@pytest.mark.parametrize("number", ["-1", "x", "3", "99999999999", "1e3", "٣"])
def test_a_page_that_is_not_there_is_not_found(served: Served, number: str) -> None:
    assert served.get(f"/annotations/?page={number}").status_code == 404


def test_every_sites_scripts_may_read_and_with_a_token_write(served: Served) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "PUT"}
    for path in ("/annotations/", f"/annotations/{served.shown[0]}"):
        preflight = served.client.options(path, headers=asked).headers
        assert preflight["Access-Control-Allow-Origin"] == "*"
        assert "PUT" in preflight["Access-Control-Allow-Methods"]
        assert {"Authorization", "If-Match", "Prefer"} <= set(
            preflight["Access-Control-Allow-Headers"].split(", ")
        )
        assert "Access-Control-Allow-Credentials" not in preflight, "cookies say nothing here"
        assert "ETag" in served.get(path).headers["Access-Control-Expose-Headers"]
    assert served.post(who={}).headers["Access-Control-Allow-Origin"] == "*", "errors can be read, too"


def test_a_cookie_is_no_token(served: Served) -> None:
    served.client.set_cookie("caveat_session", served.heron["Authorization"].removeprefix("Bearer "))
    assert served.post(who={}).status_code == 401


def test_writing_takes_a_token_that_was_made_for_it(served: Served) -> None:
    new = made(served)
    iri, etag = new.headers["Location"], new.headers["ETag"]
    with served.database.begin() as session:
        heron = written.account(session, "heron")
        other = {"Authorization": f"Bearer {written.token(session, heron, 'account')}"}
    for who, status in ((served.stork, 403), (other, 403), ({"X": "no token"}, 401)):
        assert served.put(iri, body(new), etag, who).status_code == status
        assert served.delete(iri, etag, who).status_code == status
    assert served.post(who={"X": "no token"}).status_code == 401
    assert served.post(who={"X": "no token"}).headers["WWW-Authenticate"] == "Bearer"
    assert served.post(who={"Authorization": "Bearer cav_" + "x" * 43}).status_code == 401
    refused = served.post(who=other)
    assert refused.status_code == 403
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="annotate"'


def test_a_rating_does_not_make_what_its_author_holds_stale(served: Served) -> None:
    new = made(served)
    rated(served, new.headers["Location"])
    assert served.put(new.headers["Location"], body(new), new.headers["ETag"]).status_code == 200
    assert served.delete(new.headers["Location"], new.headers["ETag"]).status_code == 204


def test_the_lookups_of_both_pages_are_told_of_a_move(
    served: Served, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(app.extensions["caveat"].lookups, "forget", told.append)
    new = made(served)
    served.put(new.headers["Location"], {**body(new), "target": "http://other.example/"}, None)
    served.put(new.headers["Location"], {**body(new), "target": "http://other.example/"}, None)
    assert told == [[digest(url)[:5] for url in (written.BRIDGE, "http://other.example/")]]


def test_of_two_updates_of_one_state_the_second_is_told(served: Served) -> None:
    new = made(served)
    iri, etag = new.headers["Location"], new.headers["ETag"]
    first, second = ({**body(new), "body": {"value": words}} for words in ("One?", "Two?"))
    assert served.put(iri, first, etag).status_code == 200
    assert served.put(iri, second, etag).status_code == 412
    assert served.delete(iri, etag).status_code == 412
    assert body(served.get(iri, **served.heron))["body"][0]["value"] == "One?"


def rated(served: Served, iri: str) -> None:
    answer = served.client.put(
        f"/api/v1/annotations/{iri.rpartition('/')[2]}/rating",
        json={"verdict": "helpful"},
        headers=served.stork,
    )
    assert answer.status_code == 200, answer.data


def test_an_annotation_can_be_moved_until_somebody_rated_it(served: Served) -> None:
    new = made(served)
    iri, moved = new.headers["Location"], {**body(new), "target": "http://other.example/"}
    answer = served.put(iri, moved, new.headers["ETag"])
    assert (answer.status_code, body(answer)["target"]) == (200, "http://other.example/")
    rated(served, iri)
    refused = served.put(iri, {**moved, "target": "http://another.example/"}, None)
    assert refused.status_code == 409
    assert b"stays with them" in refused.data
    assert served.put(iri, {**moved, "body": {"value": "Which one?"}}, None).status_code == 200


def test_programs_that_know_no_signals_and_mark_no_words_may_write(served: Served) -> None:
    new = made(served, body={"type": "TextualBody", "value": "I like it."}, target="http://www.example.com/a")
    assert body(new)["target"] == "http://www.example.com/a"
    assert [part["value"] for part in body(new)["body"]] == ["I like it."]


def test_a_name_that_the_client_suggests_is_not_taken(served: Served) -> None:
    answer = served.post(Slug="mine")
    assert re.fullmatch(re.escape(HOME) + "[0-9a-f-]{36}", answer.headers["Location"])


QUOTE = {"type": "TextQuoteSelector", "exact": "Half of the shops closed"}
TEXT = {"type": "TextualBody", "value": "Which survey?"}

# Legal, and what of it is answered where it is kept, or the field that is named where it is not.
SHAPES: list[tuple[str, dict[str, Any], str | dict[str, Any]]] = [
    ("no body", {"body": None}, "#/body"),
    ("only a link", {"body": "http://example.org/post1"}, "#/body"),
    ("a bodyValue", {"body": None, "bodyValue": "Well said."}, {"body": ["Well said."]}),
    ("several bodies", {"body": [TEXT, {"value": "And when?"}]}, {"body": ["Which survey?\n\nAnd when?"]}),
    ("a choice", {"body": {"type": "Choice", "items": [TEXT, {"value": "Welche?"}]}},
     {"body": ["Which survey?"]}),
    ("a text beside a link", {"body": [TEXT, "https://a.example/1"]},
     {"body": ["Which survey?", "https://a.example/1"]}),
    ("a text in HTML", {"body": {**TEXT, "format": "text/html"}}, "#/body/format"),
    ("too much text", {"body": {"value": "x" * 1_001}}, "#/body"),
    ("a link to itself", {"body": [TEXT, written.BRIDGE]}, "#/body"),
    ("a language", {"body": {**TEXT, "language": "en-GB"}}, {"body": ["Which survey?"]}),
    ("several targets", {"target": ["http://a.example/1", "http://b.example/2"]}, {"target": "http://a.example/1"}),
    ("a target with a type", {"target": {"id": "http://a.example/v", "type": "Text", "format": "text/html"}},
     {"target": "http://a.example/v"}),
    ("a book", {"target": "urn:isbn:9780141439518"}, "#/target"),
    *[(f"a {kind}Selector", {"target": {"source": written.BRIDGE,
       "selector": {"type": f"{kind}Selector", "value": "x"}}}, "#/target/selector")
      for kind in ("Fragment", "Css", "XPath", "Svg", "DataPosition")],
    ("only a position", {"target": {"source": written.BRIDGE, "selector":
     {"type": "TextPositionSelector", "start": 1, "end": 2}}}, "#/target/selector"),
    ("a range", {"target": {"source": written.BRIDGE, "selector": {"type": "RangeSelector",
     "startSelector": QUOTE, "endSelector": QUOTE}}}, "#/target/selector"),
    ("a quotation beside others", {"target": {"source": written.BRIDGE, "selector":
     [{"type": "CssSelector", "value": "p"}, QUOTE]}}, {"target": [QUOTE]}),
    ("too much around a quotation", {"target": {"source": written.BRIDGE,
     "selector": {**QUOTE, "prefix": "x" * 65}}}, "#/target/selector/prefix"),
    ("a state and a style", {"target": {"source": written.BRIDGE, "selector": QUOTE, "styleClass": "red",
     "state": {"type": "TimeState", "sourceDate": "2026-01-01T00:00:00Z"}}, "stylesheet": "http://a.example/s"},
     {"target": [QUOTE]}),
    ("motivations", {"motivation": ["replying", "tagging"]}, {"motivation": "commenting"}),
    ("a creator", {"creator": {"id": "http://a.example/me", "type": "Person", "nickname": "pseudo"}},
     {"creator": {"type": "Person", "nickname": "heron"}}),
    ("unknown words", {"ex:mood": "glad", "@context": [ANNO, {"ex": "http://ex.example/"}]},
     {"@context": ANNO}),
    ("several types", {"type": ["Annotation", "ex:Note"]}, {"type": "Annotation"}),
]  # fmt: skip


def told(document: dict[str, Any], name: str) -> Any:
    """What an answer says, without the shape it says it in."""
    value = document[name]
    if name == "body":
        return [part.get("value") or part["source"] for part in value]
    return value["selector"] if name == "target" and isinstance(value, dict) else value


@pytest.mark.parametrize(("what", "changes", "expected"), SHAPES, ids=[row[0] for row in SHAPES])
def test_what_is_legal_is_kept_or_its_field_is_named(
    served: Served, what: str, changes: dict[str, Any], expected: str | dict[str, Any]
) -> None:
    sent = {name: value for name, value in {**THEIRS, **changes}.items() if value is not None}
    answer = served.post(sent)
    if isinstance(expected, str):
        assert (answer.status_code, body(answer)["errors"][0]["pointer"]) == (422, expected), answer.data
    else:
        assert answer.status_code == 201, (what, answer.data)
        assert {name: told(body(answer), name) for name in expected} == expected
        again = served.put(answer.headers["Location"], body(answer), answer.headers["ETag"])
        assert (again.status_code, again.data) == (200, answer.data), "sent back as it is, it stays"


HOSTILE: list[tuple[str, bytes, int]] = [
    ("no JSON", b"{", 400),
    ("not UTF-8", b'{"type": "\xff"}', 400),
    ("a lone surrogate", b'{"@context": "\\ud800"}', 400),
    ("NaN", b'{"start": NaN}', 400),
    ("contexts 10,000 deep", b'{"@context":' + b"[" * 10_000 + b"]" * 10_000 + b"}", 400),
    ("contexts as objects, 10,000 deep", b'{"@context":' * 10_000 + b"1" + b"}" * 10_000, 400),
    ("contexts 900 deep", b'{"@context":' + b"[" * 900 + b"]" * 900 + b"}", 422),
    ("a context of others", orjson.dumps({**THEIRS, "@context": "https://evil.example/c.jsonld"}), 422),
    ("a script for a source", orjson.dumps({**THEIRS, "body": [{"value": "x"}, "javascript:alert(1)"]}), 422),
    ("a body that is too long", orjson.dumps({**THEIRS, "body": {"value": "x" * 1_001}}), 422),
    ("a header in an IRI", orjson.dumps({**THEIRS, "canonical": "urn:x\r\nSet-Cookie: a=b"}), 422),
    ("more than fits", b" " * (5 * 1024 * 1024), 413),
]


@pytest.mark.parametrize(("what", "sent", "status"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_is_refused_in_plain_words(
    served: Served, what: str, sent: bytes, status: int
) -> None:
    answer = served.post(sent)
    assert answer.status_code == status, (what, answer.data)
    assert answer.mimetype == "application/problem+json"
    assert b"evil" not in answer.data
    assert body(served.get(**served.heron))["total"] == SHOWN


def test_a_compressed_body_is_refused(served: Served) -> None:
    assert served.post(**{"Content-Encoding": "gzip"}).status_code == 415


def test_the_container_is_not_changed_from_outside(served: Served) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        answer = served.client.open("/annotations/", method=method, headers=served.heron)
        assert answer.status_code == 405
        assert "PUT" not in answer.headers["Allow"]


def test_an_empty_container_has_one_page_with_nothing_on_it(client: FlaskClient) -> None:
    whole = body(client.get("/annotations/"))
    assert whole["total"] == 0
    assert whole["first"] == whole["last"]
    assert body(client.get(whole["first"]))["items"] == []


def test_annotations_are_named_by_the_public_address(make_app: Any, reader: Any) -> None:
    client = make_app(
        reader, public_url="https://notes.example/", rights="https://l.example/by"
    ).test_client()
    whole = body(client.get("/annotations/", headers={"Host": "evil.example"}))
    assert whole["id"] == "https://notes.example/annotations/?iris=0"
    assert whole["rights"] == "https://l.example/by"
