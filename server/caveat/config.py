"""Settings, read from the environment once and handed to whatever needs them.

In: a mapping such as ``os.environ``. Out: a frozen ``Settings``. What can go wrong: ``ConfigError``,
which names the variable, what it holds, the limit and the way out. A variable that is set but empty
counts as not set, because that is what a Compose file's ``${NAME:-}`` gives.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
REDIS_SCHEMES = ("redis", "rediss", "unix", "redis+cluster", "rediss+cluster")
LOG_LEVELS = ("debug", "info", "warning", "error")
NO_LIMIT = "off"
LOOPBACK = ("127.0.0.1", "::1", "localhost")

# Chrome gives every extension 32 letters from a to p: the hexadecimal digits of a digest, shifted.
_CHROME_ID = re.compile(r"[a-p]{32}")


class ConfigError(ValueError):
    """A setting cannot be used; the message says which, why, and what would do."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside, with the defaults of a reader's own machine."""

    host: str = "127.0.0.1"
    port: int = 5000
    workers: int = 1
    threads: int = 8
    redis_url: str | None = field(
        default=None, repr=False
    )  # None: the embedded stand-in; it may hold a password
    database_url: str | None = field(
        default=None, repr=False
    )  # None: a file in data_dir; it may hold a password
    data_dir: Path | None = None  # what is imported and built is kept here; None: a folder at home
    cache_ttl: int = 7 * 24 * 3600  # seconds an answer is kept; news is reread within days
    cache_memory: int = 64 * 1024 * 1024  # bytes of the embedded stand-in; a Redis has its own
    max_body: int = (
        4 * 1024 * 1024
    )  # bytes; the longest text takes 2.4 MB with every character escaped in JSON
    max_text: int = 200_000  # code points
    rate_limit: str | None = "60 per minute"  # for one address; None: no limit
    chrome_extension_ids: tuple[str, ...] = ()
    model: str | None = None  # None: the first spaCy model we know that is installed
    log_level: str = "info"
    trusted_proxies: int = 0  # how many proxies in front of us write X-Forwarded-For
    oidc_issuer: str | None = None  # None: volunteers sign in with a password only
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    public_url: str | None = None  # what annotations are called begins with it; None: as the server was asked
    rights: str | None = None  # the IRI of the licence that annotations are under; None: nothing is said
    dump_folder: Path | None = None  # where open dumps are, to be served; None: none are

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Settings:
        """The settings that ``env`` asks for. Raises ``ConfigError``."""
        settings = cls(
            host=env.get("CAVEAT_HOST", "").strip() or cls.host,
            port=_integer(env, "CAVEAT_PORT", cls.port, 0, 65_535),
            workers=_integer(env, "CAVEAT_WORKERS", cls.workers, 1, 256),
            threads=_integer(env, "CAVEAT_THREADS", cls.threads, 1, 1_024),
            redis_url=_redis_url(env),
            database_url=_database_url(env),
            data_dir=_folder(env, "CAVEAT_DATA_DIR"),
            cache_ttl=_integer(env, "CAVEAT_CACHE_TTL", cls.cache_ttl, 1, 366 * 24 * 3600),
            cache_memory=_integer(env, "CAVEAT_CACHE_MEMORY", cls.cache_memory, 1024 * 1024, 2**40),
            max_body=_integer(env, "CAVEAT_MAX_BODY", cls.max_body, 1_024, 64 * 1024 * 1024),
            max_text=_integer(env, "CAVEAT_MAX_TEXT", cls.max_text, 1, 10_000_000),
            rate_limit=_rate_limit(env),
            chrome_extension_ids=_chrome_ids(env),
            model=env.get("CAVEAT_MODEL", "").strip() or None,
            log_level=_choice(env, "CAVEAT_LOG_LEVEL", cls.log_level, LOG_LEVELS),
            trusted_proxies=_integer(env, "CAVEAT_TRUSTED_PROXIES", cls.trusted_proxies, 0, 10),
            oidc_issuer=_issuer(env),
            oidc_client_id=env.get("CAVEAT_OIDC_CLIENT_ID", "").strip() or None,
            oidc_client_secret=env.get("CAVEAT_OIDC_CLIENT_SECRET", "").strip() or None,
            public_url=_web_address(env, "CAVEAT_PUBLIC_URL", "https://notes.example.org"),
            rights=_web_address(env, "CAVEAT_RIGHTS", "https://creativecommons.org/licenses/by/4.0/"),
            dump_folder=_folder(env, "CAVEAT_DUMP_FOLDER"),
        )
        settings.check()
        return settings

    @property
    def data_folder(self) -> Path:
        """``data_dir``, or where a person's programs keep what is theirs (XDG Base Directory)."""
        if self.data_dir is not None:
            return self.data_dir
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        return home / "caveat"

    @property
    def store_address(self) -> str:
        """Where annotations are kept: ``database_url``, or a file in the data folder."""
        if self.database_url is not None:
            return self.database_url
        return f"sqlite:///{self.data_folder / 'caveat.db'}"

    def check(self) -> None:
        """Refuse what only goes wrong in combination. Raises ``ConfigError``."""
        if self.workers > 1 and self.redis_url is None:
            raise ConfigError(
                f"CAVEAT_WORKERS is {self.workers}, but without REDIS_URL the cache lives inside one process "
                "and workers could not share it. Set REDIS_URL (for example redis://localhost:6379/0), or "
                "use CAVEAT_WORKERS=1 with more CAVEAT_THREADS."
            )
        provider = {
            "CAVEAT_OIDC_ISSUER": self.oidc_issuer,
            "CAVEAT_OIDC_CLIENT_ID": self.oidc_client_id,
            "CAVEAT_OIDC_CLIENT_SECRET": self.oidc_client_secret,
        }
        missing = [name for name, value in provider.items() if value is None]
        if missing and len(missing) < len(provider):
            raise ConfigError(
                f"Signing in through an OpenID provider needs {', '.join(provider)} together; "
                f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. "
                "Set all three, or none for passwords only."
            )


