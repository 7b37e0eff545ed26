"""Phones that have subscribed, places that listen, and news for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from app.base import clock as base_clock
from app.base.db import db
from app.base.ids import uuid7
from app.base.unit_of_work import write
from app.delivery.channels import CONFIGURED
from app.delivery.channels.push import push_sender
from app.delivery.commands.enqueue import enqueue
from app.delivery.keys import load_vapid
from app.delivery.models import Delivery, DeliveryAddress, DeliveryTarget, PathState, PushSubscription
from app.delivery.news import News
from app.delivery.outgoing import Outgoing
from app.delivery.webpush_client import Sealer
from app.delivery.worker import Worker
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.fakes.push_service import PushService, push_service
from tests.push_keys import EXAMPLE_AUTH, EXAMPLE_KEY
from tests.shared_app import app

__all__ = ["app"]


@pytest.fixture
def northgate_open(clock: FakeClock, hospital: Hospital) -> Hospital:
    """The small hospital at the present moment, as push services check when a token ends, which then stands still."""
    clock.set(datetime.now(UTC))
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


class Post:
    """The push service and our worker that sends to it."""

    def __init__(self, ways: Ways, service: PushService) -> None:
        self.ways, self.service = ways, service

    def phone(self, username: str, name: str = "", **fields: Any) -> str:
        """A phone of a person at the service; its id."""
        at = name or username
        browser = self.service.browser(at)
        return self.ways.phone(
            username, endpoint=self.service.endpoint(at), origin=self.service.origin, **browser.keys, **fields
        )

    def work(self, **changed: Any) -> None:
        """Let a worker send all that is due."""
        worker = self.worker(**changed)
        worker.run_until_idle()
        worker.close()
        db.session.remove()

    def worker(self, *, seconds: float = 5, in_flight: int = 8) -> Worker:
        settings = self.ways.app.extensions["settings"]
        sealer = Sealer(load_vapid(settings.data_dir))
        senders: dict[str, Any] = {name: kind.send for name, kind in CONFIGURED.items()}
        senders["push"] = push_sender(sealer, named={self.service.origin})
        outgoing = Outgoing(deadline_seconds=seconds)
        return Worker(self.ways.app, senders, outgoing, in_flight=in_flight, jitter=lambda: 1.0)

    def states(self) -> list[tuple[str, str]]:
        """(state, problem) of every delivery."""
        return [(one.state, one.problem) for one in self.ways.queued()]

    def subscription(self, subscription: str) -> str:
        """The state of a subscription."""
        db.session.remove()
        return str(
            db.session.execute(select(PushSubscription.state).where(PushSubscription.id == subscription)).scalar()
        )

    def path(self) -> str:
        """How the push service fares in our eyes."""
        db.session.remove()
        return str(db.session.execute(select(PathState.state).where(PathState.id == self.service.origin)).scalar())


@pytest.fixture
def post(ways: Ways) -> Iterator[Post]:
    with push_service() as service:
        service.server_key = load_vapid(ways.app.extensions["settings"].data_dir).public
        yield Post(ways, service)
        assert service.problems == []
