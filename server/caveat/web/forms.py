"""Forms that only our own pages can send.

In: a POST. Out: its fields. What can go wrong: it came from another site, or without the token of the page
it should come from (403), or without a field that every page of ours sends (400). A double-submitted
token, bound to the session by HMAC (OWASP, Cross-Site Request Forgery Prevention), and what the browser
says of where the request comes from (Sec-Fetch-Site, or Origin).

``page.pages`` protects every blueprint of pages; their templates put ``{{ form_token() }}`` into every form.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, request
from markupsafe import Markup

from caveat.web.session import COOKIE

FIELD = "form_token"
SEED_COOKIE = "caveat_form"  # for those who are not signed in: the form to sign in is one, too
_SAFE = ("GET", "HEAD", "OPTIONS")


def protect(routes: Blueprint) -> None:
    """Let no view of ``routes`` see a POST that does not come from a page of ours."""
    routes.before_request(_check)
    routes.after_request(_plant)


def csrf_token() -> str:
    """What a form of this page must send back."""
    return _token_of(_seed() or _new_seed())


def form_token() -> Markup:
    """The same as a field."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def checked_form(*names: str) -> dict[str, str]:
    """The fields of these names, as they were sent."""
    missing = [name for name in names if name not in request.form]
    if missing:
        abort(400, f"The form came without {missing[0]!r}. Go back, load the page anew, and send it again.")
    return {name: request.form[name] for name in names}


def _check() -> None:
    if request.method in _SAFE:
        return
    seed, sent = _seed(), request.form.get(FIELD, "")
    ours = seed is not None and hmac.compare_digest(_token_of(seed).encode(), sent.encode())
    if _from_elsewhere() or not ours:
        abort(403, "This form does not come from a page of this server, or is too old. Load the page anew.")


def _from_elsewhere() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    # Browsers of plain http do not say. With our Referrer-Policy their Origin is "null" for our own forms,
    # and then the token alone decides.
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host


def _seed() -> str | None:
    return request.cookies.get(COOKIE) or request.cookies.get(SEED_COOKIE) or g.get("seed")


def _new_seed() -> str:
    g.seed = secrets.token_urlsafe(32)
    return str(g.seed)


def _plant(answer: Response) -> Response:
    if seed := g.get("seed"):
        answer.set_cookie(
            SEED_COOKIE, seed, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return answer


def _token_of(seed: str) -> str:
    return hmac.digest(seed.encode(), b"caveat form", "sha256").hex()