def _integer(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    # int() also takes "1_000", "+5" and Arabic digits: more than a person means by a number in a file.
    if not re.fullmatch(r"[0-9]{1,15}", value) or not least <= int(value) <= most:
        what = f"a whole number from {least} to {most}, like {default}"
        raise ConfigError(f"{name} is {_shape(value)}; it takes {what}.")
    return int(value)


def _choice(env: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    value = env.get(name, "").strip().lower()
    if value and value not in choices:
        raise ConfigError(f"{name} is {_shape(value)}; it takes one of {', '.join(choices)}.")
    return value or default


def _redis_url(env: Mapping[str, str]) -> str | None:
    value = env.get("REDIS_URL", "").strip()
    if not value:
        return None
    way_out = "It takes an address like redis://localhost:6379/0, or nothing for the embedded cache."
    scheme = value.partition("://")[0]
    if scheme not in REDIS_SCHEMES:
        # The address may hold a password, so only its scheme is ever shown, and only if it looks like one.
        named = "://" in value and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme)
        what = f"the scheme {_shape(scheme)}" if named else "no scheme"
        raise ConfigError(f"REDIS_URL has {what}; it knows {', '.join(REDIS_SCHEMES)}. {way_out}")
    try:
        parts = urlsplit(value)
        port = parts.port if "," not in parts.netloc else None
    except ValueError:  # its message may hold the password, so it is no cause of ours
        raise ConfigError(f"REDIS_URL has a port that is not a number from 0 to 65535. {way_out}") from None
    if scheme == "unix" and not parts.path:
        raise ConfigError("REDIS_URL names no socket; it takes a path, like unix:///run/redis/redis.sock.")
    if scheme != "unix" and not parts.hostname:
        raise ConfigError(f"REDIS_URL names no host. {way_out}")
    if port == 0:
        raise ConfigError(f"REDIS_URL has port 0, where nothing listens. {way_out}")
    return value


def _database_url(env: Mapping[str, str]) -> str | None:
    value = env.get("DATABASE_URL", "").strip()
    if not value:
        return None
    way_out = (
        "It takes an address like sqlite:////var/lib/caveat/caveat.db or "
        "postgresql://caveat@localhost:5432/caveat, or nothing for a file in your home."
    )
    scheme, _, rest = value.partition("://")
    if scheme not in DATABASE_SCHEMES:
        # As with REDIS_URL: the address may hold a password.
        named = "://" in value and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme)
        what = f"the scheme {_shape(scheme)}" if named else "no scheme"
        raise ConfigError(f"DATABASE_URL has {what}; it knows {', '.join(DATABASE_SCHEMES)}. {way_out}")
    if scheme == "sqlite":
        if rest and not rest.startswith("/"):
            raise ConfigError(f"DATABASE_URL names a file with too few slashes. {way_out}")
        return value
    try:
        port = urlsplit(value).port
    except ValueError:  # its message may hold the password, so it is no cause of ours
        raise ConfigError(
            f"DATABASE_URL has a port that is not a number from 0 to 65535. {way_out}"
        ) from None
    if port == 0:
        raise ConfigError(f"DATABASE_URL has port 0, where nothing listens. {way_out}")
    return "postgresql+psycopg://" + rest


def _issuer(env: Mapping[str, str]) -> str | None:
    value = env.get("CAVEAT_OIDC_ISSUER", "").strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    # What a provider says in the clear anybody on the way can say, but for one on this machine.
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not safe or not host or "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            f"CAVEAT_OIDC_ISSUER is {_shape(value)}; it takes the https address that the provider calls its "
            "issuer, like https://login.example/realms/caveat, without ? or #. http is for this machine only."
        )
    return value


def _rate_limit(env: Mapping[str, str]) -> str | None:
    value = env.get("CAVEAT_RATE_LIMIT", "").strip()
    if not value:
        return Settings.rate_limit
    if value.lower() == NO_LIMIT:
        return None
    try:
        if not all(limit.amount for limit in parse_many(value)):
            raise ValueError("a count of 0 refuses everyone")
    except ValueError as error:
        raise ConfigError(
            f"CAVEAT_RATE_LIMIT is {_shape(value)}; it takes a count above 0 and a period, like "
            f"60 per minute, or {NO_LIMIT} for no limit."
        ) from error
    return value


def _chrome_ids(env: Mapping[str, str]) -> tuple[str, ...]:
    ids = tuple(
        part.strip() for part in env.get("CAVEAT_CHROME_EXTENSION_IDS", "").split(",") if part.strip()
    )
    for id_ in ids:
        if not _CHROME_ID.fullmatch(id_):
            raise ConfigError(
                f"CAVEAT_CHROME_EXTENSION_IDS holds {_shape(id_)}; an id is 32 letters from a to p, as "
                "chrome://extensions shows it; several are separated by commas."
            )
    return ids


def _web_address(env: Mapping[str, str], name: str, example: str) -> str | None:
    value = env.get(name, "").strip()
    if value and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#\"<>]*", value):
        raise ConfigError(f"{name} is {_shape(value)}; it takes an address like {example}.")
    return value or None


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(name, "").strip()
    return Path(value).absolute() if value else None


def _shape(value: str) -> str:
    """A value as a message may show it: whole when it is short, else its beginning and its length."""
    return repr(value) if len(value) <= 40 else f"{value[:40]!r}… ({len(value)} characters)"
