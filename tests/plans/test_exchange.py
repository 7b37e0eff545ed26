"""Plans go to spreadsheets and other programs and come back as they were; a file comes out byte for byte."""

import csv
import io
import json

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings, strategies as st

from app.base.attestation import attest_now
from app.commands import cli
from app.plans.commands import import_plan
from app.plans.errors import PlanErrors
from app.plans.exchange import EXPORT_FORMS, IMPORT_FORMS
from app.plans.fhir import plan_definition
from app.plans.format import Plan
from app.plans.library import LIBRARY, plan_files, read_text
from app.plans.pack import parse_plan
from app.plans.queries import plan_text
from app.plans.sheets import csv_bytes, plan_of_csv, plan_of_xlsx, xlsx_bytes
from app.plans.tables import COLUMNS, plan_tables
from app.plans.written import plan_file
from tests.plans.test_links import PLAN

LETTERS = st.characters(categories=("L", "N", "P", "S", "Zs"))


def line(most=30):
    return st.text(LETTERS, min_size=1, max_size=most).map(str.strip).filter(bool)


@st.composite
def steps(draw, codes):
    step = {"code": draw(codes), "do": draw(line())}
    if draw(st.booleans()):
        step |= {"due": draw(st.sampled_from(["5 min", "1 h 30 min", "when it happens", "60 min before"]))}
    if draw(st.booleans()):
        step |= {"hint": draw(line()), "safety": draw(st.booleans()), "anchor": draw(st.sampled_from(["T0", "shift"]))}
    if draw(st.booleans()):
        step |= {"two_person": True, "confirm_roles": ["pharmacist"], "repeat": "2 h", "until": "TE"}
    if draw(st.booleans()):
        choices = draw(st.lists(line(), min_size=1, max_size=3))
        step["capture"] = [
            {"key": "answer", "label": draw(line()), "type": "choice", "choices": choices, "required": True},
            {"key": "beds", "label": draw(line()), "type": "count", "min": 0, "max": 9},
        ]
    if draw(st.booleans()):
        step["local"] = {"icu": draw(line()), "5-west": draw(line())}
    return step


@st.composite
def plans(draw):
    """Plans that somebody could have written, with the letters of any language in every text."""
    cards = []
    for role in draw(st.lists(st.sampled_from(["charge-nurse", "pharmacist", "no"]), min_size=1, unique=True)):
        codes = draw(st.lists(st.sampled_from(["A1", "A2", "B7", "G12", "P3"]), min_size=1, max_size=3, unique=True))
        made = [draw(steps(st.just(code))) for code in codes]
        cards.append(
            {"role": role, "title": draw(line()), "mission": draw(line()), "unit_types": ["ward"], "steps": made}
        )
    head = {"id": "p", "kind": "unplanned", "services": ["ehr"], "icon": "ehr", "level": 2, "unit_types": ["ward"]}
    texts = {"title": draw(line()), "summary": draw(line()), "do_now": draw(line())}
    works = draw(st.lists(line(), max_size=2))
    return Plan.model_validate({**head, **texts, "works": works, "cards": cards, "owner": draw(line())})


@given(plans())
@settings(max_examples=40, deadline=None)
def test_any_plan_comes_back_from_its_file_and_from_a_table(plan):
    assert parse_plan(plan_file(plan), source="p.yaml") == plan
    assert plan_of_csv(csv_bytes(plan), source="p.csv") == plan


@given(plans())
@settings(max_examples=8, deadline=None)
def test_any_plan_comes_back_from_a_workbook(plan):
    assert plan_of_xlsx(xlsx_bytes(plan), source="p.xlsx") == plan


@given(plans(), st.sampled_from(["\n", "\r\n"]), line())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_comes_out_of_the_database_byte_for_byte(app, plan, end, comment):
    text = (plan_file(plan) + f"# {comment}\n").replace("\n", end)

    done = import_plan(text, site="northgate", units=[], attestation=attest_now(None, "Ines"))

    assert plan_text("p", done.version) == text


@pytest.mark.parametrize("path", plan_files(LIBRARY)[::3], ids=lambda path: path.stem)
def test_library_plan_comes_back_from_every_form(path):
    plan = parse_plan(read_text(path), source=path.name)

    assert parse_plan(plan_file(plan), source=path.name) == plan
    assert plan_of_csv(csv_bytes(plan), source="x.csv") == plan


def test_links_and_forms_survive_a_workbook():
    plan = parse_plan(PLAN, source="gates.yaml")

    assert plan_of_xlsx(xlsx_bytes(plan), source="gates.xlsx") == plan


