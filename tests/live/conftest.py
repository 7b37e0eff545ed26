"""One real server for the tests that need real sockets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.server import RealServer, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, run_databases: Databases) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("served"), run_databases, ticket_seconds="2") as running:
        yield running
