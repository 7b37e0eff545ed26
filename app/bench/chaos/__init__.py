"""Simulated phones on a bad network, before a server that dies now and then: nothing lost, nothing doubled."""

from app.bench.chaos.storm import run

__all__ = ["run"]
