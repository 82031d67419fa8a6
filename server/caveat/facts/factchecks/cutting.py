"""Cuts a stream of JSON into values that fit in memory, and finds its feet again where it is broken.

In: text, piece by piece, of one document, of many one after another or one a line. Out: ``Piece`` after
``Piece`` (the text of a whole value, and its line) and ``Broken`` where something is not readable. What can
go wrong: nothing; memory stays within a few times ``LONGEST``.

A value of up to ``LONGEST`` characters is handed out whole, so that what refers to another part of it can be
followed. One that is longer is a wrapper (a feed, a list, a graph): what is inside is handed out instead, by
the same rule. Where the text stops being JSON, what was complete is handed out, the rest of the broken value
is given up, and reading goes on at the next thing that looks like the start of an object. A parser would stop
there, and a file of a million reviews with one bad quotation mark would lose what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace

LONGEST = 1_000_000  # characters of a value that is read whole; a page's whole graph has a fifth at most
DEEPEST = 100  # levels of lists and objects; real markup has eight
_SHOWN = 60  # characters of what is no JSON, in a report
_HEADER = 4_000  # characters of a wrapper that are handed on: where feeds name their licence

# All that may stand between two brackets. Strings are matched whole, the letters are those of true, false,
# null, NaN and Infinity: a parser will look closer, and other letters mean that a quotation mark is missing.
_RUN = re.compile(r'(?:[\s:,0-9.eE+\-truefalsnNIiy]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_START = re.compile(r'\{\s*["}]|(?<!\[CDATA)\[\s*[\[{\]]')
_STRING_END = re.compile(r'(?:[^"\\\n]|\\.)*+(["\n])', re.DOTALL)
# What stands around JSON without harm: scripts' tags, comments, commas and closing brackets.
_HARMLESS = re.compile(r"(?:</?script[^<>]*>|<!--|-->|/?\*|//|<!\[CDATA\[|\]\]>|[\s,;\]}\ufeff])*+", re.I)
_CLOSES = {"}": "{", "]": "["}


@dataclass(frozen=True, slots=True)
class Piece:
    """A value that is balanced; whether it is JSON a parser says."""

    text: str
    line: int
    around: str = ""  # how the wrappers begin that it stands in


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that cannot be read, and where it begins."""

    line: int
    kind: str
    reason: str


@dataclass(slots=True)
class _Open:
    """A list or object whose end was not seen yet."""

    bracket: str
    start: int  # in the buffer; for a wrapper it may be gone from there
    line: int = 0
    is_wrapper: bool = False
    read: int = 0  # characters before the buffer, of a wrapper
    inside: list[tuple[int, int]] = field(default_factory=list)  # complete lists and objects
    told: bool = False  # what is wrong with it
    is_review: bool = False  # it is too long to be read, and is no wrapper


