"""Signals of the catalogue, as text for a terminal: all in a table, or each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caveat.article import Level, Signal
from caveat.rendering.terminal import Terminal
from caveat.rendering.wrapping import Line, Run, shown, wrap

INDENT = "  "
MEASURE = 72
BOLD, FAINT, ITALIC = "1", "2", "3"

_LEVELS = {
    Level.QUESTION: "worth a question",
    Level.QUIET: "quiet: shown, not counted among the questions",
    Level.CREDIT: "credit: something done well",
}


def table(signals: Sequence[Signal], terminal: Terminal) -> str:
    """One line a signal: its family's line, its id, what it is."""
    widest = max(len(signal.id) for signal in signals)
    room = max(20, terminal.width - len(INDENT) * 2 - widest - 5)
    lines: list[Line] = []
    for signal in signals:
        head = [_line(signal, terminal), Run(f" {signal.id:<{widest}}  ", terminal.style(BOLD))]
        for n, part in enumerate(wrap([Run(signal.line)], room)):
            lines.append([*(head if n == 0 else [Run(" " * (widest + 5))]), *part])
    return _written(lines)


def entries(signals: Sequence[Signal], terminal: Terminal) -> str:
    """All about each signal."""
    measure = max(20, min(MEASURE, terminal.width - len(INDENT) * 2))
    return _written(line for signal in signals for line in _entry(signal, terminal, measure))


def _entry(signal: Signal, terminal: Terminal, measure: int) -> Iterator[Line]:
    yield []
    yield [
        _line(signal, terminal),
        Run(" "),
        Run(signal.name, terminal.style(BOLD)),
        Run(f"  {signal.id}", terminal.style(FAINT)),
    ]
    yield from wrap([Run(f"{signal.family}, {_LEVELS[signal.level]}", terminal.style(FAINT))], measure)
    yield []
    for text, style in ((signal.line, ""), (signal.why, ""), (signal.question, terminal.style(ITALIC))):
        yield from wrap([Run(text, style)], measure)
    yield []
    yield from wrap([Run(f"After: {signal.after}", terminal.style(FAINT))], measure)
    yield [Run(signal.reference, terminal.style(FAINT))]


def _line(signal: Signal, terminal: Terminal) -> Run:
    return Run(terminal.drawn(signal.family), terminal.number(signal.family))


def _written(lines: Sequence[Line] | Iterator[Line]) -> str:
    return "".join(f"{INDENT}{shown(line)}".rstrip(" ") + "\n" for line in lines)
