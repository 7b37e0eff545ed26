"""The documents of the Statuspage API, version 2, so that wallboards, bots and monitors can read ours. Pure.

Exercises are left out: a program can't see that they are practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.base.instants import to_wire
from app.pages.public.states import DEGRADED, DOWN, MAINTENANCE, OPERATIONAL
from app.pages.public.views import Bulletin, NoticeView, ServiceView, StepView, UpdateView

Document = dict[str, Any]

COMPONENT_STATUS = {
    OPERATIONAL: "operational",
    MAINTENANCE: "under_maintenance",
    DEGRADED: "degraded_performance",
    DOWN: "major_outage",
}
INCIDENT_STATUS = {
    "declared": "investigating",
    "restored": "monitoring",
    "all_clear": "monitoring",
    "closed": "resolved",
    "cancelled": "resolved",
}
MAINTENANCE_STATUS = {
    "planned": "scheduled",
    "declared": "in_progress",
    "restored": "verifying",
    "all_clear": "completed",
    "closed": "completed",
    "cancelled": "completed",
}
IMPACT_OF_LEVEL = {1: "minor", 2: "major", 3: "critical", 4: "critical"}
DESCRIPTION = {
    "none": "All Systems Operational",
    "minor": "Minor Service Outage",
    "major": "Partial System Outage",
    "critical": "Major Service Outage",
    "maintenance": "Service Under Maintenance",
}
IMPACTS = ("none", "maintenance", "minor", "major", "critical")


def documents(bulletin: Bulletin, *, address: str, sentences: Mapping[str, str]) -> dict[str, Document]:
    """Every document by its path below /api/v2/. `sentences` tell an incident's steps; `address` ends in a slash."""
    page = _page(bulletin, address)
    real = [notice for notice in bulletin.running if not notice.view.is_exercise]
    writer = _Writer(bulletin, address, sentences)
    unresolved = [writer.incident(notice) for notice in real if not notice.is_planned]
    resolved = [writer.incident(notice) for notice in bulletin.past if not notice.is_planned]
    active = [writer.maintenance(notice) for notice in real if notice.is_planned]
    upcoming = [writer.maintenance(notice) for notice in bulletin.planned]
    completed = [writer.maintenance(notice) for notice in bulletin.past if notice.is_planned]
    components = [writer.component(service, position) for position, service in enumerate(bulletin.services, 1)]
    status = overall(real)
    return {
        "summary.json": {
            "page": page, "components": components, "incidents": unresolved,
            "scheduled_maintenances": active + upcoming, "status": status,
        },
        "status.json": {"page": page, "status": status},
        "components.json": {"page": page, "components": components},
        "incidents.json": {"page": page, "incidents": unresolved + resolved},
        "incidents/unresolved.json": {"page": page, "incidents": unresolved},
        "scheduled-maintenances.json": {"page": page, "scheduled_maintenances": upcoming + active + completed},
        "scheduled-maintenances/upcoming.json": {"page": page, "scheduled_maintenances": upcoming},
        "scheduled-maintenances/active.json": {"page": page, "scheduled_maintenances": active},
    }  # fmt: skip


PATHS = (
    "summary.json", "status.json", "components.json", "incidents.json", "incidents/unresolved.json",
    "scheduled-maintenances.json", "scheduled-maintenances/upcoming.json", "scheduled-maintenances/active.json",
)  # fmt: skip


def impact_of(notice: NoticeView) -> str:
    """none, minor, major or critical by the level; after the all-clear nothing is affected any more."""
    if notice.is_planned:
        return "maintenance"
    return IMPACT_OF_LEVEL.get(notice.view.level, "critical")


def overall(real: Iterable[NoticeView]) -> Document:
    """The indicator of the whole page: the worst of what is in force now."""
    in_force = [notice for notice in real if notice.view.state in ("declared", "restored")]
    indicator = max((impact_of(notice) for notice in in_force), key=IMPACTS.index, default="none")
    return {"indicator": indicator, "description": DESCRIPTION[indicator]}


