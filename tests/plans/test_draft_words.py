"""A plan's words in another language in the making: saved by number, into the file, to phones with the plan."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.attestation import Attestation, attest_now
from app.base.errors import AppError, Conflict, NotFound
from app.people.person import Person
from app.plans.approval import approve_plan, put_in_force
from app.plans.commands import import_plan, import_translation
from app.plans.draft_words import DraftWords, has_words, remarks_on, save_words, words_before, words_of
from app.plans.drafts import begin_draft, drop_draft, needed_draft, save_draft, submit_draft
from app.plans.pack import version_of
from app.plans.queries import translation_texts, version_in_force
from app.plans.yaml_text import read_yaml
from tests.cast import Hospital
from tests.shared_app import air, app, shared_app  # noqa: F401

PLAN = """\
id: short
title: Video visits are down
kind: unplanned
services: [telehealth]
summary: Visits become phone calls.
icon: down
do_now: Call instead.
works: [Phones]
level: 1
unit_types: [outpatients]
cards:
  - role: clinic-lead
    title: Clinic lead
    mission: Nobody waits alone.
    unit_types: [outpatients]
    steps:
      - {code: A1, do: Print the list of video visits., due: 5 min}
      - {code: A2, do: Call the first patient., due: 9 min, capture: [{key: calls, label: Calls, type: count}]}
"""
ES = """\
# written by the clinic
plan: short
language: es
texts:
  - en: Video visits are down
    es: Sin videoconsultas
  - {en: Phones, es: Teléfonos}   # checked in March
  - en: Clinic lead
    es: Responsable de consultas
  - en: Print the list of video visits.
    es: Imprima la lista.
  - en: Call the first patient.
    es: Llame al primer paciente.
  - en: Calls
    es: Llamadas
