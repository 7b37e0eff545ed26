"""Tables of the service catalogue."""

from __future__ import annotations

from sqlalchemy import JSON, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import db


class Service(db.Model):  # type: ignore[name-defined,misc]
    """An IT service of a site: `needs` are the services it cannot work without, `used_by` who uses it (null: all)."""

    __tablename__ = "service"

    site: Mapped[str] = mapped_column(String(60), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    plain: Mapped[str] = mapped_column(String(160))
    order: Mapped[int] = mapped_column(Integer)
    needs: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    used_by: Mapped[list[str] | None] = mapped_column(JSON)
