"""Ids that two phones and the server compute alike, so that work begun without a network converges."""

import hashlib
import uuid

NAMESPACE = uuid.UUID("6f1f6a52-3b0e-5c43-9d0a-57a1d1160000")


def uuid5_text(name: str) -> str:
    """uuid5 of a name as text. By hand: a big incident makes ten thousand, uuid.uuid5 is slow."""
    digest = hashlib.sha1(NAMESPACE.bytes + name.encode(), usedforsecurity=False).digest()
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF000 << 64) & ~(0xC000 << 48) | (0x5000 << 64) | (0x8000 << 48)
    h = f"{number:032x}"
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def run_id(*, unit: str, plan: str, incident: str) -> str:
    """Id of a unit's run of a plan in an incident (or in a local run, see local_run)."""
    return uuid5_text(f"run|{unit}|{plan}|{incident}")


def task_id(run: str, key: str, occurrence: int = 1) -> str:
    """Id of a step's task in a run; occurrence counts the rounds of a repeated step from 1."""
    return uuid5_text(f"task|{run}|{key}|{occurrence}")


def local_run(*, date: str, shift: str) -> str:
    """What stands in place of the incident's id when a ward starts a card without one."""
    return f"local|{date}|{shift}"
