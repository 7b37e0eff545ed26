"""Lighthouse over every screen, as its mobile form looks at it (docs/development.md)."""

from app.bench.lighthouse.run import run

__all__ = ["run"]
