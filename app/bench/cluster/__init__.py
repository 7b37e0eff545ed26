"""Several server processes on PostgreSQL and Redis behind nginx: what a second one gives, and what a blow costs."""

from app.bench.cluster.run import run

__all__ = ["run"]
