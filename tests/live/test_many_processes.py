"""Several server processes on one database: what a pull has seen up to a cursor is all that there is up to it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask

from app.base.db import db
from app.base.settings import CHECKOUT, Settings
from app.live.queries import delta_rows, scope_heads
from tests.live.writing_process import SCOPES

UNITS_OF_WORK = 20
SECONDS = 60


@contextmanager
def writing(settings: Settings, name: str) -> Iterator[subprocess.Popen[str]]:
    arguments = [str(settings.data_dir), settings.database_url, name, str(UNITS_OF_WORK)]
    command = [sys.executable, "-m", "tests.live.writing_process", *arguments]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def pulled_seqs(scope: str, cursor: int) -> tuple[list[int], int]:
    """What a pull gives after a cursor, and the cursor it names: the head is read first, as `sync.pull` does."""
    db.session.rollback()
    head = scope_heads([scope])[scope][0]
    rows, reached = delta_rows(scope, after=cursor, limit=7)
    seqs = [int(row.split('"seq":')[1].split(",")[0]) for row in rows]
    return seqs, head if reached is None else reached


def test_no_hole_shows_while_two_processes_write_and_a_third_pulls(app: Flask) -> None:
    seen: dict[str, set[int]] = {scope: set() for scope in SCOPES}
    cursors = dict.fromkeys(SCOPES, 0)
    wanted = 2 * UNITS_OF_WORK * 2
    with ExitStack() as stack:
        writers = [stack.enter_context(writing(app.extensions["settings"], name)) for name in ("east", "west")]
        for writer in writers:
            assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        pulls, until = 0, time.monotonic() + SECONDS
        while any(cursor < wanted for cursor in cursors.values()) and time.monotonic() < until:
            for scope, cursor in cursors.items():
                seqs, to = pulled_seqs(scope, cursor)
                seen[scope].update(seqs)
                assert set(range(1, to + 1)) <= seen[scope], f"{scope}: a hole below {to}"
                cursors[scope] = to
            pulls += 1

    assert cursors == dict.fromkeys(SCOPES, wanted)
    assert pulls > 5
