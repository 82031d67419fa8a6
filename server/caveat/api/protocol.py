"""The Web Annotation Protocol (https://www.w3.org/TR/annotation-protocol/) at ``/annotations/``.

In: requests of any program that speaks it. Out: JSON-LD: the container, its pages, single annotations. What
can go wrong, always as a problem: what is asked for is not there, was taken back (410) or is wanted in a form
we do not have (406); a body that is no annotation (400, 415, 422); a token that is missing (401) or does not
do (403); somebody else was quicker (412, and 428 where an update does not say which state it replaces).

Anybody reads what readers are shown; with a token an account finds its own too. Every site's scripts may read
and write here, since nothing but the token that they must have been given says who they are: no cookie does.

A new annotation is named by us: ``Slug`` is not followed, and what it was called before is kept as ``via``.
Other programs cannot be asked whether a similar one would do, so that theirs are kept beside it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

import orjson
from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import collection, lookup, submission
from caveat.annotations.formats import web_annotation, web_annotation_reading
from caveat.annotations.formats.web_annotation import CONTEXT, MEDIA_TYPE, Document, Home
from caveat.annotations.models import Annotation, Status
from caveat.api.acting import Acting, viewer
from caveat.api.lookups import Lookups
from caveat.api.problems import refuse

LD_JSON, JSON, HTML = "application/ld+json", "application/json", "text/html"
CONTAINER_METHODS = "GET, HEAD, OPTIONS, POST"
ANNOTATION_METHODS = "GET, HEAD, OPTIONS, PUT, DELETE"

_LDP, _OA = "http://www.w3.org/ns/ldp#", "http://www.w3.org/ns/oa#"
_LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"
_MINIMAL = f"{_LDP}PreferMinimalContainer"
_IRIS = f"{_OA}PreferContainedIRIs"
_DESCRIPTIONS = f"{_OA}PreferContainedDescriptions"
_INCLUDE = re.compile(r'(?:^|[;,\s])include\s*=\s*(?:"([^"]*)"|([^\s;,]+))', re.IGNORECASE)
_EXPOSED = (
    "Accept-Post, Allow, Content-Location, ETag, Link, Location, Preference-Applied, Retry-After, Vary, "
    "WWW-Authenticate"
)
_OWN_OPTIONS: Final[Mapping[str, Any]] = {"provide_automatic_options": False}
_TYPES = {"container": f'<{_LDP}BasicContainer>; rel="type"', "annotation": f'<{_LDP}Resource>; rel="type"'}
_CONSTRAINED = f'<http://www.w3.org/TR/annotation-protocol/>; rel="{_LDP}constrainedBy"'
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer",
    "Access-Control-Max-Age": "3600",
}


def blueprint(acting: Acting, lookups: Lookups, home: Callable[[], Home]) -> Blueprint:
    """The routes over one store."""
    routes = Blueprint("protocol", __name__, url_prefix="/annotations")
    database, clock = acting.database, acting.clock

    @routes.route("/", **_OWN_OPTIONS)
    def container() -> AnyResponse:
        kind = _wanted(LD_JSON, JSON)
        number = _page_number()
        iris = request.args.get("iris") == "1"
        with database.read() as session:
            who = viewer(session, clock())
            extent = collection.extent(session, who)
            if number is not None:
                if number > extent.last:
                    refuse(404, f"There is no such page; the last is {extent.last}.")
                contents = collection.page(session, who, number)
                return _answered(_page(home(), extent, contents, number, iris), kind, who)
            minimal, iris, embedded = _preference(iris)
            document = _container(home(), extent, iris)
            if embedded and not minimal:
                contents = collection.page(session, who, 0)
                document["first"] = _page(home(), extent, contents, 0, iris, embedded=True)
        answer = _answered(document, kind, who)
        answer.headers["Content-Location"] = document["id"]
        if minimal or embedded:
            answer.headers["Preference-Applied"] = "return=representation"
        return answer

    @routes.route("/", methods=["POST"], **_OWN_OPTIONS)
    def create() -> AnyResponse:
        kind, sent = _wanted(LD_JSON, JSON), _sent()
        with acting.writing() as (session, author, now):
            reading = web_annotation_reading.read(sent, secrets.token_hex(16), home().signals)
            draft = replace(reading.imported, anyway=True)
            annotation = submission.submit(session, author, draft, now).annotation
            document = web_annotation.document(annotation, home())
        answer = _answered(document, kind, author, tag(annotation, document), status=201)
        answer.headers["Location"] = document["id"]
        answer.headers["Allow"] = ANNOTATION_METHODS
        answer.headers["Link"] = ", ".join((*_TYPES.values(), _CONSTRAINED))
        return answer

    @routes.route("/", methods=["OPTIONS"])
    def container_options() -> AnyResponse:
        with database.read() as session:
            document = _container(home(), collection.extent(session, None), iris=False)
        answer = Response(status=200, headers=_PREFLIGHT)
        answer.set_etag(_digest(orjson.dumps(document)))
        return answer

    @routes.route("/", methods=["PUT", "PATCH", "DELETE"], **_OWN_OPTIONS)
    def fixed() -> AnyResponse:
        refuse(405, "The container is not changed from outside. Annotations are added to it with POST.")

    @routes.route("/<uuid:uuid>", **_OWN_OPTIONS)
    def annotation(uuid: UUID) -> AnyResponse:
        kind = _wanted(LD_JSON, JSON, HTML)
        with database.read() as session:
            who = viewer(session, clock())
            found = _found(session, uuid, who)
            document = web_annotation.document(found, home())
        if kind == HTML:
            return redirect(f"/a/{uuid}", 303)
        return _answered(document, kind, who, tag(found, document))

    @routes.route("/<uuid:uuid>", methods=["PUT"], **_OWN_OPTIONS)
    def update(uuid: UUID) -> AnyResponse:
        kind, sent = _wanted(LD_JSON, JSON), _sent()
        with acting.writing() as (session, author, now):
            found = _found(session, uuid, author)
            if not request.if_match:
                refuse(428, "Say which state you replace: If-Match with the ETag you were given.")
            _refuse_stale(found, home())
            reading = web_annotation_reading.read(sent, found.client_id, home().signals)
            _refuse_renamed(reading, found, home())
            submission.edit(session, author, found, reading.draft, found.revision, now)
            document = web_annotation.document(found, home())
        return _answered(document, kind, author, tag(found, document))

    @routes.route("/<uuid:uuid>", methods=["DELETE"], **_OWN_OPTIONS)
    def delete(uuid: UUID) -> AnyResponse:
        with acting.writing() as (session, author, now):
            found = _found(session, uuid, author)
            if request.if_match:
                _refuse_stale(found, home())
            submission.withdraw(session, author, found, found.revision if request.if_match else None, now)
        lookups.forget([found.page.prefix])
        return Response(status=204)

    @routes.route("/<uuid:uuid>", methods=["OPTIONS"])
    def annotation_options(uuid: UUID) -> AnyResponse:
        # The same for any name: who may not see an annotation does not learn here whether it exists.
        del uuid
        return Response(status=200, headers=_PREFLIGHT)

    @routes.after_request
    def finish(answer: Response) -> Response:
        _introduce(answer)
        return answer

    return routes


def tag(annotation: Annotation, document: Document) -> str:
    """The entity tag of an annotation: its revision, and a digest for what changes without one (its author's
    name, the licence)."""
    return f"{annotation.revision}-{_digest(orjson.dumps(document))[:12]}"


def _introduce(answer: Response) -> None:
    """What each answer says of the resource, whether it went well or not."""
    headers = answer.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    is_container = request.url_rule is not None and request.url_rule.rule == "/annotations/"
    headers.setdefault("Allow", CONTAINER_METHODS if is_container else ANNOTATION_METHODS)
    headers["Vary"] = "Accept, Prefer, Authorization" if is_container else "Accept, Authorization"
    if is_container:
        headers.setdefault("Link", f"{_TYPES['container']}, {_CONSTRAINED}")
        headers["Accept-Post"] = f"{MEDIA_TYPE}, {LD_JSON}, {JSON}"
    else:
        headers.setdefault("Link", _TYPES["annotation"])


def _container(home: Home, extent: collection.Extent, iris: bool) -> Document:
    address = _address(home, iris)
    document: Document = {
        "@context": [CONTEXT, _LDP_CONTEXT],
        "id": address,
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": f"What volunteers say of words on pages: {home.name}",
        "total": extent.total,
    }
    if extent.modified is not None:
        document["modified"] = web_annotation.moment(extent.modified)
    if home.rights:
        document["rights"] = home.rights
    return document | {"first": f"{address}&page=0", "last": f"{address}&page={extent.last}"}


def _page(
    home: Home,
    extent: collection.Extent,
    contents: list[Annotation],
    number: int,
    iris: bool,
    embedded: bool = False,
) -> Document:
    address = _address(home, iris)
    whole: Document = {"id": address, "total": extent.total}
    if extent.modified is not None:
        whole["modified"] = web_annotation.moment(extent.modified)
    document: Document = {} if embedded else {"@context": CONTEXT}
    document |= {"id": f"{address}&page={number}", "type": "AnnotationPage"}
    document |= {"partOf": whole, "startIndex": number * collection.PAGE}
    if number > 0:
        document["prev"] = f"{address}&page={number - 1}"
    if number < extent.last:
        document["next"] = f"{address}&page={number + 1}"
    # Each with its context, so that it says the same where it is taken out of the page.
    document["items"] = [home.iri(each) if iris else web_annotation.document(each, home) for each in contents]
    return document


def _address(home: Home, iris: bool) -> str:
    """The container's IRI, which says whether its pages hold names or whole annotations."""
    return f"{home.container}?iris={int(iris)}"


