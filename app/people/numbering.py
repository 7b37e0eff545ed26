"""The numbers of a person's entries on a device: what a hole or a new beginning says about the device. Pure.

Entries are numbered from 1 as they are stored. A hole that nothing waiting on the device can fill, or numbers that
begin anew, mean that the device's storage was lost: evidence for a person to look at, never a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

RANGES_KEPT = 50
MOST_SHOWN = 1_000_000  # a wild number is a fault of a phone, and more than this says no more


class Numbers(NamedTuple):
    """What was heard: the highest number (None: nothing yet), the holes below it, and whether it began anew."""

    last: int | None = None
    missing: tuple[tuple[int, int], ...] = ()
    restarted: bool = False

    @property
    def holes(self) -> int:
        """How many numbers were never heard."""
        return sum(end - start + 1 for start, end in self.missing)


def heard(before: Numbers, numbers: Iterable[int]) -> Numbers:
    """After hearing entries for the first time. Entries seen before must not be among them."""
    known = Numbers(before.last, before.missing)
    for number in sorted(numbers):
        known = _hear(known, number)
    return known._replace(missing=known.missing[-RANGES_KEPT:])


def _hear(known: Numbers, number: int) -> Numbers:
    if known.last is None:
        # where its story begins for us: what came before is not known
        return Numbers(number, known.missing, known.restarted)
    if number > known.last:
        hole = ((known.last + 1, number - 1),) if number > known.last + 1 else ()
        return Numbers(number, known.missing + hole, known.restarted)
    if any(start <= number <= end for start, end in known.missing):
        return known._replace(missing=tuple(_without(known.missing, number)))
    return Numbers(last=number, restarted=True)


def _without(ranges: Sequence[tuple[int, int]], number: int) -> Iterable[tuple[int, int]]:
    for start, end in ranges:
        if not start <= number <= end:
            yield start, end
            continue
        if start < number:
            yield start, number - 1
        if number < end:
            yield number + 1, end


def lost(numbers: Numbers, *, waiting: int) -> int:
    """How many entries can't be waiting on the device any more."""
    return min(MOST_SHOWN, max(0, numbers.holes - waiting))
