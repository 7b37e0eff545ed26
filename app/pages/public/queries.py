"""The public status, put together once for each change and minute, however many ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar

from flask import current_app
from sqlalchemy import select

from app.base import clock
from app.base.db import db
from app.base.meta import epoch, meta
from app.base.models import Event
from app.base.reading import Record
from app.broadcasts.queries import broadcasts_of_all
from app.live.queries import bodies_of, scope_heads
from app.live.scopes import ref_scope, site_scope
from app.pages.public.history import DAYS_SHOWN, days_of
from app.pages.public.kept import Kept
from app.pages.public.notices import notice_of
from app.pages.public.states import services_now
from app.pages.public.views import Bulletin, NoticeView
from app.pages.public.words import bulletin_in
from app.pages.queries import calls_of, this_site
from app.pages.views import DownView, SiteView
from app.response.queries import incidents_since
from app.services.queries import service_list

Made = TypeVar("Made")

CLOSING_NOTICE = timedelta(hours=48)
# How far back the machine-readable list of incidents goes, and how many it holds at most.
LISTED_FOR = timedelta(days=90)
MOST_LISTED = 50


def state_key() -> tuple[Hashable, ...]:
    """What the public status depends on: the record of the site, its reference data, and the minute."""
    site = meta("site")
    scopes = [site_scope(site), ref_scope(site)]
    heads = scope_heads(scopes)
    minute = clock.now().replace(second=0, microsecond=0)
    return (str(db.engine.url), site, epoch(), *(heads[scope][0] for scope in scopes), minute)


def kept_for_all(name: Hashable, make: Callable[[], Made]) -> Made:
    """A value that depends on the public status alone; made again after a change or when the minute has passed."""
    kept: Kept = current_app.extensions["public_kept"]
    return kept.get(state_key(), name, make)


def bulletin() -> Bulletin:
    """What everybody may know now."""
    return kept_for_all("bulletin", _put_together)


def words_of_plans(language: str) -> dict[str, dict[str, str]]:
    """The words of every plan in a language, by plan: `{English text: text}`; empty for the language of the plans."""

    def read() -> dict[str, dict[str, str]]:
        rows = bodies_of(ref_scope(meta("site")), "words")
        return {row["plan"]: row["texts"] for row in rows if row["language"] == language}

    return kept_for_all(("words", language), read)


def bulletin_for(language: str) -> Bulletin:
    """What everybody may know now, with the words of the plans in a language."""
    return bulletin_in(bulletin(), words_of_plans(language))


def _put_together() -> Bulletin:
    site, now = this_site(), clock.now()
    known_since = _known_since(now)
    notices = _notices(site, now)
    planned = [notice for notice in notices if notice.view.state == "planned"]
    running = [notice for notice in notices if notice.ended_at is None and notice not in planned]
    ended = [notice for notice in notices if notice.ended_at is not None]
    catalogue = [(entry.code, entry.title, entry.plain) for entry in service_list(site.id)]
    return Bulletin(
        site=site,
        now=now,
        changed_at=max([known_since, *(notice.changed_at for notice in notices)]),
        known_since=known_since,
        services=services_now(catalogue, running),
        running=tuple(sorted(running, key=lambda notice: notice.view.is_exercise)),
        ended=tuple(one for one in ended if one.ended_at and now - one.ended_at < CLOSING_NOTICE),
        past=tuple(one for one in ended if not one.view.is_exercise)[:MOST_LISTED],
        planned=tuple(sorted((one for one in planned if not one.view.is_exercise), key=lambda one: one.view.since)),
        days=days_of(notices, now=now, tz=site.tz, known_since=known_since),
        calls=calls_of(site.id),
    )


def _known_since(now: datetime) -> datetime:
    """Since when there is a record at all: before it nobody can say that nothing was down."""
    first = db.session.execute(select(Event.received_at).order_by(Event.id).limit(1)).scalar()
    return first or now


def _notices(site: SiteView, now: datetime) -> list[NoticeView]:
    """Incidents that run, and those that ended lately; newest first."""
    found = incidents_since(site.id, ended_after=now - max(LISTED_FOR, timedelta(days=DAYS_SHOWN + 1)))
    names = {entry.code: DownView(entry.title, entry.plain) for entry in service_list(site.id)}
    said: dict[str, list[Record]] = broadcasts_of_all([row["id"] for row in found])
    headlines = current_app.extensions["settings"].public_updates
    return [notice_of(row, said.get(row["id"], []), names=names, headlines=headlines, now=now) for row in found]
