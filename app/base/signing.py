"""Secrets of this installation and what is signed with them. The file lives in the data directory, never in git."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

SECRET_FILE = "secret.key"


def load_secret(data_dir: Path) -> str:
    """The installation's secret; made with owner-only rights at the first start."""
    path = data_dir / SECRET_FILE
    if not path.exists():
        make_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def make_once(path: Path, text: str) -> None:
    """Make a secret file, whole or not at all; of two processes that start at once, one makes it and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{socket.gethostname()[:60]}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


class TicketSigner:
    """Signs short-lived websocket tickets, so that connecting needs no database work."""

    def __init__(self, secret: str, *, life_seconds: int) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="wardlight.ws-ticket")
        self._life_seconds = life_seconds

    def sign(self, claims: dict[str, Any]) -> str:
        """A ticket that carries the claims."""
        return str(self._serializer.dumps(claims))

    def read(self, ticket: str) -> dict[str, Any] | None:
        """The claims, or None when the ticket is forged, altered or too old."""
        try:
            claims = self._serializer.loads(ticket, max_age=self._life_seconds)
        except (BadSignature, SignatureExpired):
            return None
        return claims if isinstance(claims, dict) else None
