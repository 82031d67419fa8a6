"""What a checkout needs before anything runs: Makefile, lock files, container files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
SERVICES = ("api", "nightly", "redis", "postgres")
SECRETS = {"REDIS_PASSWORD": "0a1b2c", "POSTGRES_PASSWORD": "3d4e5f"}

# The part of the Compose specification that the file uses, closed: a misspelt key is an error.
_TEXTS = {"type": "array", "items": {"type": "string"}}
_DURATION = {"type": "string", "pattern": "^([0-9]+(ms|s|m|h))+$"}
_SIZE = {"type": "string", "pattern": "^[0-9]+(b|k|m|g|kb|mb|gb)$"}
_SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["deploy", "networks", "user", "read_only", "restart"],
    "properties": {
        "build": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"context": {"type": "string"}, "dockerfile": {"type": "string"}},
        },
        "image": {"type": "string", "pattern": r"^[a-z0-9./-]+(:[\w.-]+)?$"},
        "user": {"type": "string", "pattern": "^[1-9][0-9]*:[1-9][0-9]*$"},
        "command": _TEXTS,
        "environment": {"type": "object", "additionalProperties": {"type": "string"}},
        "ports": _TEXTS,
        "tmpfs": _TEXTS,
        "volumes": _TEXTS,
        "networks": _TEXTS,
        "shm_size": _SIZE,
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"condition": {"const": "service_healthy"}},
            },
        },
        "stop_grace_period": _DURATION,
        "healthcheck": {
            "type": "object",
            "additionalProperties": False,
            "required": ["test", "interval", "timeout", "retries"],
            "properties": {
                "test": _TEXTS,
                "interval": _DURATION,
                "timeout": _DURATION,
                "start_period": _DURATION,
                "retries": {"type": "integer"},
            },
        },
        "deploy": {
            "type": "object",
            "additionalProperties": False,
            "required": ["resources"],
            "properties": {
                "resources": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["limits"],
                    "properties": {
                        "limits": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["cpus", "memory", "pids"],
                            "properties": {
                                "cpus": {"type": "string", "pattern": r"^[0-9.]+$"},
                                "memory": _SIZE,
                                "pids": {"type": "integer"},
                            },
                        }
                    },
                }
            },
        },
        "restart": {"enum": ["unless-stopped", "always"]},
        "init": {"type": "boolean"},
        "read_only": {"type": "boolean"},
        "cap_drop": _TEXTS,
        "security_opt": _TEXTS,
        "logging": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "driver": {"type": "string"},
                "options": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
    },
}
_COMPOSE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["services"],
    "properties": {
        "name": {"type": "string"},
        "services": {"type": "object", "additionalProperties": _SERVICE},
        "networks": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"internal": {"type": "boolean"}},
            },
        },
        "volumes": {"type": "object", "additionalProperties": {"type": "object", "maxProperties": 0}},
    },
    "patternProperties": {"^x-": {}},
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return document


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest, compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"][request.param]
    return found


def test_the_compose_file_says_nothing_compose_would_not_understand(compose: dict[str, Any]) -> None:
    jsonschema.validate(compose, _COMPOSE)


def test_whoever_is_asked_for_something_says_whether_they_can_answer(compose: dict[str, Any]) -> None:
    assert [name for name in SERVICES if "healthcheck" not in compose["services"][name]] == ["nightly"]


def test_docker_compose_accepts_the_file_where_it_is_installed() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker compose is not installed; the schema above checks the parts that are used")
    checked = subprocess.run(
        [docker, "compose", "config", "--quiet"],
        cwd=ROOT,
        env=os.environ | SECRETS,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr


def test_a_container_cannot_gain_rights_or_change_its_files(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert all("noexec" in place for place in service["tmpfs"])
    assert "privileged" not in service


def test_every_image_has_a_version(service: dict[str, Any]) -> None:
    assert service["image"] == "caveat-api" or re.search(r":[0-9]", service["image"])


def test_no_secret_stands_in_the_file_and_a_missing_one_stops_the_start(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in SECRETS:
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", text)
        assert uses
        assert all(use.startswith(f"${{{name}:?") for use in uses)
    values = [v for service in compose["services"].values() for v in service.get("environment", {}).values()]
    assert not [v for v in values if re.search(r"://[^$/]*:[^$@/]+@", v)]


def test_only_the_api_is_reachable_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name in SERVICES if "ports" in services[name]] == ["api"]
    assert services["api"]["ports"][0].startswith("127.0.0.1:")
    assert compose["networks"]["back"]["internal"] is True
    assert services["redis"]["networks"] == services["postgres"]["networks"] == ["back"]


def test_dumps_are_made_every_night_from_the_store_that_the_api_has(compose: dict[str, Any]) -> None:
    api, nightly = compose["services"]["api"], compose["services"]["nightly"]
    assert "caveat annotations dump;" in nightly["command"][-1]
    assert nightly["environment"].items() <= api["environment"].items()
    assert {"DATABASE_URL", "CAVEAT_DUMP_FOLDER"} <= set(nightly["environment"])


def test_what_must_outlive_a_container_is_in_a_named_volume(compose: dict[str, Any]) -> None:
    mounted = {v.split(":")[0] for s in compose["services"].values() for v in s.get("volumes", [])}
    assert mounted == set(compose["volumes"])


def test_what_is_imported_is_kept_where_the_server_looks(compose: dict[str, Any]) -> None:
    api = compose["services"]["api"]
    assert f"data:{api['environment']['CAVEAT_DATA_DIR']}" in api["volumes"]
    assert api["environment"]["CAVEAT_DATA_DIR"] in (ROOT / "server" / "Dockerfile").read_text()


def test_the_api_starts_after_the_stores_are_healthy_and_shares_their_cache(compose: dict[str, Any]) -> None:
    api = compose["services"]["api"]
    assert set(api["depends_on"]) == {"redis", "postgres"}
    assert api["environment"]["REDIS_URL"].startswith("redis://")
    assert api["command"] == ["caveat", "serve"]


def test_the_settings_of_the_compose_file_are_settings_the_server_takes(compose: dict[str, Any]) -> None:
    from caveat.config import Settings

    environment = compose["services"]["api"]["environment"]
    filled = {k: re.sub(r"\$\{\w+:(?:-([^}]*)|\?[^}]*)\}", r"\1", v) for k, v in environment.items()}
    assert Settings.from_environment(filled).workers == 4


def test_the_image_is_made_with_the_targets_that_make_run_uses() -> None:
    dockerfile = (ROOT / "server" / "Dockerfile").read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^RUN make (\S+)", dockerfile, re.M) + re.findall(r"&& make (\S+)", dockerfile)
    assert targets == ["extension/node_modules/.ready", "build", "install"]
    assert all(re.search(rf"^{re.escape(target)}:", makefile, re.M) for target in targets)
    assert "pip install" not in dockerfile
    assert "npm ci" not in dockerfile
    assert re.search(r"^USER [1-9]", dockerfile, re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_a_version_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(
        re.match(r"[\w.\-\[\]]+==\S+.*\\\n(\s+--hash=sha256:[0-9a-f]{64}\s*\\?\s*)+$", e) for e in entries
    )


def test_the_locks_hold_every_dependency_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def name(requirement: str) -> str:
        found = re.match(r"[\w.-]+", requirement)
        assert found
        return found.group().lower().replace("_", "-")

    locked = {lock: set(re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.M)) for lock in LOCKS}
    groups = project["dependency-groups"]
    wanted = {name(r) for r in project["project"]["dependencies"] + groups["build"]}
    assert wanted <= locked["requirements.lock"]
    assert wanted | {name(r) for r in groups["dev"]} <= locked["requirements-dev.lock"]
    assert locked["requirements.lock"] <= locked["requirements-dev.lock"]


def test_the_package_lock_of_the_extension_holds_no_address() -> None:
    assert '"resolved"' not in (ROOT / "extension" / "package-lock.json").read_text()


def test_make_without_a_target_lists_what_there_is() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "bench", "lint", "lock", "build", "package", "clean", "help"):
        assert f"make {target} " in shown


def _bare(tmp_path: Path, *tools: str) -> dict[str, str]:
    """A PATH with the everyday tools and nothing else, plus stand-ins for programs that answer wrongly."""
    for tool in ("sh", "make", "awk", "find", "touch", "echo", "env"):
        found = shutil.which(tool)
        if found:
            (tmp_path / tool).symlink_to(found)
    for tool in tools:
        name, _, answer = tool.partition("=")
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{answer}'\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    return {"PATH": str(tmp_path), "HOME": str(tmp_path)}


def _copy(tmp_path: Path) -> Path:
    """A checkout as it is before the first start."""
    place = tmp_path / "checkout"
    (place / "extension").mkdir(parents=True)
    for name in (
        "Makefile",
        "pyproject.toml",
        *LOCKS,
        "extension/package.json",
        "extension/package-lock.json",
    ):
        shutil.copy(ROOT / name, place / name)
    return place


def test_a_wrong_python_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    environment = _bare(tmp_path / "bin", "python3=Python 3.9.2")
    made = subprocess.run(
        ["make", "run"], cwd=_copy(tmp_path), env=environment, capture_output=True, text=True
    )
    assert made.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in made.stdout
    assert "Python 3.9.2" in made.stdout
    assert "PYTHON=" in made.stdout


@pytest.mark.parametrize("node", [(), ("node=v16.0.0", "npm=8")], ids=["no node", "old node"])
def test_without_node_the_lens_is_skipped_in_clear_words(tmp_path: Path, node: tuple[str, ...]) -> None:
    (tmp_path / "bin").mkdir()
    environment = _bare(tmp_path / "bin", *node)
    made = subprocess.run(
        ["make", "lens"], cwd=_copy(tmp_path), env=environment, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    assert "Node 20+ with npm was not found" in made.stdout
    assert "The server starts without them" in made.stdout


def test_a_node_that_is_new_enough_is_recognised() -> None:
    if not shutil.which("npm"):
        pytest.skip("Node is not installed here")
    assert subprocess.run(["make", "--silent", "node-or-stop"], cwd=ROOT, capture_output=True).returncode == 0
