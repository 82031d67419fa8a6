"""What a terminal can show, and the escape sequences that make it.

In: the environment and whether the stream is a terminal. Out: ``Terminal``, a value. Wrong guesses
cost little: a terminal that does not know a line style draws a plain underline or none, and the
numbers still tell the marks apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from caveat.article import Family

RESET = "\x1b[0m"

# SGR 4:n is the line's shape; 58:5:n its colour, n from the terminal's own sixteen: they suit its background.
_LINES = {
    Family.SOURCES: "4:4",
    Family.NUMBERS: "4:2",
    Family.WORDING: "4:3",
    Family.REASONING: "4:5",
    Family.CREDIT: "4:1",
}
_COLOURS = {Family.SOURCES: 6, Family.NUMBERS: 4, Family.WORDING: 3, Family.REASONING: 5, Family.CREDIT: 2}

# The line styles drawn with characters, for the notes and the key.
_DRAWN = {
    Family.SOURCES: ("┈┈", ".."),
    Family.NUMBERS: ("══", "=="),
    Family.WORDING: ("∿∿", "~~"),
    Family.REASONING: ("╌╌", "--"),
    Family.CREDIT: ("──", "__"),
}

_STYLED_TERMS = ("xterm-kitty", "xterm-ghostty", "wezterm", "foot", "alacritty", "contour", "mintty")
_STYLED_PROGRAMS = ("iterm.app", "wezterm", "ghostty", "vscode", "mintty", "kitty")
_VTE_STYLED = 5200  # GNOME Terminal and its kin draw line styles since VTE 0.52


@dataclass(frozen=True, slots=True)
class Terminal:
    """What may be written: how wide, and with which means."""

    width: int
    escapes: bool = False  # any escape sequence at all
    colour: bool = False
    line_styles: bool = False  # dotted, double, wavy, dashed underlines
    unicode: bool = True

    @classmethod
    def of(cls, environ: Mapping[str, str], *, escapes: bool, width: int, encoding: str | None) -> Terminal:
        """The terminal that the environment describes."""
        term = environ.get("TERM", "")
        escapes = escapes and term != "dumb"
        return cls(
            width=width,
            escapes=escapes,
            colour=escapes and not environ.get("NO_COLOR"),
            line_styles=escapes and _draws_line_styles(environ),
            unicode=(encoding or "").lower().replace("-", "").startswith("utf"),
        )

    def mark(self, family: Family) -> str:
        """The sequence that underlines words of a family; empty where there are none."""
        if not self.escapes:
            return ""
        codes = [_LINES[family] if self.line_styles else "4"]
        if self.colour:
            # Where only a plain line can be drawn, the words take the colour.
            codes.append(f"58:5:{_COLOURS[family]}" if self.line_styles else f"3{_COLOURS[family]}")
        return f"\x1b[{';'.join(codes)}m"

    def number(self, family: Family) -> str:
        """The sequence before a mark's number."""
        return f"\x1b[3{_COLOURS[family]}m" if self.colour else ""

    def style(self, codes: str) -> str:
        """A sequence of SGR codes (1 bold, 2 faint, 3 italic)."""
        return f"\x1b[{codes}m" if self.escapes else ""

    def raised(self, number: int) -> str:
        """A number as it stands after its words."""
        return str(number).translate(_SUPERSCRIPT) if self.unicode else f"[{number}]"

    def drawn(self, family: Family) -> str:
        """The family's line, drawn with characters."""
        return _DRAWN[family][0 if self.unicode else 1]

    @property
    def brackets(self) -> tuple[str, str]:
        """What encloses marked words where nothing can be underlined."""
        if self.escapes:
            return "", ""
        return ("‹", "›") if self.unicode else ("<", ">")

    @property
    def dot(self) -> str:
        """What stands between the phrases of a line."""
        return "·" if self.unicode else "-"


_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _draws_line_styles(environ: Mapping[str, str]) -> bool:
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "").lower()
    vte = environ.get("VTE_VERSION", "")
    if environ.get("TMUX") or term.startswith("screen"):
        return False  # the multiplexer passes them on only when told to
    return (
        term.startswith(_STYLED_TERMS)
        or program in _STYLED_PROGRAMS
        or bool(environ.get("KONSOLE_VERSION") or environ.get("WT_SESSION"))
        or (vte.isascii() and vte.isdigit() and int(vte) >= _VTE_STYLED)
    )


def harmless(text: str) -> str:
    """The text with what a terminal obeys instead of showing made visible, or left out.

    An article may hold escape sequences, or marks that reverse the direction of all that follows.
    """
    if text.isprintable():
        return text
    return "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character in "\t\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    if category == "Cc":
        code = ord(character)
        return chr(0x2400 + code) if code < 0x20 else "\ufffd"
    if category == "Cs":
        return "\ufffd"
    return "" if unicodedata.bidirectional(character) in _DIRECTIONS else character


_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
