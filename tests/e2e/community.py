"""A server's community, played: pages with annotations, an account that connects, ratings, a queue.

In: exchanges on the wire. Out: what a server would answer by its contract; what it was sent is kept. What it
does not know goes to the real server.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from caveat.annotations.page_identity import digest
from caveat.annotations.runs import marks_of

from .wire import Exchange, Played

TOKEN = "cv_played"  # noqa: S105 (nobody's)
REASON = "Shown because 7 of 9 on one side and 4 of 6 on the other found it helpful."


def annotation(number: int, page: str, exact: str, **more: Any) -> dict[str, Any]:
    """One that a reader of the page is shown."""
    return {
        "id": f"0190a0b0-0000-7000-8000-{number:012}",
        "page": {"digest": digest(page), "url": page, "title": "Tidal barrage at Harrow Sound"},
        "target": {"exact": exact, "prefix": "", "suffix": "", "start": 0},
        "signal": "vague-source",
        "body": "The harbour board’s minutes name three engineers, and what each of them said.\n\n"
        "Two of them work for the contractor.",
        "sources": [{"url": "https://records.example/harrow/minutes", "title": "Minutes of 4 May"}],
        "author": "heron",
        "status": "helpful",
        "created": "2026-11-20T10:00:00Z",
        "edited": None,
        "revision": 1,
        "reason": REASON,
        "correction": None,
        "mine": False,
        "rating": None,
        "standing": None,
    } | more


class Community:
    """What the wire plays."""

    def __init__(self, *shown: dict[str, Any]) -> None:
        self.shown = list(shown)
        self.claims: list[dict[str, Any]] = []
        """Of other pages, and found by their words."""
        self.waiting: list[dict[str, Any]] = []
        self.own: list[dict[str, Any]] = []
        self.ratings: list[dict[str, Any]] = []
        self.taken_back: list[str] = []
        self.revoked: list[str] = []
        self.challenge = ""
        self.down = False
        """Whether submissions are answered by a 503."""
        self.forgets_to_answer = False
        """Whether a submission is kept, and answered by a 503 all the same."""
        self.silent = False
        """Whether look-ups are answered by a 503."""

    def __call__(self, asked: Exchange) -> Played | None:
        url = urlsplit(asked.path)
        if url.path.startswith("/connect/"):
            return self._connect(url.path, url.query, asked.sent.decode())
        is_known = asked.headers.get("Authorization") == f"Bearer {TOKEN}"
        if found := re.fullmatch(r"/api/v1/pages/([0-9a-f]{5})", url.path):
            if self.silent:
                return Played(503, {"detail": "Not now."})
            return Played(200, {"pages": self._pages(found[1], is_known)}, (("ETag", '"1"'),))
        if url.path == "/api/v1/claims":
            runs = [[run, self.five(a)] for a in self.claims for run in marks_of(a["target"]["exact"])]
            return Played(200, {"runs": sorted(runs)}, (("ETag", '"1"'),))
        if found := re.fullmatch(r"/api/v1/claims/([0-9a-f]{5})", url.path):
            return Played(200, {"annotations": [a for a in self.claims if self.five(a) == found[1]]})
        if not re.match(r"/api/v1/(annotations|queue|me)\b", url.path):
            return None
        if url.path.endswith("/reports"):
            return Played(204)
        if not is_known:
            return Played(401, {"detail": "This needs a token."})
        return self._known(asked.method, url.path, asked)

    @staticmethod
    def five(note: dict[str, Any]) -> str:
        """What is asked for an annotation by its words."""
        return sha256(note["target"]["exact"].encode()).hexdigest()[:5]

    def _known(self, method: str, path: str, asked: Exchange) -> Played:
        if path == "/api/v1/me":
            return Played(200, self._me())
        if path == "/api/v1/queue":
            return Played(200, {"annotations": self.waiting})
        if method == "POST" and path == "/api/v1/annotations":
            return self._submit(asked.question)
        if found := re.fullmatch(r"/api/v1/annotations/([0-9a-f-]+)/rating", path):
            if method == "DELETE":
                self.taken_back.append(found[1])
                return Played(204)
            self.ratings.append(asked.question)
            rated = next(a for a in [*self.shown, *self.waiting] if a["id"] == found[1])
            sides = [{"helpful": 3, "ratings": 4}, {"helpful": 1, "ratings": 2}]
            return Played(200, rated | {"rating": asked.question, "standing": {"ratings": 6, "sides": sides}})
        return Played(404, {"detail": "There is nothing here."})

    def _me(self) -> dict[str, Any]:
        may = {"may": True, "reason": "You may write.", "most": 10, "left": 9}
        return {
            "alias": "osprey",
            "role": "volunteer",
            "may_write": may,
            "may_rate": may,
            "stopped": None,
            "annotations": self.own,
        }

    def _submit(self, draft: dict[str, Any]) -> Played:
        if self.down:
            return Played(503, {"detail": "The store is full."})
        for known in self.own:
            if known["client_id"] == draft["client_id"]:
                return Played(200, known)
        made = annotation(
            100 + len(self.own), draft["page"]["url"], draft["target"]["exact"], status="pending", mine=True
        )
        made |= {name: draft[name] for name in ("target", "signal", "body", "sources", "client_id")}
        made |= {"author": "osprey", "reason": "Nobody has rated it yet."}
        self.own.append(made)
        if self.forgets_to_answer:
            return Played(503, {"detail": "The line went down."})
        return Played(201, made)

    def _pages(self, prefix: str, is_known: bool) -> dict[str, list[dict[str, Any]]]:
        pages: dict[str, list[dict[str, Any]]] = {
            prefix + "0" * 59: [annotation(9, "http://x.example/", "x")]
        }
        for each in [*self.shown, *(self.waiting + self.own if is_known else [])]:
            if each["page"]["digest"].startswith(prefix):
                pages.setdefault(each["page"]["digest"], []).append(each)
        return pages

    def _connect(self, path: str, query: str, form: str) -> Played:
        if path == "/connect/authorize":
            asked = dict(parse_qsl(query))
            assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
            self.challenge = asked["code_challenge"]
            back = f"{asked['redirect_uri']}?{urlencode({'code': 'c0de', 'state': asked['state']})}"
            return Played(303, None, (("Location", back),))
        sent = {name: values[0] for name, values in parse_qs(form).items()}
        if path == "/connect/revoke":
            self.revoked.append(sent["token"])
            return Played(200, {})
        verifier = sha256(sent["code_verifier"].encode()).digest()
        if urlsafe_b64encode(verifier).rstrip(b"=").decode() != self.challenge or sent["code"] != "c0de":
            return Played(400, {"error": "invalid_grant"})
        return Played(200, {"access_token": TOKEN, "token_type": "Bearer", "scope": "annotate"})


def connected(server: str) -> str:
    """Storage, as it is in a browser that is connected."""
    return json.dumps({"account": {"server": server, "token": TOKEN}})
