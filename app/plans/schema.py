"""JSON Schemas of the plan file and the file of workarounds, for editors that complete and check while one writes."""

import json
from typing import Any

from app.plans.format import Plan, Written
from app.plans.workarounds.format import WorkaroundPack

SCHEMAS: dict[str, tuple[type[Written], str]] = {
    "plan": (Plan, "Wardlight plan"),
    "workarounds": (WorkaroundPack, "Wardlight workarounds"),
}


def file_schema(what: str) -> dict[str, Any]:
    """The schema of a kind of file as a value."""
    model, title = SCHEMAS[what]
    schema = model.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text(what: str = "plan") -> str:
    """The schema as it is kept in library/schema/<what>.schema.json."""
    return json.dumps(file_schema(what), indent=2, ensure_ascii=False) + "\n"
