"""JSON Schema of the plan file, for editors that complete and check while one writes."""

import json
from typing import Any

from app.plans.format import Plan


def plan_schema() -> dict[str, Any]:
    """The schema as a value."""
    schema = Plan.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wardlight plan",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as it is kept in library/schema/plan.schema.json."""
    return json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n"
