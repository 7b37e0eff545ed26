"""Programs read our status as they read any Statuspage: names and kinds of fields, caching, other origins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.base.instants import from_wire, to_wire
from app.base.unit_of_work import write
from app.pages.public.statuspage import PATHS
from app.response.models import Incident
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.databases import AppMaker
from tests.pages.said import advance, say

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = "an instant"
MAYBE_INSTANT = "an instant or null"

# The documented fields of the public API, version 2.
PAGE = {"id": str, "name": str, "url": str, "time_zone": str, "updated_at": INSTANT}
STATUS = {"indicator": ("none", "minor", "major", "critical", "maintenance"), "description": str}
COMPONENT = {
    "id": str,
    "name": str,
    "status": ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"),
    "created_at": INSTANT,
    "updated_at": INSTANT,
    "position": int,
    "description": (str, type(None)),
    "showcase": bool,
    "start_date": (str, type(None)),
    "group_id": (str, type(None)),
    "page_id": str,
    "group": bool,
    "only_show_if_degraded": bool,
}
UPDATE = {
    "id": str,
    "status": ("investigating", "identified", "monitoring", "resolved", "scheduled", "in_progress", "verifying",
               "completed"),
    "body": str,
    "incident_id": str,
    "created_at": INSTANT,
    "updated_at": INSTANT,
    "display_at": INSTANT,
    "affected_components": (list, type(None)),
    "deliver_notifications": bool,
    "custom_tweet": (str, type(None)),
    "tweet_id": (int, type(None)),
}  # fmt: skip
INCIDENT = {
    "id": str,
    "name": str,
    "status": UPDATE["status"],
    "created_at": INSTANT,
    "updated_at": INSTANT,
    "monitoring_at": MAYBE_INSTANT,
    "resolved_at": MAYBE_INSTANT,
    "impact": ("none", "minor", "major", "critical", "maintenance"),
    "shortlink": str,
    "started_at": INSTANT,
    "page_id": str,
    "incident_updates": [UPDATE],
    "components": [COMPONENT],
}
MAINTENANCE = {**INCIDENT, "scheduled_for": INSTANT, "scheduled_until": MAYBE_INSTANT}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "summary.json": {
        "page": PAGE, "components": [COMPONENT], "incidents": [INCIDENT], "scheduled_maintenances": [MAINTENANCE],
        "status": STATUS,
    },
    "status.json": {"page": PAGE, "status": STATUS},
    "components.json": {"page": PAGE, "components": [COMPONENT]},
    "incidents.json": {"page": PAGE, "incidents": [INCIDENT]},
    "incidents/unresolved.json": {"page": PAGE, "incidents": [INCIDENT]},
    "scheduled-maintenances.json": {"page": PAGE, "scheduled_maintenances": [MAINTENANCE]},
    "scheduled-maintenances/upcoming.json": {"page": PAGE, "scheduled_maintenances": [MAINTENANCE]},
    "scheduled-maintenances/active.json": {"page": PAGE, "scheduled_maintenances": [MAINTENANCE]},
}  # fmt: skip


def misfits(value: Any, shape: Any, place: str = "") -> list[str]:
    """Where a document differs from its shape: a field too many, too few, or of another kind."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or set(value) != set(shape):
            return [f"{place}: fields {sorted(set(value) ^ set(shape))}"]
        return [found for name in shape for found in misfits(value[name], shape[name], f"{place}.{name}")]
    if isinstance(shape, list):
        return [found for one in value for found in misfits(one, shape[0], f"{place}[]")]
    if shape in (INSTANT, MAYBE_INSTANT):
        if value is None:
            return [] if shape == MAYBE_INSTANT else [f"{place}: null"]
        return [] if from_wire(value) else [place]
    if isinstance(shape, tuple) and isinstance(shape[0], str):
        return [] if value in shape else [f"{place}: {value!r}"]
    return [] if isinstance(value, shape) else [f"{place}: {value!r}"]


