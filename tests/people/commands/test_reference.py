from __future__ import annotations

from sqlalchemy import delete

from app.base.unit_of_work import write
from app.live.scopes import ref_scope
from app.people.commands.reference import put_reference_rows
from app.people.models import Contact
from app.people.permissions import ROLES
from tests.people.cast import SITE, found_hospital_lists
from tests.people.rows import body_of, head_of, rows_of

REF = ref_scope(SITE)


def test_every_phone_holds_units_roles_and_contacts() -> None:
    rows = rows_of(REF)

    assert {body["code"] for (row_type, _id), body in rows.items() if row_type == "role"} == set(ROLES)
    assert rows["unit", "icu"] == {
        "name": "Intensive care",
        "short": "ICU",
        "type": "intensive-care",
        "floor": "3",
        "phone": "4310",
        "order": 0,
    }
    assert rows["role", "role:it-lead"]["leader"] is True
    assert rows["role", "role:it-lead"]["title"] == {"en": "it lead", "es": "it lead"}
    assert body_of(REF, "contact:desk") == {
        "name": "Service desk",
        "what": "Anything with IT",
        "phone": "4000",
        "order": 1,
    }


def test_storing_the_same_lists_again_moves_no_cursor() -> None:
    seq = head_of(REF)

    found_hospital_lists()

    assert head_of(REF) == seq


def test_what_is_gone_from_the_tables_goes_from_the_phones() -> None:
    with write() as work:
        work.session.execute(delete(Contact))
        put_reference_rows(work, SITE)

    assert not [row_id for row_type, row_id in rows_of(REF) if row_type == "contact"]
