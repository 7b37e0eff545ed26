"""What machines ask: alive, ready, and whether they may list us."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.base.unit_of_work import write
from tests.cast import Hospital
from tests.databases import AppMaker


def test_a_server_that_answers_is_alive_and_with_its_database_ready(client: FlaskClient, northgate: Hospital) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "alive\n")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")


def test_without_its_tables_it_is_alive_and_not_ready(own_app: Flask) -> None:
    client = own_app.test_client()
    with write() as work:
        work.session.execute(text("ALTER TABLE scope RENAME TO lost"))

    assert client.get("/healthz").status_code == 200
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "not ready\n")


def test_crawlers_are_asked_to_stay_away(client: FlaskClient, northgate: Hospital) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert client.get("/").headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_hospital_may_want_its_status_to_be_found(make_app: AppMaker) -> None:
    app = make_app(searchable=True)
    with app.app_context():
        client = app.test_client()

        assert "Allow: /$" in client.get("/robots.txt").text
        assert "X-Robots-Tag" not in client.get("/").headers
