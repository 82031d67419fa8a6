"""Real Redis and PostgreSQL servers for tests: on free ports, in temporary folders, stopped by process id."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from redis import Redis
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisError

MISSING = "redis-server is missing; install it with: apt-get install -y --no-install-recommends redis-server"


def free_port() -> int:
    """A port nothing listens on, whose cluster bus port (10000 above) is a port too."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < 55_000:
            return port


def eventually(holds: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Wait until something holds; the limit is there to end a test that would never end."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} within {seconds} s"
        time.sleep(0.02)


class RedisServer:
    """One redis-server process."""

    def __init__(self, folder: Path, *options: str) -> None:
        binary = shutil.which("redis-server")
        assert binary, MISSING
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [
            binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", str(folder), *options,
        ]  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, again where it was stopped, on the same port."""
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        eventually(self.answers, "redis-server answers")

    def client(self) -> Redis:
        """A plain client, for looking behind the cache's back."""
        return Redis(port=self.port, socket_timeout=5, protocol=2)

    def answers(self) -> bool:
        with self.client() as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False

    def send(self, what: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(what)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.process:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None


class Cluster:
    """Six nodes: three masters, a replica each."""

    def __init__(self, folder: Path) -> None:
        self.nodes = [
            RedisServer(
                folder / str(number),
                "--cluster-enabled", "yes",
                "--cluster-node-timeout", "1000",
                "--repl-diskless-sync-delay", "0",
                "--cluster-config-file", "nodes.conf",
            )
            for number in range(6)
        ]  # fmt: skip
        addresses = [f"127.0.0.1:{node.port}" for node in self.nodes]
        self.url = "redis+cluster://" + ",".join(addresses[:3])
        try:
            self._join(addresses)
        except BaseException:
            self.kill()
            raise

    def _join(self, addresses: list[str]) -> None:
        cli = shutil.which("redis-cli")
        assert cli, MISSING
        subprocess.run(
            [cli, "--cluster", "create", *addresses, "--cluster-replicas", "1", "--cluster-yes"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        eventually(self.whole, "the cluster is whole")

    def whole(self) -> bool:
        """Every node sees every slot served, and every replica has its master's data."""
        for node in self.nodes:
            with node.client() as client:
                if client.execute_command("CLUSTER INFO")["cluster_state"] != "ok":
                    return False
                if client.info("replication").get("master_link_status", "up") != "up":
                    return False
        return True

    def client(self) -> RedisCluster:
        living = [ClusterNode("127.0.0.1", node.port) for node in self.nodes if node.process]
        return RedisCluster(startup_nodes=living, protocol=2)

    def master_of(self, key: str) -> RedisServer:
        """The node that serves a key now."""
        with self.client() as client:
            port = client.get_node_from_key(key).port
        return next(node for node in self.nodes if node.port == port)

    def kill(self) -> None:
        for node in self.nodes:
            node.kill()


class PostgresServer:
    """One PostgreSQL with an empty cluster of its own. It refuses to run as root, so that it then runs as its
    own user, in a folder that this user can reach."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self._user = "postgres" if os.getuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="caveat-postgres-"))
        self.folder.chmod(0o755)
        if self._user:
            shutil.chown(self.folder, self._user)
        self.port = free_port()
        self._run("initdb", "--auth=trust", "--username=caveat", "--encoding=UTF8", "--locale=C.UTF-8")
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, again where it was stopped, on the same port."""
        self.process = subprocess.Popen(
            [
                _postgres("postgres"), "-D", self.folder / "data", "-p", str(self.port),
                "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}",
                "-c", "max_connections=60", *self._options,
            ],
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        eventually(self.answers, "PostgreSQL answers")

    def _run(self, program: str, *options: str) -> None:
        command = [_postgres(program), "-D", self.folder / "data", *options]
        subprocess.run(command, user=self._user, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def answers(self) -> bool:
        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def sql(self, statement: str) -> None:
        """Run a statement as the owner of everything."""
        address = f"host=127.0.0.1 port={self.port} user=caveat dbname=postgres connect_timeout=5"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def empty(self, tablespace: str = "pg_default", like: str = "template1") -> str:
        """The address of a new database, as empty as the one it is ``like``."""
        name = f"d{time.monotonic_ns()}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {like.rpartition('/')[2]} TABLESPACE {tablespace}")
        return f"postgresql+psycopg://caveat@127.0.0.1:{self.port}/{name}"

    def drop(self, url: str) -> None:
        """Have a database no more, whoever still has it open: to remove hundreds in the end took minutes."""
        self.sql(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        """End it and all it kept."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def _postgres(program: str) -> str:
    """Where a program of PostgreSQL is: Debian keeps them off the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    found = shutil.which(program, path=os.pathsep.join([*map(str, places), os.environ.get("PATH", "")]))
    assert found, (
        "PostgreSQL is missing; install it with: apt-get install -y --no-install-recommends postgresql"
    )
    return found
