"""``caveat serve``: the lens and the API, in a browser near you."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import caveat
from caveat.cli.outcome import Exit, Incomplete

if TYPE_CHECKING:
    from caveat.config import Settings

NODE_WANTED = 20
_PACKAGE = Path(caveat.__file__).parent
_EXTENSION = _PACKAGE.parents[1] / "extension"  # there in a checkout, not in an installed package


@click.command()
@click.option("--host", help="Address to listen on. [CAVEAT_HOST; default: 127.0.0.1, this machine only]")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    help="Port to listen on; 0 takes a free one. [CAVEAT_PORT; default: 5000]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes; more than one needs REDIS_URL. [CAVEAT_WORKERS; default: 1]",
)
@click.option(
    "--threads", type=click.IntRange(1, 1_024), help="Threads of each process. [CAVEAT_THREADS; default: 8]"
)
@click.option(
    "--reload", is_flag=True, help="For development: start anew whenever a file of the package changes."
)
def serve(host: str | None, port: int | None, workers: int | None, threads: int | None, reload: bool) -> None:
    """Serve the lens, the API and its documentation.

    Without settings it listens on 127.0.0.1 only and keeps its cache in its own memory. Settings come
    from the environment (CAVEAT_..., REDIS_URL); options here go before them. Ctrl-C or SIGTERM stops it
    when the requests under way are answered.

    \b
    Examples:
      caveat serve
      caveat serve --port 8000 --reload
      REDIS_URL=redis://localhost:6379/0 caveat serve --host 0.0.0.0 --workers 4
    """
    from caveat.cli.serving import Server, listen
    from caveat.config import ConfigError, Settings

    given = {"host": host, "port": port, "workers": workers, "threads": threads}
    environment = dict(os.environ) | {
        f"CAVEAT_{name.upper()}": str(v) for name, v in given.items() if v is not None
    }
    try:
        settings = Settings.from_environment(environment)
    except ConfigError as error:
        raise Incomplete(str(error)) from None
    bound = listen(settings.host, settings.port)
    address = _address(bound)
    server = Server(settings, bound, lambda: click.echo(_greeting(address, settings, reload)), reload=reload)
    try:
        server.run()  # type: ignore[no-untyped-call]
    except Incomplete:
        raise
    except KeyboardInterrupt:  # before gunicorn handles signals itself
        raise SystemExit(Exit.INTERRUPTED) from None


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  # what was asked for; a browser needs one address
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _command() -> str:
    """How to call this from here: `make run` puts nothing on the path."""
    called = Path(sys.argv[0])
    if called.name != "caveat" or shutil.which("caveat"):
        return "caveat"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _greeting(address: str, settings: Settings, reload: bool) -> str:
    first = f'{_command()} user add "Your alias" --role administrator'
    rows = [
        ("Lens", f"{address}/lens/" if _lens_is_built() else _without_lens()),
        ("API", f"{address}/api/v1/docs"),
        ("Account", f"{address}/account/ (the first: {first})"),
        *_extension_rows(),
        (
            "Cache",
            "shared, in the Redis of REDIS_URL"
            if settings.redis_url
            else "in this process (REDIS_URL shares one)",
        ),
    ]
    if reload:
        rows.append(("Reload", "on: a changed file of the package starts the server anew"))
    heading = click.style(f"Caveat {caveat.__version__} is listening on {address}", bold=True)
    return "\n".join(
        ["", heading, "", *(f"  {name:<10} {what}" for name, what in rows), "", "Ctrl-C stops it.", ""]
    )


def _lens_is_built() -> bool:
    return (_PACKAGE / "web" / "static" / "lens" / "index.html").is_file()


def _without_lens() -> str:
    node = _node_version()
    if node is None:
        return (
            f"not built: Node {NODE_WANTED}+ was not found. Install it (https://nodejs.org), then: make build"
        )
    if node < NODE_WANTED:
        return f"not built: it needs Node {NODE_WANTED}+, this is Node {node}. Then: make build"
    return "not built yet. Run: make build"


def _node_version() -> int | None:
    node = shutil.which("node")
    if node is None:
        return None
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
        return int(answer.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _extension_rows() -> list[tuple[str, str]]:
    chrome, firefox = (_EXTENSION / "dist" / browser for browser in ("chrome", "firefox"))
    rows = []
    if (chrome / "manifest.json").is_file():
        rows.append(("Chrome", f"chrome://extensions, Developer mode, Load unpacked: {chrome}"))
    if (firefox / "manifest.json").is_file():
        rows.append(
            ("Firefox", f"about:debugging, This Firefox, Load Temporary Add-on: {firefox / 'manifest.json'}")
        )
    return rows
