"""Alerts of a phone, and the addresses of its person, over HTTP (docs/protocol.md, section 12)."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.base.errors import AppError
from app.delivery.commands.addresses import set_address
from app.delivery.commands.subscriptions import send_test, subscribe, unsubscribe
from app.people.guard import action, current_person, json_endpoint
from app.people.person import Person

blueprint = Blueprint("delivery", __name__)

Endpoint = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
Key = Annotated[str, StringConstraints(min_length=10, max_length=100, pattern=r"^[A-Za-z0-9_=-]+$")]
Secret = Annotated[str, StringConstraints(min_length=10, max_length=40, pattern=r"^[A-Za-z0-9_=-]+$")]


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class KeysBody(_Body):
    """The browser's public key and secret."""

    p256dh: Key
    auth: Secret


class SubscriptionBody(_Body):
    """What the browser's push manager gave, and the language of the app there."""

    endpoint: Endpoint
    keys: KeysBody
    lang: Annotated[str, StringConstraints(max_length=5)] = ""


class EndBody(_Body):
    """Which subscription ends; without an endpoint, this phone's."""

    endpoint: Endpoint | None = None


class EmptyBody(_Body):
    """Nothing needed."""


class AddressBody(_Body):
    """The person's own addresses; a field that is missing stays as it is, an empty one goes."""

    email: Annotated[str, StringConstraints(max_length=200)] | None = None
    mobile: Annotated[str, StringConstraints(max_length=40)] | None = None


@blueprint.post("/api/push/subscriptions")
@action("push.subscribe")
@json_endpoint(SubscriptionBody)
def add_subscription(*, body: SubscriptionBody) -> tuple[dict[str, Any], int]:
    """Alerts on, for the person who is signed in on this phone."""
    subscription = subscribe(
        _on_a_phone(), endpoint=body.endpoint, p256dh=body.keys.p256dh, auth=body.keys.auth,
        lang=body.lang or request.accept_languages.best_match(["en", "es"], "en") or "en",
        address=request.host_url.rstrip("/")[:200], server_key=current_app.extensions["vapid_public_key"],
    )  # fmt: skip
    return {"id": subscription}, 201


@blueprint.delete("/api/push/subscriptions")
@action("push.subscribe")
@json_endpoint(EndBody)
def end_subscription(*, body: EndBody) -> dict[str, Any]:
    """Alerts off."""
    return {"ended": unsubscribe(_on_a_phone(), endpoint=body.endpoint)}


@blueprint.post("/api/push/test")
@action("push.subscribe")
@json_endpoint(EmptyBody)
def test_subscription(*, body: EmptyBody) -> dict[str, Any]:
    """A test alert to this phone."""
    return {"news": send_test(_on_a_phone())}


@blueprint.post("/api/addresses")
@action("address.set")
@json_endpoint(AddressBody)
def set_addresses(*, body: AddressBody) -> dict[str, Any]:
    """The person's own e-mail address and mobile number."""
    person = current_person()
    for channel, address in (("email", body.email), ("sms", body.mobile)):
        if address is not None:
            set_address(person, user=person.id, name=person.name, channel=channel, address=address)
    return {"ok": True}


def _on_a_phone() -> Person:
    person = current_person()
    if person.device is None:
        raise AppError("malformed", "This sign-in has no device. Please sign in again.")
    return person


@blueprint.after_request
def _keep_out_of_caches(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
