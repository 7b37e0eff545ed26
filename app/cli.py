"""The `wardlight` command."""

from __future__ import annotations

import sys

SERVING = ("serve", "demo", "worker")


def main() -> None:
    """Run a command. Those that run on replace blocking calls by gevent's before anything else is imported."""
    if len(sys.argv) > 1 and sys.argv[1] in SERVING:
        from gevent import monkey

        monkey.patch_all()
    from app.commands import cli

    cli(prog_name="wardlight")
