"""Every route names the action that it needs, so that an auditor can read who may do what."""

from __future__ import annotations

from flask import Flask

OPEN_TO_ALL = frozenset({"static"})


def unguarded_routes(app: Flask) -> list[str]:
    """Routes whose view carries no `action`; app.people.guard.action("...") sets it."""
    endpoints = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    return [
        f"{path} ({endpoint}) names no action"
        for endpoint, path in sorted(endpoints.items())
        if endpoint not in OPEN_TO_ALL and not getattr(app.view_functions[endpoint], "action", None)
    ]


def test_every_route_names_its_action(app: Flask) -> None:
    assert unguarded_routes(app) == []


def test_a_route_without_an_action_is_found() -> None:
    bare = Flask("bare")

    def guarded() -> str:
        return ""

    guarded.action = "incident.declare"  # type: ignore[attr-defined]
    bare.add_url_rule("/api/declare", "declare", guarded)
    bare.add_url_rule("/api/open", "open", lambda: "")

    assert unguarded_routes(bare) == ["/api/open (open) names no action"]
