"""Web push: sealed for one browser, handed to its push service."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from app.delivery.answers import NO_CONTACT, Answer, of_push
from app.delivery.job import Job
from app.delivery.notification import notification_of
from app.delivery.origins import is_push_endpoint
from app.delivery.outgoing import NoContact, Outgoing
from app.delivery.policy import topic, urgency
from app.delivery.webpush_client import Sealer, TooLarge

log = logging.getLogger("wardlight.delivery")


def push_sender(sealer: Sealer, *, named: Collection[str]) -> Callable[[Job, Outgoing], Answer]:
    """How a push is sent; `named`: origins beside those of the browsers that the settings name."""

    def send(job: Job, outgoing: Outgoing) -> Answer:
        endpoint = str(job.way["endpoint"])
        if not is_push_endpoint(endpoint, named):
            return Answer("dead", "no_push_service")
        purpose, asks = job.news["purpose"], job.news["asks"]
        try:
            headers, body = sealer.seal(
                notification_of(job),
                job.way,
                ttl=job.expires_at - job.now,
                urgency=urgency(purpose, asks=asks, quiet=job.quiet),
                topic=topic(purpose, incident=job.news["incident"], news=job.news["id"]),
            )
        except TooLarge:
            log.error("push.too_large", extra={"delivery": job.id, "purpose": purpose})
            return Answer("dead", "too_large")
        except ValueError:
            return Answer("dead", "bad_keys")
        try:
            reply = outgoing.request("POST", endpoint, headers, body)
        except NoContact:
            return NO_CONTACT
        return of_push(reply.status, content_type=reply.headers.get("content-type", ""), retry_after=reply.retry_after)

    return send
