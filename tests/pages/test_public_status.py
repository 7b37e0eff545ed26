"""The grown-up public page: services, updates to all, what has ended, the last days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.pages.public.history import days_of
from app.pages.public.notices import notice_of
from app.pages.public.queries import bulletin
from app.pages.public.states import services_now, state_of
from app.pages.public.views import NoticeView
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of
from tests.pages.said import advance, say

NOW = datetime(2026, 11, 21, 20, 51, tzinfo=UTC)


ROW: dict[str, Any] = {
    "id": "01a20104-126a-79f7-8ed1-07e37aab3658", "no": 6, "title": "EHR is down", "kind": "real",
    "state": "declared", "level": 2, "services": ["ehr"], "units": ["icu"], "plan": "ehr-unplanned",
    "do_now": "", "works": [], "t0": NOW, "td": NOW, "tr": None, "ta": None, "ts": None, "planned": None,
    "planned_end": None, "overrun_at": None,
}  # fmt: skip
SENT: dict[str, Any] = {
    "id": "b", "no": 1, "at": NOW, "headline": "Words", "works": "Phones", "state": "current", "units": None,
    "roles": None, "services": None, "people": None, "on_duty": False, "superseded_by_no": None, "next_update_at": None,
    "superseded_relation": None, "relation": None, "refers_to": None, "what_down": "", "estimate": None,
}  # fmt: skip


def notice(*broadcasts: dict[str, Any], headlines: bool = True, **changed: Any) -> NoticeView:
    return notice_of({**ROW, **changed}, broadcasts, names={}, headlines=headlines, now=NOW)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "down"),
        ({"level": 1}, "degraded"),
        ({"state": "restored"}, "degraded"),
        ({"state": "all_clear"}, "operational"),
        ({"state": "closed"}, "operational"),
        ({"state": "cancelled"}, "operational"),
        ({"planned": NOW}, "maintenance"),
        ({"planned": NOW, "state": "restored"}, "maintenance"),
        ({"planned": NOW, "state": "planned", "t0": None}, "operational"),
        ({"planned": NOW, "overrun_at": NOW}, "down"),
        ({"kind": "exercise"}, "operational"),
        ({"kind": "exercise", "state": "restored", "planned": NOW}, "operational"),
    ],
)
def test_what_an_incident_makes_of_its_services(changed: dict[str, Any], state: str) -> None:
    assert state_of(notice(**changed)) == state


def test_the_worst_incident_decides_and_a_service_the_catalogue_lost_is_still_named() -> None:
    services = services_now(
        [("ehr", "Record", "chart"), ("pacs", "Images", "")],
        [notice(planned=NOW), notice(no=7, services=["ehr", "old"], t0=NOW - timedelta(minutes=9))],
    )

    assert [(one.code, one.state) for one in services] == [("ehr", "down"), ("pacs", "operational"), ("old", "down")]
    assert services[0].since == NOW - timedelta(minutes=9)
    assert services[0].labels == ("#6", "#7")


def test_a_hospital_may_keep_the_headlines_inside() -> None:
    made = notice(SENT, headlines=False)

    assert [(one.no, one.headline, one.works) for one in made.updates] == [(1, "", ())]
    assert made.view.works == ()


def test_a_withdrawn_update_keeps_its_number_and_loses_its_text() -> None:
    made = notice({**SENT, "state": "cancelled"})

    assert [(one.no, one.headline, one.works) for one in made.updates] == [(1, "", ())]


@pytest.mark.parametrize(
    "chosen",
    [{"units": ["icu"]}, {"roles": ["pharmacist"]}, {"services": ["ehr"]}, {"people": ["x"]}, {"on_duty": True}],
)
def test_an_update_for_which_anybody_was_chosen_is_not_for_everybody(chosen: dict[str, Any]) -> None:
    assert notice({**SENT, **chosen}).updates == ()


class TestDays:
    def days(self, *notices: NoticeView, known_since: datetime = NOW - timedelta(days=30)) -> Any:
        return days_of(notices, now=NOW, tz="Europe/London", known_since=known_since)

    def test_fourteen_days_today_first(self) -> None:
        days = self.days()

        assert [days[0].day.isoformat(), days[-1].day.isoformat(), len(days)] == ["2026-11-21", "2026-11-08", 14]
        assert all(day.is_clear for day in days)

    def test_an_outage_over_midnight_stands_on_both_days_and_on_no_third(self) -> None:
        began = NOW - timedelta(hours=24)
        days = self.days(notice(t0=began, td=began, ta=began + timedelta(hours=5), state="all_clear"))

        assert [len(day.spans) for day in days[:3]] == [1, 1, 0]
        assert not days[0].is_clear

    def test_what_still_lasts_stands_on_every_day_until_today(self) -> None:
        days = self.days(notice(t0=NOW - timedelta(days=3)))

        assert [len(day.spans) for day in days[:5]] == [1, 1, 1, 1, 0]

    def test_exercises_and_false_alarms_leave_the_day_clear(self) -> None:
        days = self.days(notice(kind="exercise"), notice(state="cancelled", ts=NOW))

        assert len(days[0].spans) == 2
        assert days[0].is_clear

    def test_announced_work_that_never_began_was_no_outage(self) -> None:
        days = self.days(notice(planned=NOW - timedelta(hours=3), t0=None, state="cancelled", ts=NOW))

        assert days[0].spans == ()

    def test_a_day_before_the_record_is_not_a_good_day(self) -> None:
        days = self.days(known_since=NOW - timedelta(days=1))

        assert [day.is_known for day in days[:3]] == [True, True, False]
        assert not days[2].is_clear


class TestPage:
    def test_updates_to_single_units_or_roles_and_all_names_stay_inside(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        incident = northgate.declare()
        say(northgate, incident, "For the unit only.", units=["icu"])
        say(northgate, incident, "For one role only.", roles=["bedside-nurse"])
        say(northgate, incident, "The vendor works on it.", works="Viewer from 20:40")

        text = page_of(client.get("/")).text

        assert "The vendor works on it." in text
        for inside in ("For the unit only.", "For one role only.", "Bring orders.", "Omar"):
            assert inside not in text
        assert text.count("Viewer from 20:40") == 2  # beside the number, and as what still works now

    def test_a_replaced_update_says_by_which(self, client: FlaskClient, northgate: Hospital) -> None:
        incident = northgate.declare()
        say(northgate, incident, "First words.")
        say(northgate, incident, "Second words.")

        assert "replaced by update 2" in page_of(client.get("/")).text

    def test_services_say_down_then_degraded_then_operational(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        assert "Charting and orders #1 · since 20:51 Down" in page_of(client.get("/")).text

        clock.advance(minutes=60)
        advance(northgate, incident, "restored")
        assert "Charting and orders #1 · since 20:51 Degraded" in page_of(client.get("/")).text

        clock.advance(minutes=60)
        advance(northgate, incident, "all_clear")
        assert [one.state for one in bulletin().services] == ["operational"]

    def test_the_closing_notice_stays_two_days(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        for step in ("restored", "all_clear", "closed"):
            clock.advance(minutes=30)
            advance(northgate, incident, step)

        clock.advance(hours=47)
        text = page_of(client.get("/")).text
        assert "Nothing is down" in text
        assert "over since" in text
        assert "for staff" not in text

        clock.advance(hours=1)
        assert "over since" not in page_of(client.get("/")).text
        assert "#1 EHR is down" in page_of(client.get("/")).text  # among the last days

    def test_an_exercise_never_looks_like_an_outage(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare(kind="exercise")

        page = page_of(client.get("/"))

        assert "EXERCISE" in page.text
        assert "chip--late" not in page.classes
        assert [one.state for one in bulletin().services] == ["operational"]

    def test_it_is_put_together_once_for_each_change_and_minute(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        first = bulletin()
        client.get("/")
        clock.advance(seconds=8)
        assert bulletin() is first

        northgate.declare()
        assert bulletin() is not first

        second = bulletin()
        clock.advance(minutes=1)
        assert bulletin() is not second
