"""A plan as the text of a file: for plans that come from a spreadsheet or another program. Pure.

What a person has written stays as it was written; this is only for what has no text yet.
"""

from typing import Any

import yaml

from app.plans.format import Plan

_LINE_CHARS = 118


_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class PlainDumper(_BASE):  # type: ignore[misc]
    """Writes everything out: our reader refuses references."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def flow(value: Any) -> str:
    """A value on one line, as in `{key: pages, label: Pages}`."""
    how: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 10**6}
    return str(yaml.dump(value, Dumper=PlainDumper, default_flow_style=True, **how)).strip()


def plan_file(plan: Plan) -> str:
    """YAML that is read as this very plan; what has its default is left out."""
    value = plan.model_dump(mode="json", exclude_defaults=True)
    return str(
        yaml.dump(
            value, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=_LINE_CHARS, default_flow_style=None
        )
    )
