"""Plans speak the words of the country they are used in; codes, choices in conditions and translations follow."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.base.attestation import attest_now
from app.base.db import db
from app.commands import cli
from app.live.models import Row
from app.plans.catalogue import parse_roles, parse_unit_types
from app.plans.commands import choose_vocabulary, import_plan, import_translation
from app.plans.library import LIBRARY, check, read_text
from app.plans.queries import plan_in_force
from app.plans.translation import texts_of
from app.plans.vocabularies import role_rows, vocabularies
from app.plans.vocabulary import VocabularyPack, parse_vocabulary, reworded, rewording

PACK = VocabularyPack.model_validate(
    {
        "id": "isles",
        "title": {"en": "Isles", "es": "Islas"},
        "words": {"charge nurse": "nurse in charge", "MAR": "drug chart", "MARs": "drug charts", "census": "bed state"},
    }
)


@pytest.fixture(scope="module")
def packs():
    folder = LIBRARY / "vocabulary"
    return {name: parse_vocabulary(read_text(folder / f"{name}.yaml"), source=name) for name in vocabularies()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Charge nurse", "Nurse in charge"),
        ("Ask the charge nurse. Census first.", "Ask the nurse in charge. Bed state first."),
        ("Print census, MAR and MARs.", "Print bed state, drug chart and drug charts."),
        ("MAR printed", "Drug chart printed"),
        ("Send MARIA to the censuses.", "Send MARIA to the censuses."),
        ("Non-MAR", "Non-MAR"),
    ],
)
def test_whole_words_are_replaced_and_a_capital_stays_where_a_sentence_begins(text, said):
    assert rewording(PACK.words)(text) == said


def test_no_words_leave_a_text_as_it_is():
    assert rewording({})("Charge nurse") == "Charge nurse"


def test_library_has_the_packs_of_its_countries(packs):
    assert set(packs) == {"generic", "us", "uk-ie", "au-nz"}
    assert packs["generic"].words == {}


def test_packs_name_codes_that_are_there_and_words_that_plans_use(packs):
    roles = {role.code for role in parse_roles(read_text(LIBRARY / "roles.yaml"), source="r")}
    types = {one.code for one in parse_unit_types(read_text(LIBRARY / "unit_types.yaml"), source="t")}
    texts = " ".join(text for plan in check(LIBRARY).plans for text in texts_of(plan))
    for pack in packs.values():
        assert pack.roles.keys() <= roles
        assert pack.unit_types.keys() <= types
        unused = [word for word in pack.words if rewording({word: "#"})(texts) == texts]
        assert unused == [], pack.id


def test_steps_stay_short_in_every_vocabulary(packs):
    plans = check(LIBRARY).plans
    for pack in packs.values():
        reword = rewording(pack.words)
        for plan in plans:
            long = [one for one in texts_of(reworded(plan, reword)).values() if len(one.text) > one.max_chars]
            assert long == [], (pack.id, plan.id)


def test_phones_get_new_words_for_plans_cards_and_translations(app):
    text = read_text(LIBRARY / "plans" / "ehr-unplanned.yaml")
    words = read_text(LIBRARY / "plans" / "es" / "ehr-unplanned.yaml")
    import_plan(text, site="northgate", units=[], attestation=attest_now(None, "Ines"))
    import_translation(words, site="northgate", attestation=attest_now(None, "Ines"))

    changed = choose_vocabulary(PACK, site="northgate", units=[], attestation=attest_now(None, "Ines"))

    assert changed
    db.session.rollback()
    rows = {row_id: json.loads(body) for row_id, body in db.session.execute(select(Row.id, Row.body))}
    card = rows["ehr-unplanned:charge-nurse"]
    said = rows["words:ehr-unplanned:es"]["texts"]
    assert card["title"] == "Nurse in charge"
    assert said["Nurse in charge"] == "Enfermera responsable"
    untranslated = [step["title"] for step in card["steps"] if step["title"] not in said]
    assert untranslated == []
    assert plan_in_force("ehr-unplanned").cards[0].title == "Nurse in charge"


def test_choosing_the_same_words_again_changes_nothing(app):
    choose_vocabulary(PACK, site="northgate", units=[], attestation=attest_now(None, "Ines"))

    assert not choose_vocabulary(PACK, site="northgate", units=[], attestation=attest_now(None, "Ines"))


def test_command_gives_roles_the_labels_of_the_country(tmp_path, monkeypatch):
    monkeypatch.setenv("WARDLIGHT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WARDLIGHT_DATABASE_URL", "")
    small = tmp_path / "plans"
    small.mkdir()
    runner = CliRunner()
    assert runner.invoke(cli, ["init", "--site", "a", "--name", "A", "--library", str(small)]).exit_code == 0

    result = runner.invoke(cli, ["vocabulary", "uk-ie"])

    assert result.output == "The words of uk-ie are in use.\n"
    assert runner.invoke(cli, ["vocabulary", "uk-ie"]).output == "The words of uk-ie are in use already.\n"
    assert "There are: au-nz, generic, uk-ie, us." in runner.invoke(cli, ["vocabulary", "mars"]).output


def test_role_table_takes_the_titles_of_a_pack(packs):
    titles = {row["code"]: row["title_en"] for row in role_rows(titles=packs["uk-ie"].roles)}

    assert titles["charge-nurse"] == "Nurse in charge"
    assert titles["pharmacist"] == "Pharmacist"
