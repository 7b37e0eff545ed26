"""No route of the product, of whichever package, answers without the security headers."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.shell.csp import FIXED_HEADERS

WANTED = {*FIXED_HEADERS, "Content-Security-Policy"}


def address_of(rule: Rule) -> str:
    """The rule's path with a made-up value in each place; most answer 404 or 401, and those count too."""
    built = rule.build(dict.fromkeys(rule.arguments, "1"))
    assert built
    return built[1]


def test_every_route_of_the_product_answers_with_the_headers(app: Flask, client: FlaskClient) -> None:
    bare = set()
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods or ()):
            answer = client.open(address_of(rule), method=method, buffered=True)
            if not set(answer.headers.keys()) >= WANTED:
                bare.add(f"{method} {rule}")

    assert bare == set()


def test_a_phone_hears_the_version_that_its_page_was_built_with(app: Flask, client: FlaskClient) -> None:
    page = client.get("/app/card").text

    assert f'data-version="{app.extensions["build"]}"' in page
    assert app.extensions["build"].endswith(app.extensions["shell"].build)
