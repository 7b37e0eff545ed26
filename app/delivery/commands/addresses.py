"""Where a person may be written to outside of the app."""

from __future__ import annotations

import re
from email.headerregistry import Address

from sqlalchemy import delete, insert, select

from app.base.attestation import attest_now
from app.base.errors import AppError
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.models import DeliveryAddress
from app.live.rows import drop_row, put_row
from app.live.scopes import user_scope
from app.live.timeline import tell
from app.people.person import Person

NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
LONGEST = 200


def set_address(actor: Person, *, user: str, name: str, channel: str, address: str) -> None:
    """Keep a person's e-mail address (`email`) or mobile number (`sms`); empty takes it away.

    Repeating changes nothing. AppError `bad_address` with a sentence for what is neither.
    """
    checked = check_address(channel, address)
    with write() as work:
        mine = (DeliveryAddress.user == user, DeliveryAddress.channel == channel)
        known = work.session.execute(select(DeliveryAddress.address).where(*mine)).scalar() or ""
        if known == checked:
            return
        work.session.execute(delete(DeliveryAddress).where(*mine))
        if checked:
            values = {"id": uuid7(), "user": user, "channel": channel, "address": checked, "changed_at": work.now}
            work.session.execute(insert(DeliveryAddress), [values])
        put_address_row(work, user, channel, checked)
        event = "person.address_set" if checked else "person.address_removed"
        tell(work, event, attest_now(actor.id, actor.name, device=actor.device), name=name)


def check_address(channel: str, address: str) -> str:
    """The address as it is kept; empty for an empty one."""
    text = " ".join(address.split())
    if not text:
        return ""
    if channel == "sms":
        number = re.sub(r"[ ()./-]", "", text)
        if not NUMBER.fullmatch(number):
            raise AppError("bad_address", "Write the mobile number with its country, such as +44 7700 900123.")
        return number
    try:
        fits = len(text) <= LONGEST and "." in Address(addr_spec=text).domain
    except (ValueError, IndexError):
        fits = False
    if not fits:
        raise AppError("bad_address", "Write an e-mail address such as nia@hospital.example.")
    return text


def put_address_row(work: UnitOfWork, user: str, channel: str, address: str) -> None:
    """The person's own row of an address (docs/protocol.md, `address`)."""
    row_id = f"address:{channel}"
    if not address:
        drop_row(work, user_scope(user), row_id, "address")
        return
    body = {"channel": channel, "address": address, "changed_at": to_wire(work.now)}
    put_row(work, user_scope(user), row_id, "address", body)
