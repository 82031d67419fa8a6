"""The packages for the stores: what is in them, the same bytes each time, built from the source package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import caveat

TOP = Path(__file__).parents[2]
EXTENSION = TOP / "extension"
BUILT = EXTENSION / "dist"
VERSION: str = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["version"]
KINDS = ("chrome", "firefox", "source")
BROWSERS = ("chrome", "firefox")


def pack(**environment: str) -> dict[str, bytes]:
    """Pack what is built; the packages' bytes."""
    subprocess.run(["node", "package.mjs"], cwd=EXTENSION, env=os.environ | environment, check=True)
    return {kind: package(kind).read_bytes() for kind in KINDS}


def package(kind: str) -> Path:
    return BUILT / f"caveat-{VERSION}-{kind}.zip"


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def unpacked(kind: str) -> dict[str, bytes]:
    with zipfile.ZipFile(package(kind)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module", autouse=True)
def packed() -> None:
    if not (BUILT / "firefox" / "manifest.json").is_file():
        pytest.fail("the extension is not built; `make build` builds it", pytrace=False)
    pack()


@pytest.fixture
def touched() -> Iterator[None]:
    """Files as another checkout has them: of another time, for other people."""
    files = [BUILT / "firefox" / "manifest.json", EXTENSION / "manifest.json"]
    before = [file.stat() for file in files]
    for file in files:
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o700)
    yield
    for file, stat in zip(files, before, strict=True):
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        file.chmod(stat.st_mode)


@pytest.mark.usefixtures("touched")
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_same_is_packed_wherever_and_whenever_it_is_packed(zone: str) -> None:
    before = {kind: package(kind).read_bytes() for kind in KINDS}
    assert pack(TZ=zone) == before


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_sorted_and_dates_and_modes_are_one(kind: str) -> None:
    with zipfile.ZipFile(package(kind)) as opened:
        infos = opened.infolist()
        assert opened.testzip() is None
    names = [info.filename for info in infos]
    assert names == sorted(set(names))
    assert {info.date_time for info in infos} == {(1980, 1, 1, 12, 0, 0)}
    assert {oct(info.external_attr >> 16) for info in infos} == {"0o100644"}


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_package_is_what_was_built_and_only_what_runs(browser: str) -> None:
    inside = unpacked(browser)
    assert inside == content(BUILT / browser)
    assert {name.rsplit(".", 1)[1] for name in inside} == {"js", "css", "html", "json", "png", "txt"}
    assert b"Jason Miller" in inside["LICENSE.txt"], "Preact's licence wants to come along"


def test_the_source_package_holds_what_it_is_built_from_and_nothing_that_is_made() -> None:
    inside = unpacked("source")
    for name in ("README.md", "LICENSE", "pyproject.toml", "extension/package-lock.json", "extension/.npmrc"):
        assert name in inside
    assert b"npm ci" in inside["README.md"]
    assert not [name for name in inside if "node_modules" in name or "/dist/" in name or ".venv" in name]
    outside = [name for name in inside if not name.startswith("extension/")]
    assert sorted(outside) == [
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "server/caveat/annotations/page-identity.json",
        "server/caveat/web/static/tokens.css",
    ]


def needed_to_build() -> list[str]:
    """The folders that `npm ci --omit=dev` installs."""
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    folders = [path for path, entry in lock["packages"].items() if path and not entry.get("dev")]
    return [folder for folder in folders if (EXTENSION / folder).is_dir()]


def test_the_source_package_alone_builds_what_is_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(package("source")) as opened:
        opened.extractall(tmp_path)
    for folder in needed_to_build():  # in the place of `npm ci`, which would ask the registry
        shutil.copytree(EXTENSION / folder, tmp_path / "extension" / folder, symlinks=True)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=tmp_path / "extension", check=True)
    for browser in BROWSERS:
        assert content(tmp_path / "extension" / "dist" / browser) == unpacked(browser)


@pytest.mark.parametrize("browser", BROWSERS)
def test_the_version_is_one_everywhere(browser: str) -> None:
    manifest = json.loads(unpacked(browser)["manifest.json"])
    assert manifest["version"] == VERSION
    assert caveat.__version__ == VERSION, "`make install` takes a new version over"


def test_the_version_is_written_in_one_place_only() -> None:
    assert "version" not in json.loads((EXTENSION / "package.json").read_text())
    assert "version" not in json.loads((EXTENSION / "manifest.json").read_text())


@pytest.mark.parametrize("browser", BROWSERS)
def test_nothing_of_it_is_in_a_page_before_a_press(browser: str) -> None:
    inside = unpacked(browser)
    manifest = json.loads(inside["manifest.json"])
    assert "content_scripts" not in manifest
    assert "web_accessible_resources" not in manifest


def test_the_build_says_what_a_page_carries() -> None:
    script = "import { said } from './sizes.mjs'; console.log(said('dist/chrome'));"
    said = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        cwd=EXTENSION,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("In a page: 0 bytes before a press, reader.js after it (")
