"""Which sites may show the banner in a frame. Pure."""

from __future__ import annotations

import re

# Scheme, host, port: what a policy calls a source; nothing that could end the directive or open it to all.
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}


def framing_origins(setting: str) -> tuple[str, ...]:
    """The origins of a comma-separated setting. ValueError names one that is none."""
    named = [one.strip().rstrip("/") for one in setting.split(",") if one.strip()]
    for origin in named:
        if not ORIGIN.fullmatch(origin):
            raise ValueError(f"WARDLIGHT_EMBED_ORIGINS: {origin!r} is not an origin such as https://intranet.example")
    return tuple(named)


def banner_policy(setting: str) -> str:
    """The policy of the banner: stricter than every other page's, but for who may frame it."""
    ancestors = " ".join(("'self'", *framing_origins(setting)))
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "frame-ancestors": ancestors}.items())
