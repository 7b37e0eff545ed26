"""A person gives themself a PIN, to come back quickly on devices where they have signed in before."""

from __future__ import annotations

import re

from sqlalchemy import update

from app.base.attestation import attest_now
from app.base.errors import AppError
from app.base.unit_of_work import write
from app.live.timeline import tell
from app.people.commands.sign_in import prove_password
from app.people.models import User
from app.people.passwords import hash_secret
from app.people.person import Person

PIN = re.compile(r"[0-9]{4,8}")
_RUNS = "01234567890 09876543210"


def set_own_pin(person: Person, *, password: str, pin: str) -> None:
    """Keep a new PIN of somebody signed in, who proves with the password that they are who they are: a device left
    open must not give its finder a lasting way in. Their sign-ins elsewhere go on.

    AppError `weak_pin` (400); `bad_credentials` (401) and `slow_down` (429) as in signing in.
    """
    if not PIN.fullmatch(pin) or is_easy(pin):
        raise AppError("weak_pin", "A PIN has 4 to 8 digits, not all the same and not in a row like 1234.")
    prove_password(person, password)
    kept = hash_secret(pin)
    with write() as work:
        work.session.execute(update(User).where(User.id == person.id).values(pin_hash=kept))
        tell(work, "person.pin_set", attest_now(person.id, person.name, device=person.device))


def is_easy(pin: str) -> bool:
    """Whether a colleague would try it first: one digit over and over, or a run of digits up or down."""
    return len(set(pin)) == 1 or pin in _RUNS
