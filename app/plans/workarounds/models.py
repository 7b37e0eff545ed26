"""Tables of workarounds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class WorkaroundFile(db.Model):  # type: ignore[name-defined,misc]
    """The workarounds of a site for one service: the exact text, and `body`, the row that phones hold of it."""

    __tablename__ = "workaround_file"

    site: Mapped[str] = mapped_column(String(60), primary_key=True)
    service: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(String(120))
