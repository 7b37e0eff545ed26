"""Signed webhooks to programs, after the Standard Webhooks specification."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Collection

from app.base.instants import to_wire
from app.delivery.answers import NO_CONTACT, Answer, of_any
from app.delivery.channels.kind import ChannelKind, Config, Field
from app.delivery.job import Job
from app.delivery.origins import may_send_to
from app.delivery.outgoing import NoContact, Outgoing

PREFIX = "whsec_"
ADDRESS = Field("url", "Address", hint="https://integration.hospital.example/wardlight")


def check_address(config: Config, _secret: str, named: Collection[str]) -> str:
    """A sentence unless the configured address is one that we send to."""
    if may_send_to(config.get("url", ""), named):
        return ""
    return "The address begins with https://, or is one that WARDLIGHT_DELIVERY_ORIGINS names."


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header webhook-signature: HMAC-SHA256 of id, time and body with the base64 behind `whsec_`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def body_of(job: Job) -> bytes:
    """What the program reads: the event, when it happened, and its facts."""
    news = job.news
    data = {
        **news["facts"],
        "site": news["site"],
        "kind": news["kind"],
        "incident": news["incident"],
        "about": news["ref"],
        "text": job.words("en", general=False).title,
    }
    event = {"type": news["purpose"], "timestamp": to_wire(news["created_at"]), "data": data}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def _send(job: Job, outgoing: Outgoing) -> Answer:
    body, stamp = body_of(job), int(job.now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Wardlight",
        "webhook-id": job.id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature(job.secret, message_id=job.id, timestamp=stamp, body=body),
    }
    return post(outgoing, str(job.way["url"]), headers, body)


def post(outgoing: Outgoing, url: str, headers: dict[str, str], body: bytes, *, method: str = "POST") -> Answer:
    """Send a request to a configured place and read what its status means."""
    try:
        reply = outgoing.request(method, url, headers, body)
    except NoContact:
        return NO_CONTACT
    return of_any(reply.status, retry_after=reply.retry_after)


KIND = ChannelKind(
    name="webhook",
    title="Program (webhook)",
    fields=(ADDRESS,),
    secret_label="",
    check=check_address,
    send=_send,
)
