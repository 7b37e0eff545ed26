"""Ids that two phones and the server compute alike, so that work begun without a network converges."""

from app.base.ids import named_id


def run_id(*, unit: str, plan: str, incident: str) -> str:
    """Id of a unit's run of a plan in an incident (or in a local run, see local_run)."""
    return named_id(f"run|{unit}|{plan}|{incident}")


def task_id(run: str, key: str, occurrence: int = 1) -> str:
    """Id of a step's task in a run; occurrence counts the rounds of a repeated step from 1."""
    return named_id(f"task|{run}|{key}|{occurrence}")


def local_run(*, date: str, shift: str, again: int | None = None) -> str:
    """What stands in place of the incident's id when a ward starts a card without one.

    `again` counts from 2 when the card is started anew in a shift in which an earlier start of it is over.
    """
    return f"local|{date}|{shift}" + (f"|{again}" if again else "")
