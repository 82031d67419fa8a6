"""The Web Annotation Protocol (https://www.w3.org/TR/annotation-protocol/) at ``/annotations/``.

In: requests of any program that speaks it. Out: JSON-LD: the container, its pages, single annotations. What
can go wrong, always as a problem: what is asked for is not there, was taken back (410) or is wanted in a form
we do not have (406); a body that is no annotation (400, 415, 422); a token that is missing (401) or does not
do (403); somebody else was quicker than the state that ``If-Match`` names (412).

Anybody reads what readers are shown; with a token an account finds its own too. Every site's scripts may read
and write here, since nothing but the token that they must have been given says who they are: no cookie does.

Whoever changes an annotation should send ``If-Match`` and need not, as the Protocol has it: without, what is
there is replaced. Its ETag is of what it says, so that a rating or a ranking does not make it stale.

A new annotation is named by us: ``Slug`` is not followed, and what it was called before is kept as ``via``.
Other programs cannot be asked whether a similar one would do, so that theirs are kept beside it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
from caveat.annotations import changing, collection, lookup, submission
from caveat.annotations.drafts import Draft
from caveat.annotations.formats import container as containers
from caveat.annotations.formats import web_annotation, web_annotation_reading
from caveat.annotations.formats.web_annotation import MEDIA_TYPE, Document, Home
from caveat.annotations.models import Annotation, Status
from caveat.api import negotiation
from caveat.api.acting import Acting, viewer
from caveat.api.lookups import Lookups
from caveat.api.problems import refuse

LD_JSON, JSON, HTML = "application/ld+json", "application/json", "text/html"
CONTAINER_METHODS = "GET, HEAD, OPTIONS, POST"
PAGE_METHODS = "GET, HEAD, OPTIONS"
ANNOTATION_METHODS = "GET, HEAD, OPTIONS, PUT, DELETE"

_LDP = "http://www.w3.org/ns/ldp#"
_EXPOSED = (
    "Accept-Post, Allow, Content-Location, ETag, Link, Location, Preference-Applied, Retry-After, Vary, "
    "WWW-Authenticate"
)
_OWN_OPTIONS: Final[Mapping[str, Any]] = {"provide_automatic_options": False}
_TYPES = {"container": f'<{_LDP}BasicContainer>; rel="type"', "annotation": f'<{_LDP}Resource>; rel="type"'}
_CONSTRAINED = f'<http://www.w3.org/TR/annotation-protocol/>; rel="{_LDP}constrainedBy"'
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": (
        "Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer, Slug"
    ),
    "Access-Control-Max-Age": "3600",
}


def blueprint(acting: Acting, lookups: Lookups, home: Callable[[], Home]) -> Blueprint:
    """The routes over one store."""
    routes = Blueprint("protocol", __name__, url_prefix="/annotations")
    database, clock = acting.database, acting.clock

    @routes.route("/", **_OWN_OPTIONS)
    def container() -> AnyResponse:
        kind, number = negotiation.wanted(LD_JSON, JSON), negotiation.page_number()
        wants = negotiation.preference()
        with database.read() as session:
            who = viewer(session, clock())
            extent = collection.extent(session, who)
            if number is not None:  # what is preferred was said of the container, and is in the page's name
                if number > extent.last:
                    refuse(404, f"There is no such page; the last is {extent.last}.")
                contents = collection.page(session, who, number)
                iris = request.args.get("iris") == "1"
                return _answered(containers.page(home(), extent, contents, number, iris), kind, who)
            document = containers.container(home(), extent, wants.iris)
            if wants.is_embedded:
                contents = collection.page(session, who, 0)
                document["first"] = containers.page(home(), extent, contents, 0, wants.iris, embedded=True)
        answer = _answered(document, kind, who)
        answer.headers["Content-Location"] = document["id"]
        if wants.is_heard:
            answer.headers["Preference-Applied"] = "return=representation"
        return answer

    @routes.route("/", methods=["POST"], **_OWN_OPTIONS)
    def create() -> AnyResponse:
        kind, sent = negotiation.wanted(LD_JSON, JSON), _sent()
        with acting.writing() as (session, author, now), _in_their_words():
            reading = web_annotation_reading.read(sent, secrets.token_hex(16), home().signals)
            draft = replace(reading.imported, anyway=True)
            annotation = submission.submit(session, author, draft, now).annotation
            document = web_annotation.document(annotation, home())
        answer = _answered(document, kind, author, status=201)
        answer.headers["Location"] = document["id"]
        answer.headers["Allow"] = ANNOTATION_METHODS
        answer.headers["Link"] = ", ".join((*_TYPES.values(), _CONSTRAINED))
        return answer

    @routes.route("/", methods=["OPTIONS"])
    def container_options() -> AnyResponse:
        with database.read() as session:
            document = containers.container(home(), collection.extent(session, None), iris=False)
        answer = Response(status=200, headers=_PREFLIGHT)
        answer.set_etag(_tag(document))
        return answer

    @routes.route("/", methods=["PUT", "PATCH", "DELETE"], **_OWN_OPTIONS)
    def fixed() -> AnyResponse:
        refuse(405, "The container is not changed from outside. Annotations are added to it with POST.")

    @routes.route("/<uuid:uuid>", **_OWN_OPTIONS)
    def annotation(uuid: UUID) -> AnyResponse:
        kind = negotiation.wanted(LD_JSON, JSON, HTML)
        with database.read() as session:
            who = viewer(session, clock())
            found = _found(session, uuid, who)
            document = web_annotation.document(found, home())
        if kind == HTML:
            return redirect(f"/a/{uuid}", 303)
        return _answered(document, kind, who)

    @routes.route("/<uuid:uuid>", methods=["PUT"], **_OWN_OPTIONS)
    def update(uuid: UUID) -> AnyResponse:
        kind, sent = negotiation.wanted(LD_JSON, JSON), _sent()
        with acting.writing() as (session, author, now), _in_their_words():
            found = _held(session, uuid, author, home())
            before = found.page.prefix
            reading = web_annotation_reading.read(sent, found.client_id, home().signals)
            _refuse_renamed(reading, found, home())
            changing.edit(session, author, found, _kept(reading.draft, found), None, now)
            document = web_annotation.document(found, home())
        if found.page.prefix != before:
            lookups.forget([before, found.page.prefix])
        return _answered(document, kind, author)

    @routes.route("/<uuid:uuid>", methods=["DELETE"], **_OWN_OPTIONS)
    def delete(uuid: UUID) -> AnyResponse:
        with acting.writing() as (session, author, now):
            found = _held(session, uuid, author, home())
            changing.withdraw(session, author, found, None, now)
            prefix = found.page.prefix
        lookups.forget([prefix])
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


def _introduce(answer: Response) -> None:
    """What each answer says of the resource, whether it went well or not."""
    headers = answer.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    is_container = request.url_rule is not None and request.url_rule.rule == "/annotations/"
    is_page = is_container and "page" in request.args and request.method in ("GET", "HEAD", "OPTIONS")
    methods = PAGE_METHODS if is_page else CONTAINER_METHODS if is_container else ANNOTATION_METHODS
    headers.setdefault("Allow", methods)
    headers["Vary"] = "Accept, Prefer, Authorization" if is_container else "Accept, Authorization"
    if is_page:
        return  # it is no container (4.3)
    if is_container:
        headers.setdefault("Link", f"{_TYPES['container']}, {_CONSTRAINED}")
        headers["Accept-Post"] = f"{MEDIA_TYPE}, {LD_JSON}, {JSON}"
    else:
        headers.setdefault("Link", _TYPES["annotation"])


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


def _held(session: Session, uuid: UUID, author: Account, home: Home) -> Annotation:
    """One that is about to be changed. Refuses (412) where it is not what ``If-Match`` names."""
    found = _found(session, uuid, author)
    changing.hold(session, found)
    if request.if_match and not request.if_match.contains(_tag(web_annotation.document(found, home))):
        refuse(412, "The annotation is not what it was. Get it again, and send the ETag that comes with it.")
    return found


def _kept(draft: Draft, annotation: Annotation) -> Draft:
    """A draft with the names that the annotation has, if it does not say them again."""
    via = draft.via or tuple(annotation.via or ())
    return replace(draft, canonical=draft.canonical or annotation.canonical, via=via)


@contextmanager
def _in_their_words() -> Iterator[None]:
    """Refusals point into the document that was sent, rather than into a draft of ours."""
    try:
        yield
    except Refused as error:
        error.pointer = web_annotation_reading.pointer_of(error.pointer)
        raise


def _refuse_renamed(reading: web_annotation_reading.Reading, annotation: Annotation, home: Home) -> None:
    """What an annotation is and was called stays, whatever else is changed of it; what has no such name yet
    may be given one."""
    names: Mapping[str, tuple[object, object]] = {
        "id": (reading.id, home.iri(annotation)),
        "canonical": (reading.draft.canonical, annotation.canonical),
        "via": (reading.draft.via, tuple(annotation.via or ())),
    }
    for name, (sent, kept) in names.items():
        if sent and kept and sent != kept:
            raise Refused(409, f"{name} cannot be changed. Leave it out, or send it as it is.", f"#/{name}")


def _answered(document: Document, kind: str, who: Account | None, status: int = 200) -> Response:
    encoded = orjson.dumps(document)
    answer = Response(encoded, status, content_type=MEDIA_TYPE if kind == LD_JSON else kind)
    answer.set_etag(_digest(encoded))
    # Whoever keeps an answer asks whether it still holds; what only an account may see is not kept.
    answer.headers["Cache-Control"] = "no-cache" if who is None else "private, no-store"
    if status == 200 and request.method in ("GET", "HEAD"):
        answer.make_conditional(request)
    return answer


def _tag(document: Document) -> str:
    return _digest(orjson.dumps(document))


def _digest(encoded: bytes) -> str:
    return blake2b(encoded, digest_size=16).hexdigest()
