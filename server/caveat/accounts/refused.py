"""``Refused``: somebody may not do what they asked for, and is told why."""

from __future__ import annotations


class Refused(Exception):
    """In the words of the person who asked: what is wrong, the limit, and the way out.

    ``status`` is the one of HTTP that fits; ``pointer`` a JSON Pointer to the field that is wrong.
    """

    def __init__(self, status: int, detail: str, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.pointer = pointer
