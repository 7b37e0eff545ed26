"""One server, one proxy and one phone for the cases of this folder: what they cost to start is paid once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.faults.js_phone import JsPhone, js_phone
from tests.faults.proxy import FaultProxy, proxy_to
from tests.faults.ward import Ward, ward_in


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory, run_databases: Databases) -> Iterator[Ward]:
    with ward_in(tmp_path_factory.mktemp("ward"), run_databases) as made:
        yield made


@pytest.fixture(scope="session")
def incident(ward: Ward) -> str:
    """An incident that runs; every unit's cards are in force."""
    return ward.declare()


@pytest.fixture(scope="session")
def line(ward: Ward) -> Iterator[FaultProxy]:
    with proxy_to(ward.port) as made:
        yield made


@pytest.fixture
def proxy(line: FaultProxy) -> Iterator[FaultProxy]:
    """The network between the phone and the server; it is good again after each case."""
    line.seen.clear()
    yield line
    line.clear()


@pytest.fixture(scope="session")
def device(line: FaultProxy) -> Iterator[JsPhone]:
    with js_phone(line.address) as made:
        yield made


@pytest.fixture
def nia(device: JsPhone, proxy: FaultProxy, incident: str) -> JsPhone:
    """Nia's phone: the app's own JavaScript on a device with nothing stored, signed in, her card on it."""
    device.do("address", address=proxy.address)
    device.do("ahead", ms=0)
    device.do("fresh")
    device.sign_in("nia")
    return device
