"""Phones that have subscribed, places that listen, and news for them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from app.base import clock as base_clock
from app.base.db import db
from app.base.ids import uuid7
from app.base.unit_of_work import write
from app.delivery.commands.enqueue import enqueue
from app.delivery.models import Delivery, DeliveryAddress, DeliveryTarget, PushSubscription
from app.delivery.news import News
from tests.cast import Hospital
from tests.conftest import FakeClock

EXAMPLE_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
EXAMPLE_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@pytest.fixture
def northgate_open(clock: FakeClock, hospital: Hospital) -> Hospital:
    """The small hospital at a moment that stands still."""
    return hospital


class Ways:
    """Makes ways to people and places, and reads what was queued on them."""

    def __init__(self, app: Flask, hospital: Hospital) -> None:
        self.app, self.hospital = app, hospital

    def phone(self, username: str, **fields: Any) -> str:
        """A subscription of a person's phone; its id."""
        made = uuid7()
        values = {
            "id": made, "endpoint": f"https://push.example/{made}", "endpoint_hash": made, "origin": "https://push.example",
            "p256dh": EXAMPLE_KEY, "auth": EXAMPLE_AUTH, "user": self.hospital.ids[username],
            "device": f"device-{username}", "lang": "en", "address": "https://wardlight.example", "server_key": "",
            "state": "active", "state_at": base_clock.now(), "created_at": base_clock.now(),
        }  # fmt: skip
        return self._insert(PushSubscription, {**values, **fields})

    def address(self, username: str, channel: str, address: str) -> str:
        """An address of a person; its id."""
        values = {"id": uuid7(), "user": self.hospital.ids[username], "channel": channel, "address": address}
        return self._insert(DeliveryAddress, {**values, "changed_at": base_clock.now()})

    def place(self, channel: str, events: list[str], **fields: Any) -> str:
        """A configured target; its id."""
        values = {
            "id": uuid7(), "site": "northgate", "channel": channel, "label": channel, "enabled": True, "events": events,
            "config": {}, "secret": "", "created_at": base_clock.now(),
        }  # fmt: skip
        return self._insert(DeliveryTarget, {**values, **fields})

    def tell(self, *usernames: str, acknowledged: tuple[str, ...] = (), **fields: Any) -> int:
        """Queue news for these people; how many ways it took."""
        ids = self.hospital.ids
        news = News(
            **{"key": "broadcast:1", "purpose": "broadcast.sent", "kind": "real", "site": "northgate", **fields}
        )
        with write() as work:
            return enqueue(work, news, [ids[n] for n in usernames], acknowledged=[ids[n] for n in acknowledged])

    def queued(self) -> list[Any]:
        """All deliveries, by channel and target."""
        db.session.remove()
        query = select(Delivery).order_by(Delivery.channel, Delivery.target)
        return list(db.session.execute(query).scalars())

    def _insert(self, model: Any, values: dict[str, Any]) -> str:
        with write() as work:
            work.session.execute(insert(model), [values])
        return str(values["id"])


@pytest.fixture
def ways(app: Flask, northgate_open: Hospital) -> Ways:
    return Ways(app, northgate_open)
