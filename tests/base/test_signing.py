"""Tickets and the installation's secret."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.base.signing import TicketSigner, load_secret

CLAIMS = {"user": "nia", "rooms": ["unit:icu"]}


def test_a_ticket_carries_its_claims() -> None:
    signer = TicketSigner("s" * 40, life_seconds=60)

    assert signer.read(signer.sign(CLAIMS)) == CLAIMS


@pytest.mark.parametrize("forge", [lambda t: "", lambda t: t[:-1], lambda t: "x" + t, lambda t: t.swapcase()])
def test_an_altered_ticket_is_worth_nothing(forge: object) -> None:
    signer = TicketSigner("s" * 40, life_seconds=60)

    assert callable(forge)
    assert signer.read(forge(signer.sign(CLAIMS))) is None


def test_a_ticket_of_another_installation_is_worth_nothing() -> None:
    ticket = TicketSigner("t" * 40, life_seconds=60).sign(CLAIMS)

    assert TicketSigner("s" * 40, life_seconds=60).read(ticket) is None


def test_a_ticket_past_its_life_is_worth_nothing() -> None:
    ticket = TicketSigner("s" * 40, life_seconds=60).sign(CLAIMS)

    assert TicketSigner("s" * 40, life_seconds=-1).read(ticket) is None


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = load_secret(tmp_path / "instance")
    file = tmp_path / "instance" / "secret.key"

    assert load_secret(tmp_path / "instance") == first
    assert len(first) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
