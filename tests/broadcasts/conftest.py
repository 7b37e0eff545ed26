"""The tests of this folder share an app."""

from tests.shared_app import air, app, shared_app

__all__ = ["air", "app", "shared_app"]
