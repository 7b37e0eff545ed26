"""What the server knows of itself."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.meta import epoch, meta, put_meta
from app.base.unit_of_work import write


def test_the_epoch_is_made_once(app: Flask) -> None:
    first = epoch()

    assert first and epoch() == first == meta("epoch")


def test_an_epoch_set_by_a_restore_is_known_at_once(app: Flask) -> None:
    before = epoch()
    with write() as work:
        put_meta(work, "epoch", "restored")

    assert before != epoch() == "restored"


def test_a_value_that_was_rolled_back_is_not_remembered(app: Flask) -> None:
    before = epoch()

    def restore_that_fails() -> None:
        with write() as work:
            put_meta(work, "epoch", "never")
            assert meta("epoch") == "never"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        restore_that_fails()

    assert epoch() == before
