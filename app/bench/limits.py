"""How many files a process may have open: a socket is one."""

from __future__ import annotations

import resource


def raise_file_limit() -> int:
    """Raise the limit as far as this system lets us; the limit now."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
