"""What another version of a plan does to the tasks of an incident that runs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

# What a plan says of a step; the rest of a task is what people did with it.
PLANNED = (
    "title", "hint", "anchor", "due_min", "due_at", "safety", "two_person", "confirm_roles", "role_only", "capture",
    "repeat_min", "until", "rules", "local", "held",
)  # fmt: skip
AMENDED = "plan_amended"  # the reason of a step that the plan dropped; phones put it into words


@dataclass(frozen=True)
class Changes:
    """`added` are whole tasks, `changed` ids with the new fields, `dropped` tasks that the plan does not name now."""

    added: list[dict[str, Any]]
    changed: list[tuple[Record, dict[str, Any]]]
    dropped: list[Record]

    def counts(self) -> dict[str, int]:
        """How many tasks, for the history."""
        return {"added": len(self.added), "changed": len(self.changed), "dropped": len(self.dropped)}


def changes_between(present: Sequence[Record], wanted: Sequence[dict[str, Any]]) -> Changes:
    """The way from the tasks of an incident to those of another version.

    What somebody has signed, skipped or asked help with stays as it is: it was done by the words of its time. Later
    rounds of a step follow its first.
    """
    by_id = {task["id"]: task for task in present}
    known = {(task["run"], task["key"]) for task in wanted}
    changed = []
    for task in wanted:
        mine = by_id.get(task["id"])
        if mine is not None and is_untouched(mine):
            fields = {name: task[name] for name in PLANNED if task[name] != mine[name]}
            if fields.keys() - {"held", "due_at"}:
                changed.append((mine, fields))
    return Changes(
        added=[task for task in wanted if task["id"] not in by_id],
        changed=changed,
        dropped=[task for task in present if (task["run"], task["key"]) not in known and is_untouched(task)],
    )


def is_untouched(task: Record) -> bool:
    """Whether nobody has done anything with it, and it was not handed to another card."""
    return task["state"] == "open" and not task["signs"] and not task["handed"]
