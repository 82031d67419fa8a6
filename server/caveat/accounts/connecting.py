"""Connecting the extension: authorization code with PKCE (RFC 6749, 7636; OAuth's security, RFC 9700).

In: the parameters of a request, and later a code with the verifier. Out: a code, once, and for it a token.
What can go wrong: ``Refused`` where the request cannot be trusted enough to be answered at its redirect
address; ``OAuthError`` for what RFC 6749 has words for.

Clients are public and are known by their redirect address, whose shape only an installed extension or a
program on the same machine can receive. A code is good for a minute, once; a second use ends its token.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from caveat.accounts import log, tokens
from caveat.accounts.models import Account, Code, State, Token
from caveat.accounts.refused import Refused
from caveat.accounts.tokens import SCOPES, digest

CODE_LIFETIME = timedelta(seconds=60)
TOKEN_LIFETIME = timedelta(days=365)
_CLEARED_AFTER = timedelta(days=1)  # until then a second use of a code is noticed
DEFAULT_SCOPE = "annotate"
_GIVEN = ("annotate", "moderate")  # what a client may ask for; the account itself stays with its own pages

# Chrome's launchWebAuthFlow answers at the extension's id; Firefox's at a digest of it (40 hexadecimal
# digits) or at a UUID; a program listens on its own machine (RFC 8252, 7.3; no
# policy of form-action can name [::1]).
_SHAPES = {
    "Caveat in Chrome": re.compile(r"https://([a-p]{32})\.chromiumapp\.org/[\w-]{0,40}", re.ASCII),
    "Caveat in Firefox": re.compile(
        r"https://(?:[0-9a-f]{40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.extensions\.allizom\.org/[\w-]{0,40}",
        re.ASCII,
    ),
    "a program on this computer": re.compile(
        r"http://127\.0\.0\.1(?::[1-9][0-9]{0,4})?/[\w/-]{0,80}", re.ASCII
    ),
}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # SHA-256 in base64url without padding
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636, 4.1
LONGEST_STATE = 1_000


class OAuthError(Exception):
    """An error that RFC 6749 has a word for (4.1.2.1 and 5.2), with a sentence for the developer."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


@dataclass(frozen=True)
class Request:
    """Somebody's client asks to act for them."""

    client: str
    """What the consent page calls it."""
    redirect_uri: str
    challenge: str
    scope: str
    state: str | None

    def back(self, **answer: str) -> str:
        """The redirect address with an answer."""
        return back(self.redirect_uri, self.state, **answer)


def back(redirect_uri: str, state: str | None, **answer: str) -> str:
    """A redirect address with an answer; the state goes back as it came."""
    return f"{redirect_uri}?{urlencode(answer | ({'state': state} if state is not None else {}))}"


def client_of(redirect_uri: str, chrome_ids: tuple[str, ...] = ()) -> str:
    """What to call who is reached at an address. ``chrome_ids``, where there are any, are all of Chrome's
    that may connect. Raises ``Refused``."""
    for client, shape in _SHAPES.items():
        found = shape.fullmatch(redirect_uri)
        if found and not (chrome_ids and shape.groups and found[1] not in chrome_ids):
            return client
    raise Refused(
        400,
        "This request to connect does not say where the extension waits for the answer, or names a place "
        "that is none of an extension's. Nothing was connected. Start again from the extension.",
    )


def check(asked: Mapping[str, str], redirect_uri: str, client: str) -> Request:
    """The request, once its redirect address is known to be good. Raises ``OAuthError``."""
    state = asked.get("state")
    if state is not None and len(state) > LONGEST_STATE:
        raise OAuthError("invalid_request", f"state has at most {LONGEST_STATE} characters")
    if asked.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "response_type must be code")
    if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(
        asked.get("code_challenge", "")
    ):
        raise OAuthError("invalid_request", "PKCE is needed: code_challenge with code_challenge_method=S256")
    words = asked.get("scope", DEFAULT_SCOPE).split()
    if not words or any(word not in _GIVEN for word in words):
        raise OAuthError("invalid_scope", f"scope holds words of: {' '.join(_GIVEN)}")
    scope = " ".join(word for word in SCOPES if word in words)
    return Request(client, redirect_uri, asked["code_challenge"], scope, state)


def allow(session: Session, account: Account, request: Request, now: datetime) -> str:
    """The code for a request that the account's owner agreed to."""
    session.execute(delete(Code).where(Code.expires < now - _CLEARED_AFTER))
    code = secrets.token_urlsafe(32)
    session.add(
        Code(
            digest=digest(code),
            account_id=account.id,
            redirect_uri=request.redirect_uri,
            challenge=request.challenge,
            scope=request.scope,
            expires=now + CODE_LIFETIME,
        )
    )
    return code


def exchange(session: Session, sent: Mapping[str, str], now: datetime) -> tuple[str, Token] | OAuthError:
    """The token for a code. An error is given, not raised: what it did to the code must be committed."""
    if sent.get("grant_type") != "authorization_code":
        return OAuthError("unsupported_grant_type", "grant_type must be authorization_code")
    missing = [name for name in ("code", "redirect_uri", "code_verifier") if not sent.get(name)]
    if missing:
        return OAuthError("invalid_request", f"{missing[0]} is missing")
    # Two who come at once take turns.
    found = session.scalar(select(Code).where(Code.digest == digest(sent["code"])).with_for_update())
    if found is None:
        return _spoiled("the code is unknown")
    if found.token_id is not None:  # somebody else had it first, or has it now
        account = session.get_one(Account, found.account_id)
        if tokens.revoke(session, account, found.token_id, now):
            log.record(session, now, None, "revoke token", account, "its code came a second time")
        return _spoiled("the code was used before; its token is revoked")
    account = session.get_one(Account, found.account_id)
    wrong = _what_is_wrong(found, account, sent, now)
    if wrong:
        session.delete(found)  # whoever guesses gets one guess
        return _spoiled(wrong)
    secret, token = tokens.issue(
        session, account, client_of(found.redirect_uri), found.scope, now, TOKEN_LIFETIME
    )
    found.token_id = token.id
    log.record(session, now, account, "connect", account, scope=token.scope)
    return secret, token


def disconnect(session: Session, secret: str, now: datetime) -> None:
    """End a token that its client no longer needs (RFC 7009); one that does not hold is already ended."""
    caller = tokens.whose(session, secret, now)
    if caller is not None:
        tokens.revoke(session, caller.account, caller.token.id, now)


def _what_is_wrong(code: Code, account: Account, sent: Mapping[str, str], now: datetime) -> str | None:
    if code.expires <= now:
        return "the code has expired"
    if account.state != State.ACTIVE:
        return "the account is not active"
    if sent["redirect_uri"] != code.redirect_uri:
        return "redirect_uri is not the one that the code was made for"
    verifier = sent["code_verifier"]
    if not _VERIFIER.fullmatch(verifier):
        return "code_verifier has 43 to 128 letters, digits, or any of - . _ ~"
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return None if hmac.compare_digest(made, code.challenge) else "code_verifier does not match"


def _spoiled(why: str) -> OAuthError:
    return OAuthError("invalid_grant", why)