class Cutter:
    """Cuts one stream. Iterate once."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._text = ""
        self._at = 0  # what is before was looked at
        self._before = ""  # the last character that is no space, before _at
        self._open: list[_Open] = []
        self._around: list[str] = []
        self._counted, self._line = 0, 1  # lines up to a place in the buffer
        self._quiet = False  # the rest of what is broken is not reported again
        self._noise: Broken | None = None  # what is no JSON, until it ends
        self._noise_length = 0

    def __iter__(self) -> Iterator[Piece | Broken]:
        more = True
        while more:
            yield from self._through()
            while (yield from self._make_room()):
                yield from self._through()
            more = self._fetch()
        yield from self._end()

    def _through(self) -> Iterator[Piece | Broken]:
        """Go through the buffer, up to what needs more text."""
        while self._at < len(self._text):
            if not self._open:
                start = _START.search(self._text, self._at)
                until = start.start() if start else self._hold()
                self._pass_over(until)
                if start is None:
                    return
                yield from self._told_noise()
                yield from self._bracket(until)
                continue
            run = _RUN.match(self._text, self._at)
            end = run.end() if run else self._at
            self._before = self._text[self._at : end].rstrip()[-1:] or self._before
            if end == len(self._text):
                # Whether a text was meant to end where it does, what follows it says.
                self._at = max((m.start() for m in _STRING.finditer(self._text, self._at)), default=end)
                return
            if self._text[end] == '"':
                self._at = end
                return
            if self._text[end] in "{[}]":
                yield from self._bracket(end)
            else:
                yield from self._give_up(end, "not JSON", self._shown(end))

    def _hold(self) -> int:
        """From where on the buffer may hold the beginning of a start, or of something harmless."""
        line = self._text.rfind("\n", self._at) + 1
        written = len(self._text.rstrip())
        bracket = written - 1 if self._text[:written].endswith(("{", "[")) else len(self._text)
        return max(self._at, min(bracket, max(line, len(self._text) - _HEADER)))

    def _pass_over(self, until: int) -> None:
        """Go over what is no JSON, and remember how it begins and how long it is."""
        harmless = _HARMLESS.match(self._text, self._at, until)
        at = harmless.end() if harmless else self._at
        if self._noise is None and at < until and not self._quiet:
            self._noise = Broken(self._line_of(at), "not JSON", self._shown(at, until))
            self._noise_length = 0
        self._noise_length += len(self._text[at:until].rstrip())
        self._at = until

    def _told_noise(self) -> Iterator[Broken]:
        if self._noise is not None:
            noise, self._noise = self._noise, None
            self._quiet = True
            if self._noise_length > LONGEST:
                noise = replace(noise, reason=f"{noise.reason[:-1]}, {self._noise_length:,} characters.")
            yield noise

    def _bracket(self, at: int) -> Iterator[Piece | Broken]:
        bracket = self._text[at]
        top = self._open[-1] if self._open else None
        if bracket in "{[":
            fits = top is None or self._before in (":", ",", "[") or (top.is_wrapper and self._before in "}]")
            if not fits:
                yield from self._give_up(at, "not JSON", self._shown(at))
                return
            if len(self._open) == DEEPEST:
                yield from self._give_up(at, "too deep", f"It is nested deeper than {DEEPEST} levels.")
                return
            self._open.append(_Open(bracket, at))
        elif top is None or top.bracket != _CLOSES[bracket]:
            yield from self._give_up(at + 1, "not JSON", self._shown(at))
            return
        else:
            self._open.pop()
            if top.is_wrapper:
                self._around.pop()
                yield from self._closed(top, at + 1)
            elif not self._open or self._open[-1].is_wrapper:
                yield self._piece(top.start, at + 1)
            else:
                self._open[-1].inside.append((top.start, at + 1))
        self._at, self._before = at + 1, bracket

    def _closed(self, wrapper: _Open, end: int) -> Iterator[Broken]:
        if not wrapper.told and wrapper.is_review:
            length = wrapper.read + end - wrapper.start
            yield Broken(
                wrapper.line,
                "too long",
                f"A review of {length:,} characters; the limit is {LONGEST:,}.",
            )

    def _piece(self, start: int, end: int) -> Piece:
        self._quiet = False
        return Piece(self._text[start:end], self._line_of(start), "".join(self._around))

    def _shown(self, at: int, until: int | None = None) -> str:
        start = at if until else max(0, at - _SHOWN // 2)
        near = self._text[start : min(start + _SHOWN, until or len(self._text))]
        return f"This is no JSON: “{' '.join(near.split())}”."

    def _give_up(self, at: int, kind: str, reason: str) -> Iterator[Piece | Broken]:
        """Hand out what is complete, and go on where an object may begin."""
        strings = list(_STRING.finditer(self._text, self._at, at))
        # A quotation mark that is missing makes the text after it the inside of a string.
        again = strings[-1].start() + 1 if strings else max(at, self._at)
        yield from self._inside()
        if not self._quiet:
            self._quiet = True
            innermost = self._open[-1].start if self._open and not self._open[-1].is_wrapper else at
            yield Broken(self._line_of(innermost), kind, reason)
        self._open.clear()
        self._at = again

    def _inside(self) -> Iterator[Piece]:
        """The complete values inside of what is open, in their order."""
        spans = sorted(span for each in self._open for span in each.inside)
        quiet = self._quiet
        for start, end in spans:
            yield self._piece(start, end)
        self._quiet = quiet
        for each in self._open:
            each.inside.clear()

    def _make_room(self) -> Generator[Piece | Broken, None, bool]:
        """Turn what is too long into wrappers, and forget what was looked at; gives whether there is more."""
        while (whole := next((o for o in self._open if not o.is_wrapper), None)) is not None:
            if len(self._text) - whole.start <= LONGEST:
                break
            whole.line = self._line_of(whole.start)
            first = whole.inside[0][0] if whole.inside else self._at
            whole.is_review = '"claimReviewed"' in self._own(whole)
            self._around.append(self._text[whole.start : min(first, whole.start + _HEADER)])
            whole.is_wrapper = True
            for start, end in whole.inside:
                yield self._piece(start, end)
            whole.inside.clear()
        keep = whole.start if whole is not None else self._at
        is_long = bool(self._open) and len(self._text) - keep > LONGEST
        if is_long:
            string = _STRING.match(self._text, self._at)
            if string:
                self._at = string.end()
            else:
                yield from self._skip_string()
            keep = self._at
        self._line = self._line_of(keep)
        self._text = self._text[keep:]
        self._counted, self._at = 0, self._at - keep
        for each in self._open:
            if each.is_wrapper:
                each.read += keep
            else:
                each.start -= keep
                each.inside = [(start - keep, end - keep) for start, end in each.inside]
        return is_long

    def _own(self, whole: _Open) -> str:
        """What stands in a list or object itself, not in what is inside of it."""
        deeper = self._open[self._open.index(whole) + 1 :]
        ends = deeper[0].start if deeper else self._at
        place, parts = whole.start, []
        for start, end in whole.inside:
            parts.append(self._text[place:start])
            place = end
        return "".join([*parts, self._text[place:ends]])

    def _skip_string(self) -> Iterator[Broken]:
        """Read over a string that is too long to be kept, to its end or to the end of its line."""
        line, length = self._line_of(self._at), 0
        self._at += 1
        while (end := _STRING_END.match(self._text, self._at)) is None:
            held = 1 if self._text.endswith("\\") else 0
            place = max(self._at, len(self._text) - held)
            length += place - self._at
            self._line_of(place)
            self._text, self._at, self._counted = self._text[place:], 0, 0
            if not self._fetch():
                self._at = len(self._text)
                break
        else:
            length += end.end() - 1 - self._at
            self._at = end.end()
            if end.group(1) == "\n":  # nobody breaks a line in a text of this length: it never ended
                self._open.clear()
                self._around.clear()
                self._quiet = True
        for each in self._open:
            each.told = True
        self._before = '"'
        yield Broken(line, "too long", f"A text of {length:,} characters; the limit is {LONGEST:,}.")

    def _fetch(self) -> bool:
        """Append the next chunk; False at the end."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text += chunk
        return True

    def _end(self) -> Iterator[Piece | Broken]:
        if self._open:
            line = self._open[0].line or self._line_of(self._open[0].start)
            yield from self._inside()
            yield Broken(line, "cut off", "The file ends in the middle of what begins here.")
        else:
            self._pass_over(len(self._text))
            yield from self._told_noise()

    def _line_of(self, at: int) -> int:
        """The line of a place; cheap where places come in order."""
        if at >= self._counted:
            self._line += self._text.count("\n", self._counted, at)
            self._counted = at
            return self._line
        return self._line - self._text.count("\n", at, self._counted)
