"""Pages from templates: for one person, in words.

In: a template of ``templates/`` and what it shows. Out: HTML that nobody keeps. ``pages`` makes a blueprint
of them, whose forms only our own pages can send and which says its errors as a page, where the API says them
as problem details.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, render_template
from flask_limiter.errors import RateLimitExceeded
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError

from caveat.accounts.refused import Refused
from caveat.database import DatabaseError, Full
from caveat.web.forms import form_token, protect


def pages(name: str, prefix: str) -> Blueprint:
    """Routes of pages under a prefix."""
    routes = Blueprint(name, __name__, url_prefix=prefix)
    protect(routes)
    routes.register_error_handler(HTTPException, _said)
    routes.register_error_handler(RateLimitExceeded, _too_often)
    routes.register_error_handler(Refused, _refused)
    routes.register_error_handler(DatabaseError, _not_kept)
    return routes


def page(template: str, status: int = 200, **shown: Any) -> Response:
    """The page. ``visitor`` and ``form_token`` are there in every template."""
    shown = {"visitor": g.get("visitor"), "form_token": form_token, "day": _day} | shown
    body = render_template(template, **shown)
    answer = Response(body, status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def wrong(refused: Refused | None) -> dict[str, str]:
    """What a form shows beside the field that is wrong, or above all fields."""
    return {(refused.pointer or "#/form").removeprefix("#/"): refused.detail} if refused else {}


def _day(moment: datetime) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(
        moment.isoformat(timespec="seconds"), f"{moment.day} {moment:%B %Y}"
    )


def error(status: int, detail: str) -> Response:
    """A page that says what went wrong and what to do."""
    return page("error.html", status, title=HTTPStatus(status).phrase, detail=detail)


def _said(fault: HTTPException) -> Response | HTTPException:
    if fault.code is None or fault.code < 400:
        return fault
    if isinstance(fault, InternalServerError):  # its description may be the exception's own words
        return error(500, "Something went wrong on our side. Nothing you sent was kept.")
    answer = error(fault.code, fault.description or "")
    for name, value in fault.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _too_often(_: RateLimitExceeded) -> Response:
    answer = error(429, "That was too often for one address. Wait a minute, then try again.")
    answer.headers["Retry-After"] = "60"
    return answer


def _refused(refused: Refused) -> Response:
    return error(refused.status, refused.detail)


def _not_kept(fault: DatabaseError) -> Response:
    answer = error(507 if isinstance(fault, Full) else 503, str(fault))
    if answer.status_code == 503:
        answer.headers["Retry-After"] = "5"
    return answer
