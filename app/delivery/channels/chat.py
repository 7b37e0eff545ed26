"""What chat rooms have in common: their address is their secret, and news is a line and a few words below it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from app.delivery.answers import Answer
from app.delivery.channels.kind import Config
from app.delivery.channels.webhook import post
from app.delivery.job import Job
from app.delivery.origins import may_send_to
from app.delivery.outgoing import Outgoing

Body = Callable[[str, str], dict[str, Any]]


def check_room(_config: Config, secret: str, named: Collection[str]) -> str:
    """A sentence unless the secret address is one that we send to."""
    return (
        "" if may_send_to(secret, named) else "Paste the whole address of the room's webhook; it begins with https://."
    )


def sender(body: Body) -> Callable[[Job, Outgoing], Answer]:
    """How a room hears news; `body` makes its JSON from the first line and the rest."""

    def send(job: Job, outgoing: Outgoing) -> Answer:
        words = job.words("en", general=False)
        text = json.dumps(body(words.title, words.body), ensure_ascii=False).encode()
        return post(outgoing, job.secret, {"Content-Type": "application/json"}, text)

    return send
