"""Leaving costs the rooms of the one who leaves: the work grows with the clients, not with their square."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from socketio import Manager

from app.live.manager import IndexedManager


class CountingRooms(dict[Any, Any]):
    """Rooms that count how often they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)

    def copy(self) -> CountingRooms:
        self.looks += len(self)
        return self

    def items(self) -> Any:
        return list(super().items())


def house(manager_class: type[Manager], clients: int) -> tuple[Manager, CountingRooms]:
    """A manager with connected clients, each in its unit's room and one of all."""
    manager = manager_class()
    ids = iter(range(10**6))
    environ: dict[str, dict[str, Any]] = {f"e{number}": {} for number in range(clients)}
    engine = SimpleNamespace(generate_id=lambda: f"s{next(ids)}", sockets={})
    manager.server = SimpleNamespace(eio=engine, environ=environ)
    manager.rooms["/"] = rooms = CountingRooms()
    for number in range(clients):
        sid = manager.connect(manager.pre_connect(f"e{number}", "/"), "/")
        manager.enter_room(sid, "/", "site:north")
        manager.enter_room(sid, "/", f"unit:{number % 40}")
    rooms.looks = 0
    return manager, rooms


def looks_when_all_leave(manager_class: type[Manager], clients: int) -> int:
    manager, rooms = house(manager_class, clients)
    for number in range(clients):
        manager.pre_disconnect(f"s{number}", "/")
        manager.disconnect(f"s{number}", "/")
    assert manager.rooms == {}
    return rooms.looks


def test_the_work_of_a_mass_disconnect_grows_with_the_clients() -> None:
    few, many = looks_when_all_leave(IndexedManager, 500), looks_when_all_leave(IndexedManager, 4_000)

    assert many / few == pytest.approx(8, rel=0.05)


def test_the_stock_manager_is_what_this_repairs() -> None:
    few, more = looks_when_all_leave(Manager, 100), looks_when_all_leave(Manager, 800)

    assert more / few > 30


def test_who_has_left_is_in_no_room_and_the_others_stay() -> None:
    manager, _rooms = house(IndexedManager, 5)

    manager.pre_disconnect("s1", "/")
    manager.disconnect("s1", "/")
    manager.disconnect("s1", "/")

    assert manager.get_rooms("s1", "/") == []
    assert sorted(manager.get_rooms("s2", "/")) == ["s2", "site:north", "unit:2"]
    assert [sid for sid, _ in manager.get_participants("/", "site:north")] == ["s0", "s2", "s3", "s4"]
    assert manager.pending_disconnect == {} and not manager.is_connected("s1", "/")


def test_leaving_a_room_leaves_the_others_alone() -> None:
    manager, _rooms = house(IndexedManager, 2)

    manager.leave_room("s0", "/", "unit:0")
    manager.leave_room("s0", "/", "never entered")

    assert sorted(manager.get_rooms("s0", "/")) == ["s0", "site:north"]
    assert list(manager.get_participants("/", "unit:0")) == []


def test_closing_a_room_empties_it_for_all() -> None:
    manager, _rooms = house(IndexedManager, 3)

    manager.close_room("site:north", "/")

    assert all("site:north" not in manager.get_rooms(f"s{number}", "/") for number in range(3))