def _page_number() -> int | None:
    sent = request.args.get("page")
    if sent is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", sent):
        refuse(404, "Pages are numbered from 0.")
    return int(sent)


def _preference(iris: bool) -> tuple[bool, bool, bool]:
    """Whether the container alone is wanted, names instead of annotations, and the first page inside. What
    contradicts itself is no preference, and what we do not know is none either (RFC 7240)."""
    found = _INCLUDE.search(request.headers.get("Prefer", ""))
    wanted = set((found[1] or found[2] or "").split()) if found else set()
    if {_IRIS, _DESCRIPTIONS} <= wanted:
        wanted -= {_IRIS, _DESCRIPTIONS}
    embedded = not wanted.isdisjoint((_IRIS, _DESCRIPTIONS))
    return _MINIMAL in wanted, _IRIS in wanted if embedded else iris, embedded


def _wanted(*offers: str) -> str:
    """Which of the forms we have the client likes best; the first where it does not say. Parameters are not
    looked at: there is one profile. Refuses (406) where it wants none of them."""
    accepted = list(request.accept_mimetypes)
    if not accepted:
        return offers[0]
    best, liked = offers[0], 0.0
    for offer in offers:
        ranges = (offer, offer.partition("/")[0] + "/*", "*/*")
        likes = [[q for name, q in accepted if name.partition(";")[0].strip() == range_] for range_ in ranges]
        like = next((max(each) for each in likes if each), 0.0)  # the narrowest range decides (RFC 9110)
        if like > liked:
            best, liked = offer, like
    if not liked:
        refuse(406, f"There is this as {' or '.join(offers)}. Ask for one of them in Accept.")
    return best


