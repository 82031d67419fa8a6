"""Passwords: what one must be, and how it is kept and compared.

In: what a person typed. Out: argon2id in PHC form; later, whether something typed is the same. What can go
wrong: ``Refused`` (422) where it is too short, too long or too common. Comparing takes its time whether or
not there is an account, so that time tells nothing; never do it while a database is held for writing.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from caveat.accounts.refused import Refused

# OWASP, Password Storage Cheat Sheet, "Argon2id": of settings that it calls equal in strength, the one with
# the most memory. RFC 9106, section 4, asks for 64 MiB and four lanes, which with every thread of every
# worker at it is more than a small server has. When one of these grows, ``outdated`` has a password hashed
# anew at the next signing in.
MEMORY = 47_104  # KiB: 46 MiB
PASSES = 1
LANES = 1
SALT = 16  # bytes; RFC 9106, section 3.1
TAG = 32  # bytes; the same

AT_ONCE = 2  # hashes that a process makes at a time: as much memory as signing in may ever take

# NIST SP 800-63B (revision 4) asks for 15 where a password is all there is. 12 trades some of that against
# volunteers who give up; attempts are few (see web/entrance.py), and the commonest are refused.
LEAST = 12
MOST = 200

_hasher = PasswordHasher(PASSES, MEMORY, LANES, hash_len=TAG, salt_len=SALT)
_turn = threading.BoundedSemaphore(AT_ONCE)


def check(password: str, alias: str = "") -> None:
    """Refuse a password that would not hold. Raises ``Refused``."""
    plain = _normal(password)
    if len(plain) < LEAST:
        raise Refused(422, f"A password has at least {LEAST} characters; a few words do well.", "#/password")
    if len(plain) > MOST:
        raise Refused(422, f"A password has at most {MOST} characters.", "#/password")
    folded = plain.casefold().replace(" ", "")
    if folded in _common() or _repeats(folded) or (alias and folded == alias.casefold().replace(" ", "")):
        raise Refused(
            422, "This password is among the first that somebody would try. Take another.", "#/password"
        )


def keep(password: str) -> str:
    """What is kept of a password: argon2id with a salt of its own."""
    with _turn:
        return _hasher.hash(_normal(password))


def holds(password: str, kept: str | None) -> bool:
    """Whether it is the one that was kept; the same work and False where none is."""
    plain = _normal(password[: MOST * 4])
    with _turn:
        try:
            return _hasher.verify(kept or _nobodys(), plain) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether it was made with less than is asked for today."""
    return _hasher.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """The same letters, however a keyboard writes them (NIST SP 800-63B asks for NFKC or NFKD)."""
    # A lone surrogate is no letter; a browser never sends one.
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def _repeats(folded: str) -> bool:
    """One to four letters over and over: "aaaaaaaaaaaa", "abc1abc1abc1"."""
    return any(folded == (folded[:n] * len(folded))[: len(folded)] for n in range(1, 5))


@cache
def _common() -> frozenset[str]:
    text = resources.files(__package__).joinpath("common-passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _nobodys() -> str:
    """A password that nobody has, to compare with where there is no account."""
    return _hasher.hash("no account has this one")
