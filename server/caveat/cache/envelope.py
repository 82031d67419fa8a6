"""How a value is kept: with a checksum in front, so that a damaged one is a miss and never an answer.

In: the bytes to keep. Out: the same bytes later, or None where they were cut short, overwritten or
written by something else. This guards against accidents; whoever can write to the Redis can also
write checksums.
"""

from __future__ import annotations

from zlib import crc32

_MARK = b"C1"  # crc32 takes 5 microseconds for 20 KB, a cryptographic digest five times that
_HEAD = len(_MARK) + 4


def seal(payload: bytes) -> bytes:
    """The bytes as they are kept."""
    return b"%b%b%b" % (_MARK, crc32(payload).to_bytes(4, "big"), payload)


def unseal(kept: bytes) -> bytes | None:
    """The payload of what was kept, or None where it is not what ``seal`` made."""
    payload = kept[_HEAD:]
    if kept[:_HEAD] == _MARK + crc32(payload).to_bytes(4, "big"):
        return payload
    return None
