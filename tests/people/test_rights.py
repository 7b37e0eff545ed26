"""The database renews the stamps of `rights` itself, whoever changes what they stand for and by whatever way."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import select, text

from app.base.db import db
from app.base.unit_of_work import write
from app.people.models import HOUSE, Rights
from tests.people.cast import DANA, NIA

SIGN_IN = """INSERT INTO sign_in (id, "user", device, created_at, expires_at) VALUES ('s1', :nia, 'd1', 1, 2)"""
TOKEN = (
    """INSERT INTO push_token (token_hash, "user", device, created_at, expires_at) VALUES ('t1', :nia, 'd1', 1, 2)"""
)
DEVICE = """INSERT INTO device (id, label, platform, first_seen_at, last_seen_at, last_n, queue_len, app_version)
    VALUES ('d1', '', '', 1, 1, 0, 0, '')"""
DUTY = """INSERT INTO duty (id, "user", unit, role, since) VALUES ('d1', :nia, 'icu', 'bedside-nurse', 1)"""
MEMBER = """INSERT INTO membership ("user", unit, role, since) VALUES (:nia, '5w', 'bedside-nurse', 1)"""
INCIDENT = """INSERT INTO incident (id, site, no, title, kind, state, level, plan, plan_title, services, units, lead,
    lead_name, do_now, works, note, td, retired, sequence, notices)
    VALUES ('i1', 'northgate', 1, '', 'real', 'declared', 1, 'p', '', '[]', '[]', 'l', '', '', '[]', '',
    1, false, 0, '[]')"""
BARE_UNIT = """INSERT INTO unit (id, site, name, short, type, floor, phone, "order")
    VALUES ('u1', 'northgate', '', '', '', '', '', 9)"""
BARE_ROLE = """INSERT INTO role (code, title_en, title_es, leader, "order") VALUES ('r1', '', '', false, 99)"""
BARE_USER = """INSERT INTO "user" (id, username, name, active, created_at) VALUES ('x1', 'x1', 'X', true, 1)"""

EPOCH = "INSERT INTO server_meta (key, value) VALUES ('epoch', 'one')"

# What stands before, what is done, whose stamp it renews.
RENEWING: dict[str, tuple[tuple[str, ...], str, str]] = {
    "name": ((), """UPDATE "user" SET name = 'Nia O.' WHERE id = :nia""", NIA.id),
    "account ends": ((), 'UPDATE "user" SET active = false, ended_at = 5 WHERE id = :nia', NIA.id),
    "account goes": ((BARE_USER,), """DELETE FROM "user" WHERE id = 'x1' """, "x1"),
    "sign-in ends": ((DEVICE, SIGN_IN), "UPDATE sign_in SET ended_at = 5 WHERE id = 's1'", NIA.id),
    "sign-in is shortened": ((DEVICE, SIGN_IN), "UPDATE sign_in SET expires_at = 1 WHERE id = 's1'", NIA.id),
    "sign-in goes": ((DEVICE, SIGN_IN), "DELETE FROM sign_in", NIA.id),
    "sign-in changes hands": ((DEVICE, SIGN_IN), 'UPDATE sign_in SET "user" = :dana', NIA.id),
    "sign-in is given": ((DEVICE, SIGN_IN), 'UPDATE sign_in SET "user" = :dana', DANA.id),
    "token is revoked": ((DEVICE, TOKEN), "UPDATE push_token SET revoked_at = 5", NIA.id),
    "token goes": ((DEVICE, TOKEN), "DELETE FROM push_token", NIA.id),
    "membership": ((), MEMBER, NIA.id),
    "membership ends": ((), 'UPDATE membership SET until = 5 WHERE "user" = :nia', NIA.id),
    "membership goes": ((), 'DELETE FROM membership WHERE "user" = :nia', NIA.id),
    "duty": ((), DUTY, NIA.id),
    "duty ends": ((DUTY,), "UPDATE duty SET until = 5", NIA.id),
    "duty goes": ((DUTY,), "DELETE FROM duty", NIA.id),
    "unit moves": ((), """UPDATE unit SET "order" = 7 WHERE id = 'icu' """, HOUSE),
    "unit goes": ((BARE_UNIT,), "DELETE FROM unit WHERE id = 'u1'", HOUSE),
    "role moves": ((), """UPDATE role SET "order" = 7 WHERE code = 'it-lead' """, HOUSE),
    "role goes": ((BARE_ROLE,), "DELETE FROM role WHERE code = 'r1'", HOUSE),
    "incident": ((), INCIDENT, HOUSE),
    "incident ends": ((INCIDENT,), "UPDATE incident SET state = 'closed', ts = 5", HOUSE),
    "epoch": ((EPOCH,), "UPDATE server_meta SET value = 'another' WHERE key = 'epoch'", HOUSE),
    "epoch goes": ((EPOCH,), "DELETE FROM server_meta WHERE key = 'epoch'", HOUSE),
    "epoch comes": ((), EPOCH, HOUSE),
    "incident goes": ((INCIDENT,), "DELETE FROM incident", HOUSE),
}
# What happens often and decides nothing.
QUIET: dict[str, tuple[tuple[str, ...], str]] = {
    "somebody signs in": ((DEVICE,), SIGN_IN),
    "a token is given": ((DEVICE,), TOKEN),
    "an account is made": ((), BARE_USER),
    "a password is hashed anew": ((), """UPDATE "user" SET password_hash = 'x' WHERE id = :nia"""),
    "an incident gets its first update": ((INCIDENT,), "UPDATE incident SET tb = 5, retired = true"),
    "a unit is called otherwise": ((), "UPDATE unit SET name = 'ICU', phone = '1' WHERE id = 'icu'"),
    "another value of the server": ((), "INSERT INTO server_meta (key, value) VALUES ('demo', '1')"),
    "a device is seen": ((DEVICE,), "UPDATE device SET last_seen_at = 5"),
}


def stamps() -> dict[str, str]:
    found = db.session.execute(select(Rights.whose, Rights.stamp))
    return {one.whose: one.stamp for one in found}


def run(*statements: str) -> None:
    with write() as work:
        for statement in statements:
            known = {name: value for name, value in (("nia", NIA.id), ("dana", DANA.id)) if f":{name}" in statement}
            work.session.execute(text(statement), known)


@pytest.mark.parametrize("change", RENEWING)
def test_what_decides_who_may_what_renews_the_stamp_of_whom_it_concerns(change: str) -> None:
    before, statement, whose = RENEWING[change]
    run(*before)
    old = stamps()

    run(statement)

    new = stamps()
    assert new[whose] != old.get(whose)
    assert {one for one in new if new[one] != old.get(one)} <= {whose, NIA.id, DANA.id}


def test_what_decides_nothing_renews_no_stamp() -> None:
    for name, (before, statement) in QUIET.items():
        with suppress(InterruptedError), write():
            run(*before)
            old = stamps()
            run(statement)
            assert stamps() == old, name
            raise InterruptedError  # the next one begins as this one did


def test_no_stamp_comes_twice() -> None:
    there, back = ("UPDATE \"user\" SET name = 'Two'", "UPDATE \"user\" SET name = 'One'")
    seen = []
    for statement in (back, there, back):
        run(statement)
        seen.append(stamps()[NIA.id])

    assert len(set(seen)) == 3


def test_a_change_that_is_undone_leaves_the_stamp() -> None:
    old = stamps()
    with suppress(InterruptedError), write():
        run('UPDATE "user" SET active = false WHERE id = :nia')
        raise InterruptedError

    assert stamps() == old


def test_a_statement_that_overlooks_conflicts_renews_it_all_the_same() -> None:
    """The conflict clause of a statement takes the place of those in SQLite's triggers."""
    run(MEMBER)
    old = stamps()

    run(MEMBER + """ ON CONFLICT ("user", unit, role) DO UPDATE SET until = 5""")

    assert stamps()[NIA.id] != old[NIA.id]
