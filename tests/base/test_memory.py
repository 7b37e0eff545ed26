"""What a server has loaded when it begins is not looked through again."""

from __future__ import annotations

import gc

from app.base.memory import keep_what_is_loaded


def test_a_full_collection_passes_over_what_was_loaded() -> None:
    keep_what_is_loaded()
    try:
        assert gc.get_freeze_count() > 10 * len(gc.get_objects())
    finally:
        gc.unfreeze()
