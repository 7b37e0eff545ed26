"""Which servers of the outside a request may go to. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

# The push services of the browsers: exact hosts, and domains below which they name their machines.
HOSTS = frozenset({"fcm.googleapis.com", "android.googleapis.com", "updates.push.services.mozilla.com"})
DOMAINS = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
LONGEST = 1000
PRINTABLE = re.compile(r"[!-\[\]-~]+")  # no spaces, no controls, no backslash


def origin_of(url: str) -> str:
    """`scheme://host` with the port where it is not the usual one; empty for what is no plain http address."""
    parts = _plain(url)
    if parts is None:
        return ""
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if parts.port in (None, usual) else f":{parts.port}")


def named_origins(setting: str) -> frozenset[str]:
    """The origins of a comma-separated setting."""
    return frozenset(origin for one in setting.split(",") if (origin := origin_of(one.strip())))


def is_push_endpoint(url: str, named: Collection[str]) -> bool:
    """Whether this is an address at a browser's push service, or at an origin that the settings name."""
    parts, origin = _plain(url), origin_of(url)
    if parts is None or len(url) > LONGEST:
        return False
    if origin in named:
        return True
    host = str(parts.hostname)
    return parts.scheme == "https" and parts.port in (None, 443) and (host in HOSTS or host.endswith(DOMAINS))


def may_send_to(url: str, named: Collection[str]) -> bool:
    """Whether a configured target may be here: https anywhere, plain http only at origins that the settings name."""
    origin = origin_of(url)
    return bool(origin) and len(url) <= LONGEST and (origin.startswith("https://") or origin in named)


@lru_cache(maxsize=512)  # the same address is looked at from several sides while one push is sent
def _plain(url: str) -> SplitResult | None:
    """The parts of a URL that means the same to us and to the one who opens it; None for any other."""
    if not PRINTABLE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # ValueError when it is none
    except ValueError:
        return None
    is_plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and not parts.fragment
    return parts if is_plain else None
