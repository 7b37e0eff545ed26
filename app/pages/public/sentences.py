"""The fixed sentences of feeds and files, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext


def sentences() -> dict[str, str]:
    """The steps of an incident by their state, and the frames of an update."""
    return {
        "planned": gettext("Announced."),
        "declared": gettext("Declared."),
        "restored": gettext("IT says it works again.") + " " + gettext("Stay on paper until the all-clear."),
        "all_clear": gettext("All-clear.") + " " + gettext("What was written on paper is being entered back."),
        "closed": gettext("Ended."),
        "cancelled": gettext("Cancelled: it was not what it seemed."),
        "withdrawn": gettext("Update %(no)s was withdrawn."),
        "for_staff": gettext("Update %(no)s, for staff."),
        "update": gettext("Update %(no)s: %(headline)s"),
        "works": gettext("Still works: %(works)s"),
        "feed": gettext("%(site)s, status of IT services"),
    }
