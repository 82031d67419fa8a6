"""Settings from the environment: what each variable takes, and what a bad one is told."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest

from caveat.config import ConfigError, Settings

ID, OTHER_ID = "abcdefghijklmnopabcdefghijklmnop", "ponmlkjihgfedcbaponmlkjihgfedcba"
REDIS = {"REDIS_URL": "redis://localhost:6379/0"}
PASSWORD = "hunter2"  # noqa: S105

# variable, least, most
NUMBERS = [
    ("CAVEAT_PORT", 0, 65_535),
    ("CAVEAT_WORKERS", 1, 256),
    ("CAVEAT_THREADS", 1, 1_024),
    ("CAVEAT_CACHE_TTL", 1, 31_622_400),
    ("CAVEAT_CACHE_MEMORY", 1_048_576, 1_099_511_627_776),
    ("CAVEAT_MAX_BODY", 1_024, 67_108_864),
    ("CAVEAT_MAX_TEXT", 1, 10_000_000),
    ("CAVEAT_TRUSTED_PROXIES", 0, 10),
]
TEXTS = [
    "CAVEAT_HOST",
    "CAVEAT_MODEL",
    "CAVEAT_LOG_LEVEL",
    "CAVEAT_RATE_LIMIT",
    "CAVEAT_CHROME_EXTENSION_IDS",
    "CAVEAT_OIDC_ISSUER",
    "CAVEAT_OIDC_CLIENT_ID",
    "CAVEAT_OIDC_CLIENT_SECRET",
    "DATABASE_URL",
    "CAVEAT_PUBLIC_URL",
    "CAVEAT_RIGHTS",
    "CAVEAT_DUMP_FOLDER",
    "REDIS_URL",
]
EVERY = [number[0] for number in NUMBERS] + TEXTS


def field_of(name: str) -> str:
    """The setting that a variable sets."""
    return name.removeprefix("CAVEAT_").lower()


def refusal(env: dict[str, str]) -> str:
    """What the person who set these variables is told."""
    with pytest.raises(ConfigError) as refused:
        Settings.from_environment(env)
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize("value", ["", " ", "\t\n"], ids=repr)
@pytest.mark.parametrize("name", EVERY)
def test_what_is_empty_counts_as_not_set(name: str, value: str) -> None:
    assert Settings.from_environment({name: value}) == Settings()


def test_what_is_set_and_not_ours_is_left_alone() -> None:
    assert Settings.from_environment({"PORT": "x", "CAVEAT_PORTS": "x", "caveat_port": "x"}) == Settings()


@pytest.mark.parametrize(("name", "least", "most"), NUMBERS)
def test_a_number_may_be_anything_within_its_limits(name: str, least: int, most: int) -> None:
    for number in (least, most):
        settings = Settings.from_environment(REDIS | {name: f" {number} "})
        assert getattr(settings, field_of(name)) == number


@pytest.mark.parametrize(
    "bad",
    ["less", "more", "x", "1.5", "1e3", "+5", "-0", "1_000", "1,000", "0x10", "٣", "1 2", "9" * 5_000],
    ids=lambda bad: bad[:12],
)
@pytest.mark.parametrize(("name", "least", "most"), NUMBERS)
def test_a_bad_number_is_told_the_limits(name: str, least: int, most: int, bad: str) -> None:
    value = {"less": str(least - 1), "more": str(most + 1)}.get(bad, bad)
    said = refusal(REDIS | {name: value})
    assert said.startswith(f"{name} is {value[:40]!r}")
    assert said.endswith(f"a whole number from {least} to {most}, like {getattr(Settings, field_of(name))}.")


GOOD: list[tuple[str, str, str, Any]] = [
    ("CAVEAT_HOST", "0.0.0.0", "host", "0.0.0.0"),
    ("CAVEAT_HOST", "::1\r", "host", "::1"),
    ("CAVEAT_MODEL", " en_core_web_md ", "model", "en_core_web_md"),
    ("CAVEAT_LOG_LEVEL", "debug", "log_level", "debug"),
    ("CAVEAT_LOG_LEVEL", " Warning", "log_level", "warning"),
    ("CAVEAT_RATE_LIMIT", "100 per hour", "rate_limit", "100 per hour"),
    ("CAVEAT_RATE_LIMIT", "5/second; 60/minute", "rate_limit", "5/second; 60/minute"),
    ("CAVEAT_RATE_LIMIT", "off", "rate_limit", None),
    ("CAVEAT_RATE_LIMIT", " OFF ", "rate_limit", None),
    ("CAVEAT_CHROME_EXTENSION_IDS", ID, "chrome_extension_ids", (ID,)),
    ("CAVEAT_CHROME_EXTENSION_IDS", f" {ID} ,, {OTHER_ID},", "chrome_extension_ids", (ID, OTHER_ID)),
    ("CAVEAT_PUBLIC_URL", "https://notes.example/caveat", "public_url", "https://notes.example/caveat"),
    ("CAVEAT_RIGHTS", "https://licence.example/by/4.0/", "rights", "https://licence.example/by/4.0/"),
    ("CAVEAT_DUMP_FOLDER", "/var/lib/caveat/dumps", "dump_folder", Path("/var/lib/caveat/dumps")),
    *(
        ("REDIS_URL", url, "redis_url", url)
        for url in (
            "redis://localhost",
            "redis://localhost:6379/0",
            f"rediss://user:{PASSWORD}@redis.example:6380/1",
            "redis://[::1]:6379",
            "unix:///run/redis/redis.sock",
            "redis+cluster://a:7001,b:7002",
            f"rediss+cluster://user:{PASSWORD}@a:7001",
        )
    ),
]


@pytest.mark.parametrize(("name", "value", "field", "wanted"), GOOD)
def test_a_good_value_is_taken(name: str, value: str, field: str, wanted: Any) -> None:
    assert getattr(Settings.from_environment({name: value}), field) == wanted


@pytest.mark.parametrize(
    ("name", "value", "way_out"),
    [
        ("CAVEAT_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
        ("CAVEAT_RATE_LIMIT", "60", "60 per minute, or off"),
        ("CAVEAT_RATE_LIMIT", "sixty per minute", "60 per minute, or off"),
        ("CAVEAT_RATE_LIMIT", "60 per fortnight", "60 per minute, or off"),
        ("CAVEAT_RATE_LIMIT", "-1 per minute", "60 per minute, or off"),
        ("CAVEAT_RATE_LIMIT", "0 per minute", "a count above 0"),
        ("CAVEAT_RATE_LIMIT", "60 per minute; 0 per hour", "a count above 0"),
        ("CAVEAT_PUBLIC_URL", "notes.example", "an address like https://"),
        ("CAVEAT_PUBLIC_URL", "https://notes.example/?a=b", "an address like https://"),
        ("CAVEAT_RIGHTS", "javascript:alert(1)", "an address like https://"),
        ("CAVEAT_RIGHTS", "CC BY 4.0", "an address like https://"),
        ("CAVEAT_CHROME_EXTENSION_IDS", ID[:-1], "32 letters from a to p"),
        ("CAVEAT_CHROME_EXTENSION_IDS", ID + "a", "32 letters from a to p"),
        ("CAVEAT_CHROME_EXTENSION_IDS", ID.upper(), "32 letters from a to p"),
        ("CAVEAT_CHROME_EXTENSION_IDS", ID.replace("p", "q"), "32 letters from a to p"),
        ("CAVEAT_CHROME_EXTENSION_IDS", f"{ID} {OTHER_ID}", "separated by commas"),
        ("CAVEAT_CHROME_EXTENSION_IDS", f"{ID},chrome-extension://{ID}", "chrome://extensions"),
        ("CAVEAT_CHROME_EXTENSION_IDS", f"{ID},*", "32 letters from a to p"),
    ],
)
def test_a_bad_value_is_told_what_would_do(name: str, value: str, way_out: str) -> None:
    said = refusal({name: value})
    assert said.startswith(name)
    assert way_out in said


def test_a_bad_value_is_shown_and_a_long_one_by_its_beginning_and_length() -> None:
    assert "'loud'" in refusal({"CAVEAT_LOG_LEVEL": "loud"})
    assert f"'{'x' * 40}'… (5000 characters)" in refusal({"CAVEAT_LOG_LEVEL": "x" * 5_000})


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (f"http://:{PASSWORD}@localhost", "has the scheme 'http'"),
        (f"REDIS://:{PASSWORD}@localhost", "has the scheme 'REDIS'"),
        (f":{PASSWORD}@localhost:6379", "has no scheme"),
        (f"redis:/:{PASSWORD}@localhost", "has no scheme"),
        (f"redis:{PASSWORD}@localhost://6379", "has no scheme"),
        (f"{PASSWORD}@redis://localhost", "has no scheme"),
        (PASSWORD, "has no scheme"),
        (f"redis://:{PASSWORD}@localhost:99999", "from 0 to 65535"),
        (f"redis://:{PASSWORD}@localhost:port", "from 0 to 65535"),
        (f"redis://:{PASSWORD}@localhost:0", "has port 0"),
        (f"redis://:{PASSWORD}@[{PASSWORD}]:6379", "from 0 to 65535"),
        (f"redis://:{PASSWORD}\u2100@localhost", "from 0 to 65535"),
        (f"redis://:a/{PASSWORD}@localhost", "from 0 to 65535"),
        (f"redis://:{PASSWORD}@", "names no host"),
        (f"rediss+cluster://:{PASSWORD}@:7001", "names no host"),
        (f"unix://:{PASSWORD}@", "names no socket"),
    ],
)
def test_a_bad_redis_url_is_told_what_is_wrong_without_its_password(url: str, what: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Settings.from_environment({"REDIS_URL": url})
    assert str(refused.value).startswith("REDIS_URL ")
    assert what in str(refused.value)
    # Neither does the traceback that a server prints where nobody catches the error.
    shown = "".join(traceback.format_exception(refused.value))
    assert PASSWORD not in shown


@pytest.mark.parametrize("workers", ["2", "256"])
def test_workers_that_could_not_share_a_cache_are_refused(workers: str) -> None:
    said = refusal({"CAVEAT_WORKERS": workers})
    assert said.startswith(f"CAVEAT_WORKERS is {workers}, but without REDIS_URL")
    assert "CAVEAT_WORKERS=1" in said


def test_workers_that_share_a_redis_are_welcome() -> None:
    assert Settings.from_environment(REDIS | {"CAVEAT_WORKERS": "4"}).workers == 4


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("sqlite://", "sqlite://"),
        ("sqlite:////var/lib/caveat/caveat.db", "sqlite:////var/lib/caveat/caveat.db"),
        ("sqlite:///caveat.db", "sqlite:///caveat.db"),
        (" postgresql://caveat@localhost/caveat ", "postgresql+psycopg://caveat@localhost/caveat"),
        (f"postgresql+psycopg://u:{PASSWORD}@db:5432/c", f"postgresql+psycopg://u:{PASSWORD}@db:5432/c"),
        ("postgresql:///caveat?host=/run/postgresql", "postgresql+psycopg:///caveat?host=/run/postgresql"),
    ],
)
def test_the_store_is_a_file_or_a_postgresql_by_the_driver_that_is_here(url: str, wanted: str) -> None:
    settings = Settings.from_environment({"DATABASE_URL": url})
    assert settings.database_url == settings.store_address == wanted
    assert PASSWORD not in repr(settings)


def test_without_a_setting_the_store_is_a_file_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/mara")
    assert Settings().store_address == "sqlite:////home/mara/.local/share/caveat/caveat.db"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert Settings().store_address == "sqlite:////data/caveat/caveat.db"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (f"mysql://u:{PASSWORD}@localhost/c", "has the scheme 'mysql'"),
        (f"postgres://u:{PASSWORD}@localhost/c", "has the scheme 'postgres'"),
        (f"POSTGRESQL://u:{PASSWORD}@localhost/c", "has the scheme 'POSTGRESQL'"),
        (f"u:{PASSWORD}@localhost/c", "has no scheme"),
        (f"{PASSWORD}@postgresql://localhost", "has no scheme"),
        ("/var/lib/caveat/caveat.db", "has no scheme"),
        ("sqlite://caveat.db", "too few slashes"),
        (f"postgresql://u:{PASSWORD}@localhost:99999/c", "from 0 to 65535"),
        (f"postgresql://u:{PASSWORD}@localhost:port/c", "from 0 to 65535"),
        (f"postgresql://u:{PASSWORD}@localhost:0/c", "has port 0"),
    ],
)
def test_a_bad_database_url_is_told_what_is_wrong_without_its_password(url: str, what: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Settings.from_environment({"DATABASE_URL": url})
    assert str(refused.value).startswith("DATABASE_URL ")
    assert what in str(refused.value)
    assert PASSWORD not in "".join(traceback.format_exception(refused.value))


PROVIDER = {
    "CAVEAT_OIDC_ISSUER": "https://login.example/realms/caveat",
    "CAVEAT_OIDC_CLIENT_ID": "caveat",
    "CAVEAT_OIDC_CLIENT_SECRET": PASSWORD,
}


@pytest.mark.parametrize(
    "issuer",
    ["https://login.example", "https://login.example:8443/", "http://127.0.0.1:9000", "http://[::1]:9000/x"],
)
def test_an_openid_provider_is_named_by_its_issuer(issuer: str) -> None:
    settings = Settings.from_environment(PROVIDER | {"CAVEAT_OIDC_ISSUER": issuer})
    assert (settings.oidc_issuer, settings.oidc_client_id) == (issuer, "caveat")
    assert PASSWORD not in repr(settings)


@pytest.mark.parametrize(
    "issuer",
    [
        "login.example",
        "http://login.example",
        "http://127.0.0.1.login.example",
        "https://",
        "https://login.example/?x=1",
        "https://login.example/#x",
        "https://user@login.example/",
        "https://login.example:port/",
        "https://[login.example/",
        "file:///etc/passwd",
    ],
)
def test_an_issuer_that_cannot_be_trusted_is_refused(issuer: str) -> None:
    said = refusal(PROVIDER | {"CAVEAT_OIDC_ISSUER": issuer})
    assert said.startswith(f"CAVEAT_OIDC_ISSUER is {issuer!r}")
    assert "https address" in said


@pytest.mark.parametrize("name", PROVIDER)
def test_a_provider_is_set_whole_or_not_at_all(name: str) -> None:
    assert f"{name} is not set" in refusal(PROVIDER | {name: ""})
    others = " and ".join(each for each in PROVIDER if each != name)
    assert f"{others} are not set" in refusal({name: PROVIDER[name]})
