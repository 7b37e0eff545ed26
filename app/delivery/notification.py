"""The one shape of a push: declarative (`web_push: 8030`), so that iOS shows it even without our worker. Pure."""

from __future__ import annotations

from typing import Any

from app.base.instants import to_wire
from app.delivery.job import Job
from app.delivery.words import acknowledge_word

MARK = 8030
CARRIES_BADGE = frozenset({"broadcast.sent", "ack.reminder", "incident.declared"})


def notification_of(job: Job) -> dict[str, Any]:
    """The payload for the browser of a job's subscription.

    `data` tells our worker whose it is (`user`), which news (`news`) of when (`at`), which update (`broadcast`, null
    for others) and whether it may be acknowledged here. The badge stands in both places where browsers look for it.
    """
    lang = str(job.way["lang"]) or "en"
    words = job.words(lang)
    news = job.news
    about = news["ref"] if news["purpose"] in ("broadcast.sent", "ack.reminder") else None
    badge = {"app_badge": "1"} if news["purpose"] in CARRIES_BADGE else {}
    shown: dict[str, Any] = {
        "title": words.title,
        "body": words.body,
        "navigate": f"{str(job.way['address']).rstrip('/')}{news['path']}",
        "lang": lang,
        "tag": str(news["incident"] or news["id"]) if news["purpose"] != "help.answered" else str(news["id"]),
        "silent": job.quiet,
        **badge,
        "data": {
            "user": job.way["user"],
            "news": news["id"],
            "at": to_wire(news["created_at"]),
            "broadcast": about,
            "asks": bool(news["asks"] and about),
        },
    }
    if news["asks"] and about:
        shown["actions"] = [{"action": "ack", "title": acknowledge_word(lang), "navigate": shown["navigate"]}]
    return {"web_push": MARK, "notification": shown, **badge, "mutable": True}
