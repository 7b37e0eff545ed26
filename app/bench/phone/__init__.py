"""The app in a real Chromium, slowed down as a cheap phone on a bad line is."""

from app.bench.phone.run import run

__all__ = ["run"]