def _sent() -> Any:
    """The JSON of a request."""
    accept = {"Accept": MEDIA_TYPE, "Accept-Post": MEDIA_TYPE}
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        refuse(415, "Content-Encoding is refused. Send the JSON as it is.", headers=accept)
    if request.mimetype not in (LD_JSON, JSON):
        refuse(415, f"Send the annotation as JSON-LD, with Content-Type: {MEDIA_TYPE}", headers=accept)
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        refuse(400, f"The body is not valid JSON in UTF-8: {error.msg}.")


def _found(session: Session, uuid: UUID, who: Account | None) -> Annotation:
    found = collection.one(session, uuid)
    if found is not None and found.status == Status.WITHDRAWN:
        refuse(410, "Its author took this annotation back.")
    if found is None or not lookup.may_see(found, who):
        refuse(404, "There is no such annotation, or it is not shown to readers.")
    return found


def _refuse_stale(annotation: Annotation, home: Home) -> None:
    now = tag(annotation, web_annotation.document(annotation, home))
    if not request.if_match.contains(now):
        refuse(412, "The annotation is not what it was. Get it again, and send the ETag that comes with it.")


def _refuse_renamed(reading: web_annotation_reading.Reading, annotation: Annotation, home: Home) -> None:
    """What an annotation is and was called stays, whatever else is changed of it."""
    names: Mapping[str, tuple[object, object]] = {
        "id": (reading.id, home.iri(annotation)),
        "canonical": (reading.draft.canonical, annotation.canonical),
        "via": (reading.draft.via, tuple(annotation.via or ())),
    }
    for name, (sent, kept) in names.items():
        if sent and sent != kept:
            raise Refused(409, f"{name} cannot be changed. Leave it out, or send it as it is.", f"#/{name}")


def _answered(
    document: Document, kind: str, who: Account | None, etag: str | None = None, status: int = 200
) -> Response:
    encoded = orjson.dumps(document)
    answer = Response(encoded, status, content_type=MEDIA_TYPE if kind == LD_JSON else kind)
    answer.set_etag(etag or _digest(encoded))
    # Whoever keeps an answer asks whether it still holds; what only an account may see is not kept.
    answer.headers["Cache-Control"] = "no-cache" if who is None else "private, no-store"
    if status == 200 and request.method in ("GET", "HEAD"):
        answer.make_conditional(request)
    return answer


def _digest(encoded: bytes) -> str:
    return blake2b(encoded, digest_size=16).hexdigest()
