"""The banner in a frame: who may show it, and that every other page stays unframeable."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.pages.public.framing import banner_policy
from tests.cast import Hospital
from tests.databases import AppMaker
from tests.pages.conftest import page_of


def directive(policy: str, name: str) -> str:
    return dict(part.split(" ", 1) for part in policy.split("; "))[name]


def test_it_says_in_one_line_what_is_really_down(client: FlaskClient, northgate: Hospital) -> None:
    assert "Nothing is down" in page_of(client.get("/embed/banner")).text

    northgate.declare(kind="exercise", title="Drill")
    assert "Nothing is down" in page_of(client.get("/embed/banner")).text

    northgate.declare()
    page = page_of(client.get("/embed/banner"))
    assert "EHR is down" in page.text
    assert "Drill" not in page.text
    assert page.inline == []


def test_only_named_sites_frame_the_banner_and_nobody_any_other_page(make_app: AppMaker) -> None:
    app = make_app(embed_origins="https://intranet.example, http://board.example:8080/")
    with app.app_context():
        client = app.test_client()

        policy = client.get("/embed/banner").headers["Content-Security-Policy"]
        assert directive(policy, "frame-ancestors") == "'self' https://intranet.example http://board.example:8080"
        for path in ("/", "/login", "/app/"):
            assert directive(client.get(path).headers["Content-Security-Policy"], "frame-ancestors") == "'none'"


def test_without_the_setting_only_our_own_pages_frame_it() -> None:
    assert directive(banner_policy(""), "frame-ancestors") == "'self'"


@pytest.mark.parametrize("wrong", ["*", "intranet.example", "https://a.example; script-src *", "https://a/b", "data:"])
def test_a_mistyped_origin_stops_the_start_and_is_named(make_app: AppMaker, wrong: str) -> None:
    with pytest.raises(ValueError, match="WARDLIGHT_EMBED_ORIGINS"):
        make_app(embed_origins=wrong)