def test_what_a_spreadsheet_makes_of_numbers_and_days_is_understood():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(parse_plan(PLAN, source="gates.yaml"))))
    rows = {row[0].value: row[1] for row in book["Plan"].iter_rows()}
    rows["level"].value = 2.0
    rows["review_by"].value = "2027-06-01"
    content = io.BytesIO()
    book.save(content)

    plan = plan_of_xlsx(content.getvalue(), source="gates.xlsx")

    assert (plan.level, plan.review_by) == (2, "2027-06-01")


def test_text_that_looks_like_a_formula_stays_text():
    plan = parse_plan(PLAN.replace("do: Tell the units.", 'do: "=HYPERLINK(1) is no formula"'), source="gates.yaml")

    assert b"'=HYPERLINK" in csv_bytes(plan)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(plan)))["Steps"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert plan_of_xlsx(xlsx_bytes(plan), source="x") == plan == plan_of_csv(csv_bytes(plan), source="x")


def test_fault_in_a_spreadsheet_is_named_with_its_row():
    text = csv_bytes(parse_plan(PLAN, source="gates.yaml")).decode().replace("2 h,", "soon,", 1)

    with pytest.raises(PlanErrors) as caught:
        plan_of_csv(text.encode(), source="gates.csv")

    rows = [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))]
    [problem] = caught.value.problems
    assert '"due" is written like 5 min' in problem.sentence
    assert rows[problem.line - 1] == "pharmacist"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no table of steps."),
        (b"role,code,colour\n", "no column “colour”"),
        (b"\xff\xfe", "no table in UTF-8"),
        (b"id,p\n\nrole,code,capture\nno,A1,{broken\n", '"capture" cannot be read: {broken'),
        (b"x" * 5_000_001, "larger than five million"),
    ],
)
def test_table_that_is_no_plan_is_refused_in_words(content, sentence):
    with pytest.raises(PlanErrors) as caught:
        plan_of_csv(content, source="x.csv")

    assert any(sentence in problem.sentence for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"{}"])
def test_file_that_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(PlanErrors, match="no workbook with the sheets Plan and Steps"):
        plan_of_xlsx(content, source="x.xlsx")


def test_table_begins_with_the_columns_of_the_guide():
    assert plan_tables(parse_plan(PLAN, source="x")).steps[0] == list(COLUMNS)


def test_plan_definition_says_what_fhir_can_say():
    plan = parse_plan(PLAN, source="gates.yaml")

    definition = plan_definition(plan, "abc")

    assert (definition["resourceType"], definition["status"], definition["version"]) == (
        "PlanDefinition",
        "active",
        "abc",
    )
    cards = {card["id"]: {step["id"]: step for step in card["action"]} for card in definition["action"]}
    entry = cards["charge-nurse"]["charge-nurse.G1"]
    assert entry["relatedAction"] == [{"actionId": "pharmacist.G1", "relationship": "after-end"}]
    assert entry["timingDuration"]["value"] == 240
    assert cards["charge-nurse"]["charge-nurse.D1"]["timingTiming"]["repeat"]["period"] == 720
    assert cards["pharmacist"]["pharmacist.G2"]["condition"][0]["expression"]["expression"] == "state of G1 is Good"
    assert "Gaps (count)" in cards["pharmacist"]["pharmacist.G1"]["textEquivalent"]


def test_releases_of_fhir_differ_in_the_name_of_a_related_action():
    steps_of = json.dumps(plan_definition(parse_plan(PLAN, source="x"), "v", release="R5"))

    assert "targetId" in steps_of
    assert "actionId" not in steps_of


@pytest.mark.parametrize("path", plan_files(LIBRARY)[::3], ids=lambda path: path.stem)
def test_every_id_in_a_plan_definition_is_one(path):
    definition = plan_definition(parse_plan(read_text(path), source=path.name), "v")
    ids = [step["id"] for card in definition["action"] for step in card["action"]]

    assert len(ids) == len(set(ids))
    assert all(len(one) <= 64 and one.replace("-", "").replace(".", "").isalnum() for one in ids)


def test_commands_carry_a_plan_through_every_form(tmp_path, monkeypatch):
    monkeypatch.setenv("WARDLIGHT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("WARDLIGHT_DATABASE_URL", "")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "gates.yaml").write_text(PLAN)
    run = CliRunner().invoke
    assert run(cli, ["init", "--site", "a", "--name", "A", "--library", str(tmp_path / "plans")]).exit_code == 0

    for form in EXPORT_FORMS:
        assert run(cli, ["plans", "export", str(tmp_path / form), "--format", form]).exit_code == 0, form
    assert (tmp_path / "yaml" / "gates.yaml").read_text() == PLAN
    assert json.loads((tmp_path / "fhir" / "gates.plandefinition.json").read_text())["title"] == "Gates"
    for form in IMPORT_FORMS[1:]:
        result = run(cli, ["plans", "import", str(tmp_path / form / f"gates.{form}")])
        assert result.exit_code == 0, result.output
        assert result.output.startswith("gates: in force now" if form == "csv" else "gates: was in force already")
