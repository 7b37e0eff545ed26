"""A translation beside a plan is complete, current and as short as the plan itself, or the check says what is not."""

import json

import pytest
from sqlalchemy import select

from app.base.attestation import attest_now
from app.base.db import db
from app.base.errors import NotFound
from app.live.models import Row
from app.live.queries import scope_heads
from app.plans.commands import import_plan, import_translation
from app.plans.library import check_library
from app.plans.lint import lint_translation
from app.plans.pack import parse_plan
from app.plans.queries import translation_texts
from app.plans.translation import parse_translation, translation_of, words_row
from app.plans.yaml_text import read_yaml

PLAN = """\
id: viewer-down
title: Viewer is down
kind: unplanned
services: [ehr-viewer]
summary: The copy is gone.
icon: ehr
do_now: Wait.
level: 1
unit_types: [ward]
cards:
  - role: charge-nurse
    title: Charge nurse
    mission: Keep calm.
    unit_types: [ward]
    steps:
      - {code: A1, do: Count the pages., due: 5 min, capture: [{key: pages, label: Pages, type: count}]}
"""
WORDS = """\
plan: viewer-down
language: es
texts:
  - {en: Viewer is down, es: No hay visor}
  - {en: The copy is gone., es: No hay copia.}
  - {en: Wait., es: Espere.}
  - {en: Charge nurse, es: Enfermera responsable}
  - {en: Keep calm., es: Mantenga la calma.}
  - {en: Count the pages., es: Cuente las páginas.}
  - {en: Pages, es: Páginas}
"""


def findings(words):
    document = read_yaml(words, source="es.yaml")
    translation = translation_of(document, source="es.yaml")
    plan = parse_plan(PLAN, source="p.yaml")
    return [(one.line, one.rule) for one in lint_translation(translation, document, plan, source="es.yaml")]


def test_complete_translation_finds_nothing():
    assert findings(WORDS) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("  - {en: Pages, es: Páginas}\n", "", 3, "missing-text"),
        ("en: Pages,", "en: Page,", 10, "stale-text"),
        ("en: Pages,", "en: Wait.,", 10, "text-twice"),
        ("es: Cuente las páginas.", "es: Cuente las páginas y anote el total.", 9, "two-actions"),
        ("es: Cuente las páginas.", "es: Cuente. Firme la hoja.", 9, "two-actions"),
        ("es: Cuente las páginas.", f"es: {'a' * 161}", 9, "long-text"),
        ("es: Páginas", "es: Nombre del paciente", 10, "patient-data"),
        ("es: Páginas", f"es: {'a' * 61}", 10, "long-text"),
    ],
)
def test_what_is_missing_stale_or_hard_is_found_on_its_line(old, new, line, rule):
    assert old in WORDS

    assert (line, rule) in findings(WORDS.replace(old, new, 1))


def test_phones_get_only_the_words_of_the_plan_as_it_is_now():
    plan = parse_plan(PLAN.replace("Count the pages.", "Count all pages."), source="p.yaml")

    row = words_row(parse_translation(WORDS, source="es.yaml"), plan)

    assert row["texts"]["Wait."] == "Espere."
    assert "Count the pages." not in row["texts"]
    assert (row["plan"], row["language"]) == ("viewer-down", "es")


def test_folder_with_translations_wants_one_for_every_plan(tmp_path):
    (tmp_path / "es").mkdir()
    (tmp_path / "viewer-down.yaml").write_text(PLAN)
    assert [one.rule for one in check_library(tmp_path)] == ["no-translation"]

    (tmp_path / "es" / "viewer-down.yaml").write_text(WORDS)
    assert check_library(tmp_path) == []
    assert check_library(tmp_path / "es" / "viewer-down.yaml") == []

    (tmp_path / "es" / "other.yaml").write_text(WORDS)
    assert [one.rule for one in check_library(tmp_path)] == ["no-plan"]


def test_translation_of_another_plan_or_with_faults_is_said_so(tmp_path):
    (tmp_path / "es").mkdir()
    (tmp_path / "viewer-down.yaml").write_text(PLAN)
    file = tmp_path / "es" / "viewer-down.yaml"

    file.write_text(WORDS.replace("plan: viewer-down", "plan: power"))
    assert [one.rule for one in check_library(tmp_path)] == ["file-name"]

    file.write_text(WORDS.replace("language: es", "language: xx"))
    assert [one.rule for one in check_library(tmp_path)] == ["fault"]


def put_plan(text=PLAN):
    return import_plan(text, site="northgate", units=[], attestation=attest_now(None, "Ines"))


def put_words(text=WORDS):
    return import_translation(text, site="northgate", attestation=attest_now(None, "Ines"))


def words_on_phones():
    db.session.rollback()
    body = db.session.execute(select(Row.body).where(Row.id == "words:viewer-down:es")).scalar()
    return json.loads(body)["texts"]


def test_words_reach_phones_and_the_file_comes_out_as_it_went_in(app):
    put_plan()
    put_words(WORDS + "# año\r\n")

    assert words_on_phones()["Count the pages."] == "Cuente las páginas."
    assert translation_texts("viewer-down") == {"es": WORDS + "# año\r\n"}


def test_repeating_it_changes_nothing(app):
    put_plan()
    put_words()
    before = scope_heads(["ref:northgate"])

    put_words()

    assert scope_heads(["ref:northgate"]) == before


def test_new_version_of_the_plan_takes_words_away_that_no_longer_fit(app):
    put_plan()
    put_words()

    put_plan(PLAN.replace("Count the pages.", "Count all pages."))

    assert "Count the pages." not in words_on_phones()
    assert words_on_phones()["Wait."] == "Espere."


def test_words_for_a_plan_that_is_not_there_are_refused(app):
    with pytest.raises(NotFound):
        put_words()
