from __future__ import annotations

from app.base.lru import Lru


def test_what_was_asked_for_least_lately_is_forgotten_first() -> None:
    memory: Lru[str, int] = Lru(2)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.get("a")

    memory.put("c", 3)

    assert (memory.get("a"), memory.get("b"), memory.get("c"), len(memory)) == (1, None, 3, 2)


def test_a_key_is_kept_once_with_its_newest_value() -> None:
    memory: Lru[str, int] = Lru(2)
    memory.put("a", 1)
    memory.put("a", 2)

    assert (memory.get("a"), len(memory)) == (2, 1)


def test_what_is_dropped_or_forgotten_is_not_there() -> None:
    memory: Lru[str, int] = Lru(9)
    for key in "abc":
        memory.put(key, 1)

    memory.drop("a")
    memory.drop("unknown")
    assert (memory.get("a"), len(memory)) == (None, 2)

    memory.forget()
    assert len(memory) == 0
