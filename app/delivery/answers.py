"""What an answer from outside means, when to try again, and when nobody believes it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
REFUSED_PAUSE = timedelta(minutes=2)
JUDGED_AFTER = timedelta(seconds=60)
WAITED_AT_MOST = timedelta(hours=1)

# More than this share of "gone" among the answers of ten minutes is more likely a proxy than so many lost phones.
DOUBTED_SHARE = 0.2
DOUBTED_FROM = 3
JUDGED_OVER = timedelta(minutes=10)


@dataclass(frozen=True)
class Answer:
    """`st`: sent · later · gone · refused · dead · held (not tried at all). `problem` is a code for people's words."""

    st: str
    problem: str = ""
    retry_after: timedelta | None = None

    @property
    def is_silence(self) -> bool:
        """Whether nobody was there, or somebody else than the service."""
        return self.problem in ("no_contact", "not_the_service")


@dataclass(frozen=True)
class Settled:
    """What becomes of a delivery: its state, when it is tried again, and why."""

    state: str
    next_try_at: datetime
    problem: str


SENT = Answer("sent")
NO_CONTACT = Answer("later", "no_contact")


def of_push(status: int, *, content_type: str = "", retry_after: timedelta | None = None) -> Answer:
    """The meaning of a push service's status. A page in place of an answer comes from a proxy."""
    if status in (200, 201, 202):
        return SENT if "html" not in content_type else Answer("later", "not_the_service")
    if status in (404, 410):
        return Answer("gone", "gone")
    if status in (400, 401, 403):
        return Answer("refused", "refused")
    if status == 413:
        return Answer("dead", "too_large")
    return of_any(status, retry_after=retry_after)


def of_any(status: int, *, retry_after: timedelta | None = None) -> Answer:
    """The meaning of a status from a configured target."""
    if 200 <= status < 300:
        return SENT
    if status == 429:
        return Answer("later", "busy", retry_after or FIRST_PAUSE)
    if status >= 500 or status == 408:
        return Answer("later", "service_failed", retry_after)
    if 300 <= status < 400:
        return Answer("later", "not_the_service")
    return Answer("refused", "refused")


def settle(answer: Answer, *, attempts: int, now: datetime, expires_at: datetime, jitter: float) -> Settled:
    """What becomes of a delivery after its `attempts`-th try. `jitter` is a random number between 0.5 and 1.5."""
    if answer.st in ("sent", "dead"):
        return Settled(answer.st, now, answer.problem)
    if answer.st == "held":
        until = now + (answer.retry_after or FIRST_PAUSE) * jitter
        return Settled("failed" if until < expires_at else "dead", until, answer.problem)
    pause = {"gone": JUDGED_AFTER, "refused": max(REFUSED_PAUSE, backoff(attempts))}.get(answer.st, backoff(attempts))
    wait = max(pause * jitter, min(answer.retry_after or timedelta(0), WAITED_AT_MOST))
    if now + wait >= expires_at:
        return Settled("dead", now, answer.problem or "expired")
    return Settled("quarantined" if answer.st == "gone" else "failed", now + wait, answer.problem)


def backoff(attempts: int) -> timedelta:
    """The pause after so many tries, before jitter."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE) if attempts > 0 else FIRST_PAUSE


def is_doubted(*, gone: int, answered: int) -> bool:
    """Whether so many "gone" among so many answers of one service are rather a proxy that answers for everybody."""
    return gone >= DOUBTED_FROM and gone > DOUBTED_SHARE * answered


def path_state(before: str, answers: list[Answer], *, doubted: bool) -> str:
    """How a way out fares after some answers: up, down, refused or doubted. One that went through says it is up."""
    if doubted:
        return "doubted"
    kinds = {answer.st for answer in answers}
    if "sent" in kinds or "dead" in kinds:
        return "up"
    if "refused" in kinds:
        return "refused"
    if any(answer.is_silence or answer.problem == "service_failed" for answer in answers):
        return "down"
    return before if before != "down" or "gone" not in kinds else "up"
