#!/usr/bin/env python3
"""Run a command beside a PostgreSQL server that exists only as long as the command runs.

    python scripts/with_postgres.py -- pytest tests      WARDLIGHT_TEST_DSN is set for the command
    python scripts/with_postgres.py --find                print the folder of the server programs

The cluster lives in a temporary folder, listens on loopback only and trades durability for speed. PostgreSQL
refuses to run as root; there it runs as the system user postgres. Only the standard library is used.
"""

from __future__ import annotations

import argparse
import os
import pwd
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

OLDEST_MAJOR = 14
# Below 32768, where Linux begins to hand out ports for outgoing connections: nobody takes ours between look and use.
DEFAULT_PORTS = "20000-32000"
START_TIMEOUT_SECONDS = 60
STOP_TIMEOUT_SECONDS = 30
FAST_AND_FORGETFUL = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


class PostgresError(Exception):
    """The server could not be found or started; the message says what to do."""


def candidate_folders() -> Iterator[Path]:
    """Where Debian, other systems and the PATH keep the server programs, newest first."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def find_programs() -> Path:
    """The folder with initdb and postgres of a version that Wardlight supports."""
    for folder in candidate_folders():
        if (folder / "initdb").exists() and (folder / "postgres").exists() and major_version(folder) >= OLDEST_MAJOR:
            return folder
    raise PostgresError(
        f"PostgreSQL {OLDEST_MAJOR} or newer is missing. On Debian, as root: apt-get install postgresql"
    )


def major_version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    return int(found.group(1)) if found else 0


def server_user() -> str | None:
    """Whom the server runs as: None for ourselves, postgres when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise PostgresError("PostgreSQL does not run as root and there is no system user postgres.") from None


def free_port(ports: str) -> int:
    first, last = (int(part) for part in ports.split("-"))
    for port in random.sample(range(first, last + 1), last - first + 1):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise PostgresError(f"No free port between {ports}.")


def wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the server answers a start-up packet, raise with its log when it ends before."""
    ssl_request = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                probe.sendall(ssl_request)
                if probe.recv(1) in (b"N", b"S"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise PostgresError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@contextmanager
def running_server(ports: str) -> Iterator[str]:
    """Yield the DSN of a fresh server; stop it and remove its folder whatever happens."""
    programs, user, password = find_programs(), server_user(), secrets.token_hex(16)
    home = Path(tempfile.mkdtemp(prefix="wardlight-pg-"))
    try:
        init_cluster(home, programs=programs, user=user, password=password)
        port = free_port(ports)
        server = start(home, programs=programs, user=user, port=port)
        try:
            wait_until_ready(server, port, home / "log")
            yield f"postgresql+psycopg://wardlight:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def init_cluster(home: Path, *, programs: Path, user: str | None, password: str) -> None:
    secret = home / "password"
    secret.write_text(password)
    if user:
        for path in (home, secret):
            shutil.chown(path, user)
    command = [str(programs / "initdb"), f"--pgdata={home / 'data'}", "--username=wardlight", f"--pwfile={secret}"]
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run([*command, *options], user=user, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PostgresError(f"initdb failed:\n{done.stdout}{done.stderr}")


def start(
    home: Path, *, programs: Path, user: str | None, port: int, more: tuple[str, ...] = FAST_AND_FORGETFUL
) -> subprocess.Popen[bytes]:
    settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={home}", *more]
    command = [str(programs / "postgres"), "-D", str(home / "data")]
    for setting in settings:
        command += ["-c", setting]
    with (home / "log").open("ab") as log:
        # A session of its own, so that Ctrl-C reaches the tests first and the server is stopped by us.
        return subprocess.Popen(command, user=user, cwd=home, stdout=log, stderr=log, start_new_session=True)


def stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: ends sessions, then itself
    try:
        server.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(STOP_TIMEOUT_SECONDS)


def exit_on_signal(number: int, _frame: object) -> NoReturn:
    """Turn a request to end into an exception, so that the server is stopped on the way out."""
    raise SystemExit(128 + number)


def run_beside_server(command: list[str], ports: str) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, exit_on_signal)
    with running_server(ports) as dsn:
        return subprocess.run(command, env={**os.environ, "WARDLIGHT_TEST_DSN": dsn}, check=False).returncode


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Run a command beside a temporary PostgreSQL server.")
    parser.add_argument("--find", action="store_true", help="print the folder of the server programs and end")
    parser.add_argument("--ports", default=DEFAULT_PORTS, help="range to take the port from (default %(default)s)")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    try:
        if options.find:
            print(find_programs())
            return 0
        if not command:
            parser.error("name a command to run")
        return run_beside_server(command, options.ports)
    except PostgresError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
