"""Sign-in over HTTP (docs/protocol.md, section 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Self

from flask import Blueprint, Response, current_app, session
from flask_login import login_user, logout_user
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from app.base import clock
from app.base.instants import to_wire
from app.base.meta import epoch
from app.base.settings import Settings
from app.people.commands.devices import DeviceCard
from app.people.commands.own_pin import set_own_pin
from app.people.commands.sign_in import sign_in, sign_out
from app.people.commands.tokens import renew_push_token
from app.people.guard import action, current_person, json_endpoint, nothing, somebody
from app.people.person import Person
from app.people.queries import rooms_of, scopes_of, site_card
from app.people.session import SessionUser

PROTOCOL = {"cur": 1, "min": 1}

blueprint = Blueprint("people", __name__)


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("Text must not hold the NUL character.")
    return text


ShortText = Annotated[str, StringConstraints(max_length=120), AfterValidator(_without_nul)]


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class DeviceBody(_Body):
    """The device as it names itself."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
    label: ShortText = ""
    platform: ShortText = ""


class LoginBody(_Body):
    """A name with a password or a PIN, and the device."""

    username: Annotated[
        str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), AfterValidator(_without_nul)
    ]
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    pin: Annotated[str, StringConstraints(min_length=1, max_length=12)] | None = None
    device: DeviceBody

    @model_validator(mode="after")
    def _one_secret(self) -> Self:
        if (self.password is None) == (self.pin is None):
            raise ValueError("Send either the field “password” or the field “pin”.")
        return self


class PinBody(_Body):
    """A new PIN, and the password as a proof."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    pin: Annotated[str, StringConstraints(min_length=1, max_length=12)]


class EmptyBody(_Body):
    """Nothing needed."""


@blueprint.post("/api/login")
@action("public")
@json_endpoint(LoginBody)
def login(*, body: LoginBody) -> dict[str, Any]:
    """Sign in on a device; the cookie names the sign-in, the answer carries the push token."""
    device = DeviceCard(body.device.id, body.device.label, body.device.platform)
    signed_in = sign_in(body.username, password=body.password, pin=body.pin, device=device)
    session.clear()
    session.permanent = True
    login_user(SessionUser(signed_in.person))
    return boot_answer(signed_in.person) | {"push_token": signed_in.push_token}


@blueprint.get("/api/boot")
@action("signed_in")
def boot() -> dict[str, Any]:
    """All a phone needs to begin or go on."""
    return boot_answer(current_person())


@blueprint.get("/api/signed-in")
@action("public")
def whose_cookie() -> dict[str, Any] | Response:
    """Whose sign-in this cookie is: the boot object, or 204 for nobody's.

    A device that nobody uses asks this; a refusal would stand in its browser's list of faults at every start.
    """
    person = somebody()
    return nothing() if person is None else boot_answer(person)


@blueprint.post("/api/token")
@action("signed_in")
@json_endpoint(EmptyBody)
def token(*, body: EmptyBody) -> dict[str, Any]:
    """A new push token for a phone that lost its own, and whose it is."""
    person = current_person()
    return {"push_token": renew_push_token(person), "user": person.id}


@blueprint.post("/api/pin")
@action("signed_in")
@json_endpoint(PinBody)
def pin(*, body: PinBody) -> dict[str, Any]:
    """Give the person who is signed in a PIN for devices where they have signed in before."""
    set_own_pin(current_person(), password=body.password, pin=body.pin)
    return {"ok": True}


@blueprint.post("/api/logout")
@action("public")
@json_endpoint(EmptyBody)
def logout(*, body: EmptyBody) -> dict[str, Any]:
    """End the sign-in, if there is one."""
    person = somebody()
    if person is not None:
        sign_out(person)
    logout_user()
    session.clear()
    return {"ok": True}


@blueprint.get("/api/ping")
@action("public")
def ping() -> dict[str, Any]:
    """The heartbeat that proves the answer is this server's own and not a hotspot's."""
    return {"wardlight": epoch(), "now": to_wire(clock.now())}


def boot_answer(person: Person) -> dict[str, Any]:
    """The boot object of somebody signed in, with a fresh ticket for the websocket."""
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()
    claims = {
        "user": person.id,
        "session": person.session_id,
        "device": person.device,
        "rooms": rooms_of(person),
    }
    return {
        "now": to_wire(now),
        "epoch": epoch(),
        "proto": PROTOCOL,
        "app": app_version(),
        "user": {
            "id": person.id,
            "name": person.name,
            "username": person.username,
            "roles": list(person.roles),
            "units": list(person.units),
            "memberships": [{"unit": unit, "role": role} for unit, role in person.memberships],
        },
        "site": site_card(person.site),
        "device": person.device,
        "ws_ticket": current_app.extensions["tickets"].sign(claims),
        "vapid": current_app.extensions.get("vapid_public_key", ""),
        "keys": current_app.extensions["keys"].public(),
        "offline_until": to_wire(now + timedelta(hours=settings.offline_reading_hours)),
        "scopes": scopes_of(person),
    }


def app_version() -> dict[str, Any]:
    """The build this server serves, the oldest one that may go on, and whether updates are held back now."""
    extensions = current_app.extensions
    return {"ver": extensions.get("build", "dev"), "min": extensions.get("build_min", ""), "hold": extensions["hold"]()}


@blueprint.after_request
def _keep_out_of_caches(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
