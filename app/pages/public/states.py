"""How a service stands, from the incidents in force. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.pages.public.views import NoticeView, ServiceView

OPERATIONAL = "operational"
MAINTENANCE = "maintenance"
DEGRADED = "degraded"
DOWN = "down"

# The worst one wins; announced work is better than trouble.
RANK = (OPERATIONAL, MAINTENANCE, DEGRADED, DOWN)
LOWEST_LEVEL = 1


def state_of(notice: NoticeView) -> str:
    """What an incident makes of its services. An exercise makes nothing of them."""
    view = notice.view
    if view.is_exercise or view.state not in ("declared", "restored"):
        return OPERATIONAL
    if notice.is_planned:
        return MAINTENANCE
    # Works again, says IT, but the wards stay on paper until the all-clear: not operational yet.
    return DEGRADED if view.state == "restored" or view.level <= LOWEST_LEVEL else DOWN


def services_now(catalogue: Sequence[tuple[str, str, str]], notices: Iterable[NoticeView]) -> tuple[ServiceView, ...]:
    """Every service of the catalogue (code, title, what staff call it) in its order, then those it has lost."""
    touching: dict[str, list[NoticeView]] = {}
    for notice in notices:
        if state_of(notice) != OPERATIONAL:
            for code in notice.services:
                touching.setdefault(code, []).append(notice)
    known = {code for code, _title, _plain in catalogue}
    lost = [(code, code, "") for code in touching if code not in known]
    return tuple(_service(entry, touching.get(entry[0], [])) for entry in (*catalogue, *lost))


def _service(entry: tuple[str, str, str], notices: Sequence[NoticeView]) -> ServiceView:
    code, title, plain = entry
    worst = max((state_of(notice) for notice in notices), key=RANK.index, default=OPERATIONAL)
    causes = [notice for notice in notices if state_of(notice) == worst]
    return ServiceView(
        code=code,
        title=title,
        plain=plain,
        state=worst,
        since=min((notice.view.since for notice in causes), default=None),
        labels=tuple(notice.view.label for notice in notices),
    )
