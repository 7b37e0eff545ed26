"""The memory of a server process: what lasts is not looked through again and again for what nobody uses any more.

Python frees nearly everything at once when it is dropped; it looks through all objects only for rings that hold each
other. With five thousand phones connected that takes 300 ms, in which the event loop stands still, to find next to
nothing (ADR 51). So whatever has outlived a long look is passed over from then on, and once a day, when nothing
happens, everything is looked through.
"""

from __future__ import annotations

import gc
from typing import Any

from app.base import clock

# From here on a look through memory is felt by others. Each leaves the rings of the requests of that moment behind.
FELT_SECONDS = 0.015
# A full look after so many of the one before, where Python has ten: each then has a third of the new objects.
FULL_LOOK_AFTER = 3

_began_at = 0.0


def keep_what_is_loaded() -> None:
    """Let what is in memory now, and later what lasts, stay there without being looked through again. Call it once,
    before serving."""
    look_through_everything()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_LOOK_AFTER)
    if _pass_over_what_lasts not in gc.callbacks:
        gc.callbacks.append(_pass_over_what_lasts)


def look_through_everything() -> None:
    """Free the rings that were passed over; holds the event loop for as long as that takes."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _pass_over_what_lasts(phase: str, info: dict[str, Any]) -> None:
    global _began_at
    if phase == "start":
        _began_at = clock.ticks()
    elif info["generation"] == 2 and clock.ticks() - _began_at > FELT_SECONDS:
        gc.freeze()
