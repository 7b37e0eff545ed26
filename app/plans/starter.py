"""The first words of a new plan: complete, so that the form has something to write over. Pure."""

from __future__ import annotations

from app.plans.yaml_words import whole_file


def starter_text(plan: str, title: str) -> str:
    """A plan file with one card and one step under this short name and title."""
    step = {"code": "A1", "do": "Tell your team what is down.", "due": "5 min"}
    card = {
        "role": "charge-nurse",
        "title": "Charge nurse",
        "mission": "Keep the unit working on paper.",
        "unit_types": ("ward",),
        "steps": (step,),
    }
    return whole_file(
        {
            "id": plan,
            "title": title,
            "kind": "unplanned",
            "services": ("ehr",),
            "summary": "What is down, and what this plan is for.",
            "icon": "ehr",
            "do_now": "Work on paper.",
            "works": ("Phones",),
            "level": "2",
            "unit_types": ("ward",),
            "cards": (card,),
        }
    )