def document(client: FlaskClient, name: str) -> dict[str, Any]:
    answer = client.get(f"/api/v2/{name}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_table_of_this_test_is_the_list_of_the_product() -> None:
    assert set(DOCUMENTS) == set(PATHS)


def change(incident: str, **values: Any) -> None:
    """Bring an incident into a state that takes many steps to reach."""
    with write() as work:
        work.session.execute(update(Incident).where(Incident.id == incident).values(**values))


class TestStatuspage:
    @pytest.mark.parametrize("name", PATHS)
    def test_every_document_has_the_documented_fields(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock, name: str
    ) -> None:
        incident = northgate.declare()
        say(northgate, incident, "The vendor works on it.")
        clock.advance(minutes=20)
        advance(northgate, incident, "restored")
        ended = northgate.declare(title="Lab is down", level=1, plan="ehr-unplanned")
        advance(northgate, ended, "cancelled")

        assert misfits(document(client, name), DOCUMENTS[name]) == []

    def test_with_nothing_down_all_is_operational(self, client: FlaskClient, northgate: Hospital) -> None:
        summary = document(client, "summary.json")

        assert summary["status"] == {"indicator": "none", "description": "All Systems Operational"}
        assert [one["status"] for one in summary["components"]] == ["operational"]
        assert summary["incidents"] == summary["scheduled_maintenances"] == []

    @pytest.mark.parametrize(("level", "indicator"), [(1, "minor"), (2, "major"), (3, "critical"), (4, "critical")])
    def test_the_level_is_the_impact(
        self, client: FlaskClient, northgate: Hospital, level: int, indicator: str
    ) -> None:
        northgate.declare(level=level)

        summary = document(client, "summary.json")

        assert summary["status"]["indicator"] == indicator
        assert summary["incidents"][0]["impact"] == indicator

    def test_an_incident_goes_from_investigating_to_resolved(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        seen = [document(client, "incidents.json")["incidents"][0]["status"]]
        clock.advance(minutes=1)
        update = say(northgate, incident, "The vendor works on it.")
        for step in ("restored", "all_clear", "closed"):
            seen.append(document(client, "incidents.json")["incidents"][0]["status"])
            clock.advance(minutes=30)
            advance(northgate, incident, step)

        last = document(client, "incidents.json")["incidents"][0]

        assert [*seen, last["status"]] == ["investigating", "identified", "monitoring", "monitoring", "resolved"]
        assert document(client, "incidents/unresolved.json")["incidents"] == []
        told = [(one["status"], one["body"].splitlines()[0]) for one in last["incident_updates"]]
        assert told == [
            ("resolved", "Ended."),
            ("monitoring", "All-clear. What was written on paper is being entered back."),
            ("monitoring", "IT says it works again. Stay on paper until the all-clear."),
            ("identified", "Update 1: The vendor works on it."),
            ("investigating", "Declared."),
        ]
        assert last["incident_updates"][3]["id"] == update

    def test_announced_work_is_scheduled_then_in_progress_then_verified_and_no_incident(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare(title="EHR upgrade")
        begins, ends = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=4)
        plan = {"planned": begins, "planned_end": ends}
        seen = []
        for changed in ({**plan, "state": "planned", "t0": None}, {"state": "declared", "t0": begins}):
            change(incident, **changed)
            clock.advance(minutes=1)
            seen.append(self.maintenances(client))
        advance(northgate, incident, "restored")
        seen.append(self.maintenances(client))

        assert seen == [
            [("upcoming", "scheduled"), ("all", "scheduled")],
            [("active", "in_progress"), ("all", "in_progress")],
            [("active", "verifying"), ("all", "verifying")],
        ]
        [announced] = document(client, "scheduled-maintenances.json")["scheduled_maintenances"]
        assert (announced["scheduled_for"], announced["scheduled_until"]) == (to_wire(begins), to_wire(ends))
        summary = document(client, "summary.json")
        assert summary["incidents"] == []
        assert summary["status"]["indicator"] == "maintenance"
        assert misfits(summary, DOCUMENTS["summary.json"]) == []

        change(incident, state="declared", overrun_at=ends)
        clock.advance(minutes=1)
        assert [one["name"] for one in document(client, "incidents/unresolved.json")["incidents"]] == ["EHR upgrade"]

    def maintenances(self, client: FlaskClient) -> list[tuple[str, str]]:
        lists = {"upcoming": "/upcoming", "active": "/active", "all": ""}
        found = ((word, document(client, f"scheduled-maintenances{path}.json")) for word, path in lists.items())
        return [(word, one["status"]) for word, listed in found for one in listed["scheduled_maintenances"]]

    def test_an_exercise_is_in_no_document(self, client: FlaskClient, northgate: Hospital) -> None:
        incident = northgate.declare(kind="exercise", title="Drill")
        say(northgate, incident, "Practice words.")

        for name in PATHS:
            assert "Drill" not in client.get(f"/api/v2/{name}").text
        assert "Practice" not in client.get("/status.atom").text

    def test_no_name_of_staff_and_nothing_of_single_units_leaves(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        incident = northgate.declare()
        say(northgate, incident, "For the unit only.", units=["icu"])

        for path in (*(f"/api/v2/{name}" for name in PATHS), "/status.atom"):
            text = client.get(path).text
            for inside in ("Omar", "For the unit only.", "Bring orders.", "icu"):
                assert inside not in text, path

    @pytest.mark.parametrize("path", ["/api/v2/", "/api/v2/nothing.json", "/api/v2/../boot", "/api/v2/summary.json/x"])
    def test_any_other_name_is_not_found(self, client: FlaskClient, northgate: Hospital, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_nobody_writes_here(self, client: FlaskClient, northgate: Hospital) -> None:
        assert client.post("/api/v2/incidents.json", json={}).status_code == 405

    def test_the_fixed_sentences_come_in_spanish_when_asked(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare()
        spanish = {"Accept-Language": "es"}

        assert "Declarado." in client.get("/api/v2/incidents.json?lang=es").text
        assert "Declared." in client.get("/api/v2/incidents.json", headers=spanish).text
        assert "Declared." in client.get("/api/v2/incidents.json?lang=tlh").text


class TestCaching:
    @pytest.mark.parametrize("path", ["/api/v2/summary.json", "/status.atom"])
    def test_the_same_bytes_have_the_same_tag_until_something_changes(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock, path: str
    ) -> None:
        first = client.get(path)
        again = {"If-None-Match": first.headers["ETag"]}
        clock.advance(minutes=5)

        unchanged = client.get(path, headers=again)
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert unchanged.headers["Access-Control-Allow-Origin"] == "*"

        northgate.declare()
        changed = client.get(path, headers=again)
        assert changed.status_code == 200
        assert changed.headers["ETag"] != first.headers["ETag"]

    @pytest.mark.parametrize("path", ["/api/v2/status.json", "/status.atom"])
    def test_other_origins_may_read_and_proxies_may_keep_it_for_a_moment(
        self, client: FlaskClient, northgate: Hospital, path: str
    ) -> None:
        answer = client.get(path, headers={"Origin": "https://intranet.example"})

        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=10, must-revalidate"
        assert "Set-Cookie" not in answer.headers

    def test_a_browser_is_told_before_it_asks_with_a_tag(self, client: FlaskClient, northgate: Hospital) -> None:
        asked = {"Origin": "https://intranet.example", "Access-Control-Request-Headers": "if-none-match"}

        answer = client.options("/api/v2/summary.json", headers=asked)

        assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"

    def test_no_other_door_is_open_to_other_origins(self, client: FlaskClient, northgate: Hospital) -> None:
        for path in ("/", "/api/ping", "/api/boot", "/login"):
            assert "Access-Control-Allow-Origin" not in client.get(path).headers

    def test_what_one_host_was_told_is_not_told_to_another(self, client: FlaskClient, northgate: Hospital) -> None:
        evil = client.get("/api/v2/status.json", headers={"Host": "evil.example"}).get_json()
        good = client.get("/api/v2/status.json").get_json()

        assert (evil["page"]["url"], good["page"]["url"]) == ("http://evil.example/", "http://localhost/")

    def test_a_set_address_wins_over_the_one_that_was_asked(self, make_app: AppMaker, clock: FakeClock) -> None:
        made = make_app(public_url="https://down.hospital.example")
        with made.app_context():
            page = made.test_client().get("/api/v2/status.json").get_json()["page"]

        assert page["url"] == "https://down.hospital.example/"


class TestAtom:
    def feed(self, client: FlaskClient) -> ElementTree.Element:
        answer = client.get("/status.atom")
        assert answer.mimetype == "application/atom+xml"
        return ElementTree.fromstring(answer.data)

    def test_it_has_what_the_standard_demands(self, client: FlaskClient, northgate: Hospital) -> None:
        say(northgate, northgate.declare(), "The vendor <works> & waits.")

        feed = self.feed(client)

        assert feed.tag == f"{ATOM}feed"
        links = [link.get("rel") for link in feed.findall(f"{ATOM}link")]
        assert links == ["self", "alternate"]
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                found = element.findall(f"{ATOM}{name}")
                assert len(found) == 1
                assert found[0].text
            assert str(element.findtext(f"{ATOM}id")).startswith("urn:uuid:")
            assert from_wire(str(element.findtext(f"{ATOM}updated")))
        titles = [str(entry.findtext(f"{ATOM}title")) for entry in feed.findall(f"{ATOM}entry")]
        assert titles == ["#1 EHR is down: Update 1: The vendor <works> & waits.", "#1 EHR is down: Declared."]

    def test_ids_are_the_same_for_ever_and_one_update_is_one_entry(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        first = say(northgate, incident, "First words.")
        before = self.ids(client)
        clock.advance(minutes=7)
        say(northgate, incident, "Second words.")
        advance(northgate, incident, "restored")

        after = self.ids(client)

        assert f"urn:uuid:{first}" in before
        assert after[-len(before) :] == before
        assert len(after) == len(set(after)) == len(before) + 2

    def ids(self, client: FlaskClient) -> list[str]:
        return [str(entry.findtext(f"{ATOM}id")) for entry in self.feed(client).findall(f"{ATOM}entry")]

    def test_letters_that_xml_cannot_hold_are_left_out(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare(title="EHR\u0007 is down")

        assert "#1 EHR is down: Declared." in ElementTree.tostring(self.feed(client), encoding="unicode")

    def test_the_page_names_its_feed(self, client: FlaskClient, northgate: Hospital) -> None:
        assert 'rel="alternate" type="application/atom+xml" href="/status.atom"' in client.get("/").text
