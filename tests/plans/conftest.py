"""The tests of this folder share an app and begin with an empty database."""

from tests.shared_app import empty_app as app

__all__ = ["app"]
