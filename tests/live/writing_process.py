"""A process that writes rows into scopes that others write too. Arguments: data folder, database URL, name, count."""

from __future__ import annotations

import sys
from pathlib import Path

from app.base.settings import Settings
from app.base.unit_of_work import write
from app.command_app import command_app
from app.live.rows import put_row

SCOPES = ("unit:one", "unit:other")


def main(data_dir: str, url: str, name: str, count: int) -> None:
    """Each unit of work puts two rows into each scope; none is ever changed again."""
    with command_app(Settings(data_dir=Path(data_dir), database_url=url)):
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(count):
            with write() as work:
                for scope in SCOPES:
                    for part in "ab":
                        put_row(work, scope, f"{name}-{number}{part}", "note", {"n": number}, fresh=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