"""
KEY = "short"
OLD, OLD_ES = "Print the list of video visits.", "Imprima la lista."
NEW, NEW_ES = "Print today's list of video visits.", "Imprima la lista de hoy."


def who(name: str) -> Attestation:
    return attest_now(name, name.capitalize())


def person(name: str) -> Person:
    return Person(id=name, name=name.capitalize(), username=name, site="northgate")


def save(rev: int, pairs: dict[str, str], name: str = "ines") -> DraftWords:
    return save_words(KEY, "es", rev, pairs, actor=person(name), attestation=who(name))


def other_step() -> None:
    value: dict[str, Any] = dict(read_yaml(needed_draft(KEY).text, source="x").value)
    cards = list(value["cards"])
    cards[0] = {**cards[0], "steps": ({**cards[0]["steps"][0], "do": NEW}, *cards[0]["steps"][1:])}
    save_draft(KEY, 1, {**value, "cards": cards}, actor=person("ines"), attestation=who("ines"))


@pytest.fixture
def begun(hospital: Hospital) -> Hospital:
    import_plan(PLAN, site="northgate", units=[], attestation=who("ines"))
    import_translation(ES, site="northgate", attestation=who("ines"))
    begin_draft(KEY, version_of(PLAN), actor=person("ines"), attestation=who("ines"))
    return hospital


def test_words_begin_as_phones_have_them_and_only_what_is_changed_is_written(begun: Hospital) -> None:
    words = words_of(KEY, "es")
    assert (words.text, words.rev, has_words(KEY)) == (ES, 0, False)
    assert save(0, words.pairs).rev == 0

    saved = save(0, {**words.pairs, OLD: NEW_ES})

    assert saved.text == ES.replace(OLD_ES, NEW_ES)
    assert (saved.rev, saved.by_name) == (1, "Ines")
    assert translation_texts(KEY)["es"] == ES


def test_what_is_new_stands_where_the_plan_has_it_and_what_is_gone_takes_its_lines(begun: Hospital) -> None:
    pairs = words_of(KEY, "es").pairs
    fresh = {(NEW if en == OLD else en): (NEW_ES if en == OLD else es) for en, es in pairs.items()}

    text = save(0, fresh).text

    assert list(words_of(KEY, "es").pairs) == list(fresh)
    assert len(text.splitlines()) == len(ES.splitlines())
    assert save(1, pairs).text == ES


def test_a_second_writer_hears_who_was_faster_and_nothing_is_written(begun: Hospital) -> None:
    pairs = words_of(KEY, "es").pairs
    save(0, {**pairs, OLD: NEW_ES})

    for rev in (0, 7):
        with pytest.raises(Conflict, match="Ines has saved these words since"):
            save(rev, {**pairs, OLD: "Otra cosa."}, name="priya")

    assert words_of(KEY, "es").pairs[OLD] == NEW_ES


def test_words_that_cannot_be_are_refused_and_languages_that_plans_do_not_speak(begun: Hospital) -> None:
    for said in ("", " Imprima.", "x" * 301):
        with pytest.raises(AppError):
            save(0, {OLD: said})
    with pytest.raises(NotFound):
        words_of(KEY, "fr")
    drop_draft(KEY, attestation=who("ines"))
    with pytest.raises(NotFound):
        save(0, {OLD: NEW_ES})


def test_the_check_speaks_about_single_words_and_what_a_text_was_called_is_known(begun: Hospital) -> None:
    other_step()
    pairs = words_of(KEY, "es").pairs
    bad = save(0, {**pairs, NEW: "Imprima la lista y llame a todos."})

    assert [(one.en, one.rule) for one in remarks_on(bad, needed_draft(KEY).text)] == [(NEW, "two-actions")]
    assert words_before(KEY, "es")["clinic-lead/A1/do"] == {"en": OLD, "words": OLD_ES}


def test_words_come_to_phones_with_the_version_they_were_written_for(begun: Hospital) -> None:
    other_step()
    save(0, {**words_of(KEY, "es").pairs, NEW: NEW_ES})
    version = submit_draft(KEY, 2, site="northgate", attestation=who("ines"))
    for part, name in (("owner", "ines"), ("emergency", "priya")):
        approve_plan(KEY, version, part, actor=person(name), attestation=who(name))  # type: ignore[arg-type]
    assert NEW_ES not in translation_texts(KEY)["es"]

    put_in_force(KEY, version, site="northgate", units=[], attestation=who("ines"))

    nia = begun.phone("nia")
    nia.pull()
    assert nia.one("words", plan=KEY)["texts"][NEW] == NEW_ES
    assert not has_words(KEY)


def test_words_alone_need_no_review_and_a_draft_thrown_away_takes_its_words_along(begun: Hospital) -> None:
    save(0, {**words_of(KEY, "es").pairs, OLD: NEW_ES})
    drop_draft(KEY, attestation=who("ines"))
    assert (words_of(KEY, "es").text, has_words(KEY)) == (ES, False)

    begin_draft(KEY, version_of(PLAN), actor=person("ines"), attestation=who("ines"))
    save(0, {**words_of(KEY, "es").pairs, OLD: NEW_ES})

    assert submit_draft(KEY, 1, site="northgate", attestation=who("ines")) == version_in_force(KEY)
    assert translation_texts(KEY)["es"] == ES.replace(OLD_ES, NEW_ES)
    with pytest.raises(NotFound):
        needed_draft(KEY)


def test_the_door_reads_and_saves_words_for_who_manages_plans(begun: Hospital) -> None:
    path = f"/api/plans/{KEY}/draft/words/es"
    ines = begun.phone("ines").client
    read = ines.get(path).get_json()

    answer = ines.post(path, json={"rev": read["rev"], "texts": {**read["texts"], OLD: NEW_ES}})
    again = ines.post(path, json={"rev": 0, "texts": read["texts"]})

    assert (answer.status_code, answer.get_json()["rev"]) == (200, 1)
    assert (again.status_code, again.get_json()["code"]) == (409, "changed_meanwhile")
    assert ines.post(path, json={"rev": 1, "texts": {OLD: "\u0007"}}).status_code == 400
    assert begun.phone("uri").client.get(path).status_code == 403
    assert begun.phone("nia").client.post(path, json={"rev": 1, "texts": {}}).status_code == 403
