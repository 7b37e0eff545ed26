"""How the packets of the night fare, for leaders to see: a line on the board and in the office."""

from __future__ import annotations

from datetime import datetime

from app.base import clock
from app.base.instants import to_wire
from app.base.meta import meta, put_meta
from app.base.unit_of_work import write
from app.live.rows import drop_row, put_row
from app.live.scopes import site_command_scope

ALARM = "alarm:packets"
PRINTED_AT, FAILED_AT, PROBLEM = "packets_printed_at", "packets_failed_at", "packets_problem"
WORDS = {
    "en": "The packets of the night were not printed: {problem}. Paper in the kits grows old. Tell IT.",
    "es": "No se imprimieron los paquetes de la noche: {problem}. El papel de los kits envejece. Avise a TI.",
}


def note_nightly(*, problem: str | None) -> None:
    """Keep that the packets of the night were written, or why not; leaders see the alarm until a night succeeds."""
    now = clock.now()
    with write() as work:
        scope = site_command_scope(meta("site"))
        if problem is None:
            put_meta(work, PRINTED_AT, to_wire(now) or "")
            put_meta(work, FAILED_AT, "")
            drop_row(work, scope, ALARM, "alarm")
            return
        since = meta(FAILED_AT) or to_wire(now) or ""
        put_meta(work, FAILED_AT, since)
        put_meta(work, PROBLEM, problem[:200])
        text = {language: words.format(problem=problem[:200]) for language, words in WORDS.items()}
        put_row(work, scope, ALARM, "alarm", {"what": "packets", "since": since, "text": text})


def last_night() -> tuple[datetime | None, datetime | None, str]:
    """(when packets were last written, since when they fail or None, why)."""
    printed, failed = meta(PRINTED_AT), meta(FAILED_AT)
    done = clock.from_wire(printed) if printed else None
    return done, clock.from_wire(failed) if failed else None, meta(PROBLEM) if failed else ""
