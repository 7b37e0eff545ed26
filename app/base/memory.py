"""The memory of a server process."""

from __future__ import annotations

import gc


def keep_what_is_loaded() -> None:
    """Let what is in memory now stay there without being looked through again. Call it once, before serving.

    Looking through the code and tables of the product for what nobody uses any more takes 100 ms, in which the event
    loop stands still; large work like a declaration sets it off each time.
    """
    gc.collect()
    gc.freeze()
