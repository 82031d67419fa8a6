"""``/annotations/dump/``: the open dumps, to be downloaded.

In: the folder that ``caveat annotations dump`` writes to. Out: a list of the dumps, the newest first, and
their files. What can go wrong: a file that is not there (404); nothing else of that folder can be reached.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

from caveat.annotations.formats import dump
from caveat.web.page import page, pages

_FILES = (*(f"{name}.csv.gz" for name in dump.COLUMNS), "README.md", "manifest.json")
_KINDS = {".gz": "application/gzip", ".md": "text/markdown; charset=utf-8", ".json": "application/json"}


def blueprint(folder: Path | None) -> Blueprint:
    """The routes over one folder."""
    routes = pages("dumps", "/annotations/dump")

    @routes.get("/")
    def listing() -> Response:
        found = dump.dumps_in(folder) if folder else []
        return page("dumps.html", dumps=[{"name": each.name, "files": _files(each)} for each in found])

    @routes.get("/<name>/<file>")
    def one(name: str, file: str) -> Response:
        if folder is None or not dump.NAME.fullmatch(name) or file not in _FILES:
            abort(404, "There is no such dump.")
        kind = _KINDS[Path(file).suffix]
        answer = send_from_directory(folder / name, file, mimetype=kind, conditional=True)
        answer.headers["Cache-Control"] = "public, max-age=86400, immutable"  # a dump never changes
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return routes


def _files(place: Path) -> list[dict[str, object]]:
    return [
        {"name": name, "size": (place / name).stat().st_size} for name in _FILES if (place / name).is_file()
    ]
