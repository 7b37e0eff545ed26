"""Seals a message for one browser. The only module that knows the `webpush` package, whose defaults lose messages.

Its TTL is 0 unless replaced, it names neither Urgency nor Topic, it leaves the port out of the token's audience and
signs a token for every message; so everything but the encryption is set here.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import jwt
from webpush import WebPush, WebPushSubscription
from webpush.vapid import VAPID

from app.base import clock
from app.delivery.keys import VapidKeys
from app.delivery.origins import origin_of

BUDGET_BYTES = 3000  # what all push services take, with room for what they add; the format's own limit is 3,993
TOKEN_LIVES = timedelta(hours=12)
TOKEN_RENEWED_AFTER = timedelta(hours=6)


class TooLarge(ValueError):
    """The message exceeds the budget."""


class _NoToken(VAPID):  # type: ignore[misc]
    """Signs nothing: the header is made below, once for many messages."""

    def get_authorization_header(self, *_args: Any, **_kwargs: Any) -> str:
        return ""


class Sealer:
    """Encrypts messages and proves who sends them. Safe to share between threads."""

    def __init__(self, keys: VapidKeys, *, contact: str = "") -> None:
        """`contact`: an e-mail address or https page where the push services may complain."""
        self._keys = keys
        self._contact = contact
        # A subscriber must be named or it refuses; ours stands in the token below.
        self._sealing = WebPush(BytesIO(keys.private_pem), BytesIO(keys.public_pem), subscriber="token@made.below")
        self._sealing.vapid = _NoToken(BytesIO(keys.private_pem), BytesIO(keys.public_pem))
        self._tokens: dict[tuple[str, str], tuple[float, str]] = {}
        self._lock = threading.Lock()

    def seal(
        self, message: Mapping[str, Any], subscription: Mapping[str, Any], *, ttl: timedelta, urgency: str, topic: str
    ) -> tuple[dict[str, str], bytes]:
        """Headers and body of the POST to the subscription's endpoint. TooLarge beyond BUDGET_BYTES.

        `subscription` has endpoint, p256dh, auth, and address: how its phone reaches this server. ValueError for keys
        that are none.
        """
        plain = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        if len(plain) > BUDGET_BYTES:
            raise TooLarge(f"{len(plain)} bytes")
        keys = {"p256dh": subscription["p256dh"], "auth": subscription["auth"]}
        receiver = WebPushSubscription.model_validate({"endpoint": subscription["endpoint"], "keys": keys})
        sealed = self._sealing.get(plain, receiver)
        seconds = max(1, int(ttl.total_seconds()))
        return {
            "TTL": str(seconds),
            "Urgency": urgency,
            "Topic": topic,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": self._authorization(origin_of(subscription["endpoint"]), subscription["address"]),
        }, sealed.encrypted

    def _authorization(self, audience: str, address: str) -> str:
        subject = self._subject(address)
        with self._lock:
            made_at, header = self._tokens.get((audience, subject), (0.0, ""))
            if not header or clock.ticks() - made_at > TOKEN_RENEWED_AFTER.total_seconds():
                made_at, header = clock.ticks(), self._sign(audience, subject)
                self._tokens[audience, subject] = (made_at, header)
        return header

    def _sign(self, audience: str, subject: str) -> str:
        ends_at = int((clock.now() + TOKEN_LIVES).timestamp())
        token = jwt.encode(
            {"aud": audience, "exp": ends_at, "sub": subject}, key=self._keys.private_pem.decode(), algorithm="ES256"
        )
        return f"vapid t={token}, k={self._keys.public}"

    def _subject(self, address: str) -> str:
        """Push services refuse contacts that cannot exist; without a named one it is the hospital's own address."""
        if self._contact:
            return self._contact if self._contact.startswith("https://") else f"mailto:{self._contact}"
        return address if address.startswith("https://") else "mailto:postmaster@example.org"
