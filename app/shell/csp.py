"""What a page of ours may load and do. Pure rules.

Hashes, not nonces: the shell is kept on phones together with its headers,
and a nonce that is used twice protects nobody.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

HSTS = "max-age=31536000"

FIXED_HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def script_hash(text: str) -> str:
    """The source expression that allows exactly this inline script."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    """One policy for the shell and for server-rendered pages.

    `connect-src 'self'` covers the websocket of the same host and port. The one Trusted Types policy, `sw`, names the
    service worker's address and nothing else; `media-src` is for the alarm of the ward beacon.
    """
    scripts = " ".join(["'self'", *(script_hash(text) for text in inline_scripts)])
    directives = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "media-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "sw",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
