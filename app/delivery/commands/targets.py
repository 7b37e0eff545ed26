"""What an administrator decides about what leaves the server: the ways out, what they are told of, the policy."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert, select, update

from app.base.attestation import attest_now
from app.base.errors import AppError, NotFound
from app.base.ids import uuid7
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.channels import CONFIGURED
from app.delivery.channels.webhook import PREFIX
from app.delivery.commands.enqueue import enqueue_test
from app.delivery.keys import Seal
from app.delivery.models import Delivery, DeliveryAddress, DeliveryPolicy, DeliveryTarget, PathState
from app.delivery.news import News
from app.delivery.origins import named_origins
from app.delivery.policy import CHANNELS, EVENTS, EVENTS_FOR_PEOPLE, PEOPLES_CHANNELS
from app.live.timeline import tell
from app.people.person import Person

LONGEST_LABEL = 80
LONGEST_VALUE = 1000
MOST_TARGETS = 50


def add_target(
    actor: Person,
    *,
    channel: str,
    label: str,
    events: Collection[str],
    config: Mapping[str, str],
    secret: str,
) -> tuple[str, str]:
    """Add a way out; its id, and the secret that was made for it (a webhook's), which is shown this once.

    AppError `bad_target` with a sentence for what does not fit.
    """
    kind = CONFIGURED.get(channel)
    if kind is None:
        raise AppError("bad_target", "Choose what kind of way it is.")
    kept = {field.name: config.get(field.name, "").strip()[:LONGEST_VALUE] for field in kind.fields}
    missing = [field.label for field in kind.fields if field.required and not kept[field.name]]
    if missing or not label.strip():
        raise AppError("bad_target", f"Something is missing: {', '.join(missing) or 'its name'}.")
    made = PREFIX + base64.b64encode(secrets.token_bytes(24)).decode() if channel == "webhook" else ""
    given = made or secret.strip()[:LONGEST_VALUE]
    if kind.secret_required and not given:
        raise AppError("bad_target", f"Something is missing: {kind.secret_label}.")
    wrong = kind.check(kept, given, named_origins(current_app.extensions["settings"].delivery_origins))
    if wrong:
        raise AppError("bad_target", wrong)
    values = {
        "id": uuid7(), "site": actor.site, "channel": channel, "label": " ".join(label.split())[:LONGEST_LABEL],
        "enabled": True, "events": _known_events(channel, events), "config": kept,
        "secret": Seal(current_app.config["SECRET_KEY"]).close(given),
    }  # fmt: skip
    with write() as work:
        _refuse_too_many(work, actor.site)
        work.session.execute(insert(DeliveryTarget), [{**values, "created_at": work.now}])
        _tell(work, actor, "delivery.target_added", str(values["label"]))
    return str(values["id"]), made


def enable_target(actor: Person, target: str, *, enabled: bool) -> None:
    """Use a way out again, or stop using it; what waits for it is given up. Repeating it changes nothing."""
    with write() as work:
        label = _label(work, actor, target)
        changed = update(DeliveryTarget).where(DeliveryTarget.id == target, DeliveryTarget.enabled.is_(not enabled))
        if not work.session.execute(changed.values(enabled=enabled)).rowcount:  # type: ignore[attr-defined]
            return
        if not enabled:
            _give_up(work, target)
        _tell(work, actor, "delivery.target_enabled" if enabled else "delivery.target_disabled", label)


def remove_target(actor: Person, target: str) -> None:
    """Take a way out away, with its secret. NotFound when it is gone already."""
    with write() as work:
        label = _label(work, actor, target)
        _give_up(work, target)
        work.session.execute(delete(PathState).where(PathState.id == target))
        work.session.execute(delete(DeliveryTarget).where(DeliveryTarget.id == target))
        _tell(work, actor, "delivery.target_removed", label)


def send_target_test(actor: Person, target: str) -> None:
    """Send a test on a way out. By e-mail or SMS it goes to the actor's own address; AppError `no_address` without."""
    with write() as work:
        _label(work, actor, target)
        channel = work.session.execute(select(DeliveryTarget.channel).where(DeliveryTarget.id == target)).scalar_one()
        address = None
        if channel in PEOPLES_CHANNELS:
            mine = (DeliveryAddress.user == actor.id, DeliveryAddress.channel == channel)
            address = work.session.execute(select(DeliveryAddress.id).where(*mine)).scalar()
            if address is None:
                raise AppError("no_address", "The test goes to your own address. Set it under More in the app first.")
        fresh = uuid7()
        news = News(
            key=f"test:{fresh}", purpose="test", kind="real", site=actor.site, ref=fresh,
            facts={"time": f"{work.now:%H:%M}"},
        )  # fmt: skip
        enqueue_test(work, news, target=target, address=address)


def set_policy(actor: Person, *, general_title: bool, exercise_channels: Sequence[str]) -> None:
    """Keep what the site has decided about lock screens and exercises."""
    with write() as work:
        work.session.execute(delete(DeliveryPolicy).where(DeliveryPolicy.site == actor.site))
        values: dict[str, Any] = {
            "site": actor.site,
            "general_title": general_title,
            "exercise_channels": [name for name in CHANNELS if name in exercise_channels],
        }
        work.session.execute(insert(DeliveryPolicy), [values])
        tell(work, "delivery.policy_set", attest_now(actor.id, actor.name, device=actor.device), **values)


def _known_events(channel: str, events: Collection[str]) -> list[str]:
    offered = EVENTS_FOR_PEOPLE if channel in PEOPLES_CHANNELS else EVENTS
    chosen = [name for name in offered if name in events]
    if not chosen:
        raise AppError("bad_target", "Choose at least one event that it is told of.")
    return chosen


def _refuse_too_many(work: UnitOfWork, site: str) -> None:
    known = work.session.execute(select(DeliveryTarget.id).where(DeliveryTarget.site == site)).all()
    if len(known) >= MOST_TARGETS:
        raise AppError("bad_target", f"There are {MOST_TARGETS} ways already. Remove one first.")


def _label(work: UnitOfWork, actor: Person, target: str) -> str:
    query = select(DeliveryTarget.label).where(DeliveryTarget.id == target, DeliveryTarget.site == actor.site)
    label = work.session.execute(query).scalar()
    if label is None:
        raise NotFound("This way is not there any more.")
    return label


def _give_up(work: UnitOfWork, target: str) -> None:
    waits = (Delivery.target == target, Delivery.state.in_(("queued", "failed", "quarantined")))
    work.session.execute(update(Delivery).where(*waits).values(state="dead", problem="no_target"))


def _tell(work: UnitOfWork, actor: Person, event_type: str, label: str) -> None:
    tell(work, event_type, attest_now(actor.id, actor.name, device=actor.device), label=label)
