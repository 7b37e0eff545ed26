"""A running incident with the cast's phones, for the tests of broadcasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base.attestation import by_system
from app.base.ids import uuid7
from app.broadcasts.commands.site_rules import put_policy
from app.broadcasts.policy import Policy
from tests.cast import Hospital
from tests.phone import PhonePort
from tests.projections import Key, Typed, differences

Differences = dict[Key, tuple[Typed | None, Typed | None]]

TO_ALL: dict[str, Any] = {"units": None, "roles": None}


class Phones(dict[str, PhonePort]):
    """The cast's phones; somebody signs in when they are first needed, as that costs most of a test."""

    def __init__(self, hospital: Hospital) -> None:
        super().__init__()
        self.hospital = hospital

    def __missing__(self, name: str) -> PhonePort:
        self[name] = self.hospital.phone(name)
        return self[name]


def wrong_rows() -> Differences:
    """What phones hold otherwise than the tables say; what follows tasks and devices as time goes on is left out."""
    found = differences("northgate", late=True)
    return {key: pair for key, pair in found.items() if "progress" not in {one[0] for one in pair if one}}


@dataclass
class Ward:
    """Northgate with EHR down: phones by name, sends by Omar unless said otherwise."""

    hospital: Hospital
    phones: Phones = field(init=False)
    incident: str = ""

    def begin(self) -> Ward:
        self.phones = Phones(self.hospital)
        self.incident = self.phones["omar"].declare()
        return self

    def pull_all(self) -> None:
        """Every phone pulls."""
        for phone in list(self.phones.values()):
            phone.pull()

    def try_send(self, by: str = "omar", **args: Any) -> dict[str, Any]:
        """The result of sending; the broadcast's id under `broadcast`."""
        plain = {"headline": "EHR is down.", "do_now": "Paper.", "works": [], "audience": TO_ALL, "ack": "unit"}
        given = {"broadcast": uuid7(), "next_update_at": None, "incident": self.incident, **plain, **args}
        result = self.phones[by].do("broadcast.send", **given)
        return {**result, "broadcast": given["broadcast"]}

    def send(self, by: str = "omar", **args: Any) -> str:
        """Send an update that is accepted; its id."""
        result = self.try_send(by, **args)
        assert result["st"] == "ok", result
        self.pull_all()
        return str(result["broadcast"])

    def update(self, broadcast: str, on: str = "priya") -> Mapping[str, Any]:
        """An update as a phone holds it."""
        return self.seen("broadcast", on, id=broadcast)

    def reach(self, broadcast: str, unit: str) -> Mapping[str, Any]:
        """A unit's cell of the matrix, as Priya sees it."""
        return self.seen("reach", "priya", broadcast=broadcast, unit=unit)

    def seen(self, row_type: str, on: str = "priya", **wanted: Any) -> Mapping[str, Any]:
        """The only such row of a phone, after it has pulled."""
        self.phones[on].pull()
        return self.phones[on].one(row_type, **wanted)

    def decide(self, **rules: Any) -> None:
        """Northgate decides otherwise than by default."""
        put_policy(by_system(), "northgate", Policy.model_validate(rules))
