"""Of several server processes one leads: it alone runs the jobs of the whole house."""

from __future__ import annotations

import logging
import threading
from typing import Any

from prometheus_client import Gauge
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.base import clock
from app.base.db import LEADER_LOCK

log = logging.getLogger("wardlight.base")

LOOK_EVERY_SECONDS = 1.0
LEADS = Gauge("wardlight_leads", "1 in the process that runs the jobs of the whole house.")


class Leadership:
    """Whether this process leads.

    On PostgreSQL it is an advisory lock of a connection kept for it: it ends with the process or its line, and the
    next one that asks has it. On SQLite there is one process, which leads. A job may run twice in the moment in which
    the lead changes; every job looks again inside its own unit of work, so that a second turn finds nothing to do.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._connection: Any = None
        self._leads = False
        self._looked_at = -LOOK_EVERY_SECONDS

    def leads(self) -> bool:
        """Ask (at most once a second) and take the lead if nobody has it. A database that is away: nobody leads."""
        if self._engine.dialect.name == "sqlite":
            return True
        with self._turn:
            if clock.ticks() - self._looked_at >= LOOK_EVERY_SECONDS:
                self._note(self._look())
                self._looked_at = clock.ticks()
            return self._leads

    def _look(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._connect()
            # the session holds it for as long as it lives, and must not take it twice
            question = "true" if self._leads else f"pg_try_advisory_lock({LEADER_LOCK})"
            return bool(self._connection.execute(f"SELECT {question}").fetchone()[0])
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            self.let_go()
            return False

    def _connect(self) -> Any:
        """A connection that stays for as long as the process; the pool gets another one."""
        pooled = self._engine.raw_connection()
        pooled.detach()
        connection: Any = pooled.dbapi_connection
        connection.rollback()
        connection.autocommit = True
        return connection

    def let_go(self) -> None:
        """Leave the lead to others."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _note(self, leads: bool) -> None:
        if leads != self._leads:
            log.info("leader.mine" if leads else "leader.lost")
        self._leads = leads
        LEADS.set(leads)
