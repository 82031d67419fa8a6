"""The names under which answers are kept.

A key is a digest of everything the kept value depends on and of nothing else: no address of a page,
nothing that says who asked, nothing a client could choose. Two requests get one answer exactly when
the answer is the same, so a key alone proves that an analysis a client holds is still right.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

NAMESPACE = "caveat:"
ANSWER = NAMESPACE + "a:"
BLOCK = NAMESPACE + "b:"
FLIGHT = NAMESPACE + "f:"
LIMIT = NAMESPACE + "l:"
CLAIMS = NAMESPACE + "q:"  # and the same of a quotation, or nothing for the list of all
PAGES = NAMESPACE + "p:"  # and five hexadecimal digits, which many pages have in common

# Raised when the encoding of a kept value changes without the engine's version changing.
FORMAT = b"1"

_DIGEST = 20  # bytes: two different articles would meet by chance after 2**80 of them


def article_key(version: str, matters: bytes, detail: Iterable[str] = ()) -> str:
    """The content key of an analysis: hexadecimal, also its ETag.

    ``version`` and ``matters`` are the reader's; details are part of it because they change the bytes.
    """
    digest = blake2b(digest_size=_DIGEST)
    for part in (FORMAT, version.encode(), ",".join(detail).encode()):
        digest.update(part)
        digest.update(b"\0")
    digest.update(matters)
    return digest.hexdigest()


def block_keys(version: str, texts: Iterable[str]) -> list[str]:
    """The whole keys of blocks, in order. Equal blocks have equal keys, in whatever article they stand."""
    head = blake2b(FORMAT + b"\0" + version.encode() + b"\0", digest_size=_DIGEST)
    keys = []
    for text in texts:
        digest = head.copy()
        digest.update(text.encode())
        keys.append(BLOCK + digest.hexdigest())
    return keys
