"""A small hospital with the cast in it, and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.base.attestation import by_system
from app.base.ids import named_id
from app.base.meta import put_meta
from app.base.unit_of_work import write
from app.people.commands.accounts import add_user
from app.people.commands.reference import store_reference
from app.people.passwords import hash_secret
from app.people.permissions import LEADER_ROLES, ROLES

PASSWORD = "lamp-in-the-dark"
SITE = "northgate"


@dataclass(frozen=True)
class Member:
    """One of the cast."""

    username: str
    name: str
    memberships: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        return named_id(f"test-user|{self.username}")


NIA = Member("nia", "Nia Okafor", (("icu", "bedside-nurse"),))
DANA = Member("dana", "Dana Reyes", (("icu", "charge-nurse"),))
OMAR = Member("omar", "Omar Haddad", (("it", "it-lead"),))
URI = Member("uri", "Uri Stone", ())
CAST = (NIA, DANA, OMAR, URI)

UNITS = (
    {"id": "icu", "name": "Intensive care", "short": "ICU", "type": "intensive-care", "floor": "3", "phone": "4310"},
    {"id": "5w", "name": "5 West", "short": "5W", "type": "ward", "floor": "5", "phone": "4520"},
    {"id": "it", "name": "IT services", "short": "IT", "type": "service-desk", "floor": "0", "phone": "4000"},
)
CONTACTS = ({"id": "desk", "name": "Service desk", "what": "Anything with IT", "phone": "4000", "order": 1},)


@cache
def kept_password() -> str:
    """The hash of the cast's password, made once: hashing is slow on purpose."""
    return hash_secret(PASSWORD)


def found_hospital() -> None:
    """The hospital with its lists, and the cast."""
    found_hospital_lists()
    for member in CAST:
        add_user(
            by_system(),
            username=member.username,
            name=member.name,
            password_hash=kept_password(),
            memberships=member.memberships,
            user_id=member.id,
        )


def found_hospital_lists() -> None:
    """Site, units, all roles, one contact."""
    with write() as work:
        put_meta(work, "site", SITE)
        store_reference(
            work,
            site={"id": SITE, "name": "Northgate General", "tz": "America/Chicago"},
            units=[{**unit, "order": order} for order, unit in enumerate(UNITS)],
            roles=[
                {"code": code, "title_en": code.replace("-", " "), "leader": code in LEADER_ROLES, "order": order}
                for order, code in enumerate(ROLES)
            ],
            contacts=CONTACTS,
        )


def login(client: FlaskClient, member: Member, *, device: str = "phone-1", **changed: Any) -> TestResponse:
    """Try to sign in; `changed` replaces fields of the body, None leaves one out."""
    body = {
        "username": member.username,
        "password": PASSWORD,
        "device": {"id": device, "label": "Ward phone", "platform": "Android"},
        **changed,
    }
    return client.post("/api/login", json={name: value for name, value in body.items() if value is not None})


def signed_in(client: FlaskClient, member: Member, *, device: str = "phone-1") -> dict[str, Any]:
    """Sign in for certain; the boot object."""
    answer = login(client, member, device=device)
    assert answer.status_code == 200, answer.text
    boot: dict[str, Any] = answer.get_json()
    return boot
