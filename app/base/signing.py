"""Secrets of this installation and what is signed with them. The file lives in the data directory, never in git."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

SECRET_FILE = "secret.key"


def load_secret(data_dir: Path) -> str:
    """The installation's secret; made with owner-only rights at the first start."""
    path = data_dir / SECRET_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


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
