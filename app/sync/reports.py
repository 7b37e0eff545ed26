"""What the phones of one transaction said of themselves beside their ops: kept, and told to leaders where it is bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.base.attestation import attest_now
from app.base.unit_of_work import UnitOfWork
from app.live.timeline import tell
from app.people.commands.device_reports import DeviceNews, DeviceReport, Said, note_device_reports
from app.people.person import Person
from app.response.queries import running_incidents
from app.sync.envelope import oldest_at
from app.sync.pushes import Applied, Push


def note_reports(work: UnitOfWork, pushes: Sequence[Push], fresh: Mapping[str, Applied]) -> None:
    """Keep what each push said of its device; `fresh` are the ops that were heard for the first time."""
    by_push: dict[int, list[Applied]] = {}
    for one in fresh.values():
        by_push.setdefault(id(one.push), []).append(one)
    said = [
        Said(push.actor.id, push.device, _report(push, by_push.get(id(push), [])), heard_now=push.carrier is None)
        for push in pushes
    ]
    for push, news in zip(pushes, note_device_reports(work, said), strict=True):
        if news is not None:
            _tell_news(work, push.actor, push.device, news)


def _report(push: Push, heard: Sequence[Applied]) -> DeviceReport:
    queue = push.request.queue
    waiting = sum(1 for one in heard if one.outcome.st == "retry")
    return DeviceReport(
        # 0: an op that needs the server now; it never waits on the phone, so it is not counted
        numbers=tuple(one.op.n for one in heard if one.outcome.st != "retry" and one.op.n > 0),
        queue_len=max(0, queue.len - (push.size - waiting)) if queue else 0,
        oldest_at=oldest_at(queue, push.received_at),
        app_version=push.request.app,
    )


def _tell_news(work: UnitOfWork, actor: Person, device: str, news: DeviceNews) -> None:
    """Entries that a device has lost are told to the leaders of every incident that runs."""
    attestation = attest_now(actor.id, actor.name, device=device)
    incidents: list[str | None] = [incident["id"] for incident in running_incidents(actor.site)]
    for incident in incidents or [None]:
        if news.emptied:
            tell(work, "device.emptied", attestation, incident=incident, label=news.label or device)
        if news.lost:
            tell(work, "device.gap", attestation, incident=incident, label=news.label or device, count=news.lost)
