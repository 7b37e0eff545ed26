"""The tests of this folder share an app."""

from tests.shared_app import app

__all__ = ["app"]
