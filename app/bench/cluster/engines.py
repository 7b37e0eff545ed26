"""Real PostgreSQL, Redis and nginx for a bench or test: in temporary folders, on loopback, killed at will."""

from __future__ import annotations

import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from app.base import clock
from app.base.settings import CHECKOUT
from app.bench.processes import free_port
from scripts import with_postgres

NGINX_CONF = CHECKOUT / "deploy" / "nginx" / "wardlight.conf"
START_SECONDS = 90.0
DEBIAN = "apt-get install postgresql redis-server nginx-light"
# As a hospital runs it: what is committed is on the disk.
DURABLE = ("fsync=on", "synchronous_commit=on", "max_connections=100", "wal_level=minimal", "max_wal_senders=0")


class Missing(Exception):
    """A program that this needs is not installed."""


def program(name: str) -> str:
    """Where a program is. Missing names it and how to get it."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Missing(f"{name} is not installed. On Debian, as root: {DEBIAN}")
    return found


def wait_for(port: int, process: subprocess.Popen[bytes], what: str) -> None:
    """Return when something listens. RuntimeError when it ends before, or does not come."""
    until = clock.ticks() + START_SECONDS
    while clock.ticks() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{what} did not start")


class Postgres:
    """A PostgreSQL server with a database `wardlight`."""

    def __init__(self) -> None:
        self._programs, self._user = with_postgres.find_programs(), with_postgres.server_user()
        self._home = Path(tempfile.mkdtemp(prefix="wardlight-cluster-pg-"))
        password = secrets.token_hex(16)
        with_postgres.init_cluster(self._home, programs=self._programs, user=self._user, password=password)
        self.port = free_port()
        self.dsn = f"postgresql+psycopg://wardlight:{password}@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._server = with_postgres.start(
            self._home, programs=self._programs, user=self._user, port=self.port, more=DURABLE
        )
        with_postgres.wait_until_ready(self._server, self.port, self._home / "log")

    def stop(self) -> None:
        """End every session, then the server, as a restart does."""
        with_postgres.stop(self._server)

    def close(self) -> None:
        """Stop and take everything away."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)


class RedisServer:
    """A Redis that keeps nothing."""

    def __init__(self, port: int = 0) -> None:
        self._program = program("redis-server")
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start, and wait until it listens."""
        command = [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")  # noqa: S108
        wait_for(self.port, self._process, "Redis")

    def kill(self) -> None:
        """It dies at once."""
        self._process.kill()
        self._process.wait()


class Nginx:
    """nginx with the configuration that we ship, on other ports and without TLS (the bench's clients speak none)."""

    def __init__(self, folder: Path, backends: list[int]) -> None:
        self._program = program("nginx")
        self._folder, self.port = folder, free_port()
        folder.mkdir(parents=True, exist_ok=True)
        conf = folder / "nginx.conf"
        conf.write_text(main_conf(folder, plain_site(NGINX_CONF.read_text(), self.port, backends)))
        self._process = subprocess.Popen(
            [self._program, "-p", str(folder), "-c", str(conf), "-g", "daemon off;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.port, self._process, "nginx")

    def close(self) -> None:
        """Stop it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(10)


def plain_site(text: str, port: int, backends: list[int]) -> str:
    """Our site file with these ports, without its TLS."""
    servers = "".join(f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;\n" for one in backends)
    text = re.sub(r"(    server 127\.0\.0\.1:\d+ [^\n]*\n)+", servers, text)
    text = re.sub(r"\n    ssl_[^\n]*", "", text)
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    return text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")


def main_conf(folder: Path, site: str) -> str:
    """A main file around a site, with everything that nginx writes in a folder of ours."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"    {kind}_temp_path {folder}/{kind};" for kind in kinds)
    return (
        f"worker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log warn;\n"
        "worker_rlimit_nofile 16384;\nevents { worker_connections 8192; }\n"
        f"http {{\n    access_log off;\n{temporary}\n{site}\n}}\n"
    )