def _page(bulletin: Bulletin, address: str) -> Document:
    return {
        "id": bulletin.site.id,
        "name": bulletin.site.name,
        "url": address,
        "time_zone": bulletin.site.tz,
        "updated_at": to_wire(bulletin.changed_at),
    }


class _Writer:
    """Writes incidents and components of one bulletin."""

    def __init__(self, bulletin: Bulletin, address: str, sentences: Mapping[str, str]) -> None:
        self._bulletin, self._address, self._sentences = bulletin, address, sentences
        self._services = {service.code: service for service in bulletin.services}

    def component(self, service: ServiceView, position: int) -> Document:
        since = service.since or self._bulletin.known_since
        return {
            "id": service.code,
            "name": service.title,
            "status": COMPONENT_STATUS[service.state],
            "created_at": to_wire(self._bulletin.known_since),
            "updated_at": to_wire(since),
            "position": position,
            "description": service.plain or None,
            "showcase": False,
            "start_date": None,
            "group_id": None,
            "page_id": self._bulletin.site.id,
            "group": False,
            "only_show_if_degraded": False,
        }

    def incident(self, notice: NoticeView) -> Document:
        return self._event(notice, INCIDENT_STATUS)

    def maintenance(self, notice: NoticeView) -> Document:
        return {
            **self._event(notice, MAINTENANCE_STATUS),
            "scheduled_for": to_wire(notice.view.since),
            "scheduled_until": to_wire(notice.planned_until),
        }

    def _event(self, notice: NoticeView, words: Mapping[str, str]) -> Document:
        view = notice.view
        status = words[view.state]
        if status == "investigating" and notice.updates:
            status = "identified"
        order = [service.code for service in self._bulletin.services]
        components = [
            self.component(self._services[code], order.index(code) + 1)
            for code in notice.services
            if code in self._services
        ]
        return {
            "id": notice.id,
            "name": view.title,
            "status": status,
            "created_at": to_wire(notice.declared_at),
            "updated_at": to_wire(notice.changed_at),
            "monitoring_at": to_wire(view.restored_at),
            "resolved_at": to_wire(notice.ended_at),
            "impact": impact_of(notice),
            "shortlink": f"{self._address}#{notice.anchor}",
            "started_at": to_wire(view.since),
            "page_id": self._bulletin.site.id,
            "incident_updates": self._updates(notice, words),
            "components": components,
        }

    def _updates(self, notice: NoticeView, words: Mapping[str, str]) -> list[Document]:
        return [self._update(notice, one, words) for one in notice.told]

    def _update(self, notice: NoticeView, told: UpdateView | StepView, words: Mapping[str, str]) -> Document:
        at = to_wire(told.at)
        return {
            "id": told.id,
            "status": self._status_then(notice, told, words),
            "body": body_of(told, self._sentences),
            "incident_id": notice.id,
            "created_at": at,
            "updated_at": at,
            "display_at": at,
            "affected_components": None,
            "deliver_notifications": False,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _status_then(self, notice: NoticeView, told: UpdateView | StepView, words: Mapping[str, str]) -> str:
        """The status of the incident when this was told: with the first update the trouble has a name."""
        if isinstance(told, StepView):
            return words[told.state]
        status = words[next((step.state for step in notice.steps if step.at <= told.at), "declared")]
        return "identified" if status == "investigating" else status


def body_of(told: UpdateView | StepView, sentences: Mapping[str, str]) -> str:
    """One update or step as plain text. Raises KeyError for a step that has no sentence."""
    if isinstance(told, StepView):
        return sentences[told.state]
    if told.state == "cancelled":
        return sentences["withdrawn"] % {"no": told.no}
    if not told.headline:
        return sentences["for_staff"] % {"no": told.no}
    lines = [sentences["update"] % {"no": told.no, "headline": told.headline}]
    if told.works:
        lines.append(sentences["works"] % {"works": "; ".join(told.works)})
    return "\n".join(lines)
