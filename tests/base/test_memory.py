"""What lasts in a server is not looked through again and again; what was dropped is still found."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.base import memory


class Ring:
    """Holds itself, so that only a look through memory finds that nobody uses it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    if memory._pass_over_what_lasts in gc.callbacks:
        gc.callbacks.remove(memory._pass_over_what_lasts)
    gc.unfreeze()


def test_a_full_collection_passes_over_what_was_loaded() -> None:
    memory.keep_what_is_loaded()

    assert gc.get_freeze_count() > 10 * len(gc.get_objects())


def test_what_outlives_a_long_look_is_passed_over_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.keep_what_is_loaded()
    phones = [Ring() for _ in range(1_000)]
    kept = gc.get_freeze_count()

    gc.collect()
    after_a_short_look = gc.get_freeze_count() - kept
    monkeypatch.setattr(memory, "FELT_SECONDS", -1.0)  # from here on every look is a long one
    gc.collect()

    assert after_a_short_look == 0
    assert gc.get_freeze_count() - kept >= len(phones)


def test_what_was_passed_over_is_freed_when_everything_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.keep_what_is_loaded()
    monkeypatch.setattr(memory, "FELT_SECONDS", -1.0)
    ring = Ring()
    seen = weakref.ref(ring)
    gc.collect()
    del ring

    gc.collect()
    left_behind = seen() is not None
    memory.look_through_everything()

    assert left_behind and seen() is None


def test_it_is_listened_to_once_however_often_it_is_asked() -> None:
    memory.keep_what_is_loaded()
    memory.keep_what_is_loaded()

    assert gc.callbacks.count(memory._pass_over_what_lasts) == 1
