"""A site's rules and texts as the YAML that its office edits, and back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from app.broadcasts.policy import OFF, Policy
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml


def policy_yaml(policy: Policy) -> str:
    """The rules as text."""
    values = policy.model_dump(mode="json")
    switched = {name: OFF if values[name] is None else values[name] for name in ("ack_remind_min", "ack_lasts_min")}
    return _dump(_without_none({**values, **switched}))


def parse_policy(text: str, *, source: str = "rules") -> Policy:
    """The rules of a text. Raises PlanErrors with the line of every fault."""
    return parse_document(read_yaml(text, source=source), Policy, source=source)


def texts_yaml(lang: str, texts: Iterable[Mapping[str, Any]]) -> str:
    """Stored texts of a language as a file like those of library/broadcasts."""
    return _dump({"lang": lang, "texts": [_without_none(text) for text in texts]})


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_without_none(one) for one in value]
    return value


def _dump(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text
