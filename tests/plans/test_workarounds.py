"""If X is down, do Y: the file, its lint, who is meant, and the starter set."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from app.plans.cli import plans as plans_group
from app.plans.errors import PlanErrors
from app.plans.library import LIBRARY, check, read_text, workaround_paths
from app.plans.schema import schema_text
from app.plans.workarounds.format import MAX_LINES, WorkaroundPack, pack_row, parse_workarounds
from app.plans.workarounds.matching import entries_for, pick

CONTRACT = json.loads((Path(__file__).parent.parent / "contracts" / "workarounds.json").read_text())
FILE = """\
service: cabinets
title: {en: The cabinets are down, es: Los armarios no funcionan}
workarounds:
  - code: wards
    unit_types: [ward]
    owner: Pharmacy
    review_by: 2027-05-01
    safe_for: 4 h
    do:
      - {en: Use the key., es: Use la llave.}
    stop:
      - {en: Do not force a drawer., es: No fuerce un cajón.}
"""


def pack(text: str = FILE) -> WorkaroundPack:
    return parse_workarounds(text, source="cabinets.yaml")


def findings(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "cabinets.yaml"
    file.write_text(text, encoding="utf-8")
    return [(one.line, one.rule) for one in check(file).findings]


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=[case["name"] for case in CONTRACT["cases"]])
def test_each_role_of_a_unit_gets_the_most_exact_workaround(case):
    meant = entries_for(CONTRACT["entries"], unit=case["unit"], unit_type=case["type"])

    assert {entry["code"]: roles for entry, roles in meant} == case["meant"]
    for role, codes in case["picks"].items():
        assert [entry["code"] for entry in pick(meant, [role])] == codes


def test_the_row_of_a_file_says_its_lines_in_two_languages_and_its_minutes():
    row = pack_row(pack(), "v1", reword=str.upper)

    assert row["title"] == {"en": "THE CABINETS ARE DOWN", "es": "Los armarios no funcionan"}
    entry = row["entries"][0]
    assert (entry["code"], entry["unit_types"], entry["roles"], entry["safe_min"]) == ("wards", ["ward"], [], 240)
    assert entry["stop"] == [{"en": "DO NOT FORCE A DRAWER.", "es": "No fuerce un cajón."}]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    owner: Pharmacy\n", "", '"owner" is missing.'),
        ("    review_by: 2027-05-01\n", "", '"review_by" is missing.'),
        ("review_by: 2027-05-01", "review_by: next May", "is a day such as"),
        ("safe_for: 4 h", "safe_for: a while", "is written like 30 min or 2 h"),
        ("safe_for: 4 h", "safe_for: 0 min", "at least 1 min"),
        ("Use the key.", "x" * 161, "longer than 160 characters"),
        ("    stop:\n      - {en: Do not force a drawer., es: No fuerce un cajón.}\n", "", '"stop" is missing.'),
        ("    unit_types: [ward]\n", "    unit_types: [ward]\n    units: [icu]\n", "units and unit types"),
        ("      - {en: Use the key., es: Use la llave.}\n", "      - {en: Use the key.}\n" * 7, "8 lines. Seven"),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_names_it(old, new, sentence):
    with pytest.raises(PlanErrors, match=sentence):
        pack(FILE.replace(old, new))


def test_two_workarounds_do_not_share_a_code():
    entry = FILE[FILE.index("  - code") :]
    with pytest.raises(PlanErrors, match="written twice"):
        pack(FILE + entry)


def test_a_plain_file_finds_nothing(tmp_path):
    assert findings(tmp_path, FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("service: cabinets", "service: cupboards", {(1, "unknown-service"), (1, "file-name")}),
        ("unit_types: [ward]", "unit_types: [wing]", {(5, "unknown-unit-type")}),
        ("    owner:", "    roles: [butler]\n    owner:", {(6, "unknown-role")}),
        ("Use the key.", "Write the date of birth.", {(10, "patient-data")}),
        ("{en: Use the key., es: Use la llave.}", "{en: Use the key.}", {(10, "no-translation")}),
        ("Use the key.", "Subsequently authenticate pharmaceutical accountability.", {(4, "hard-words")}),
    ],
)  # fmt: skip
def test_what_nobody_can_use_is_found_where_it_is_written(tmp_path, old, new, found):
    assert set(findings(tmp_path, FILE.replace(old, new))) == found


def test_two_workarounds_for_the_same_people_are_found(tmp_path):
    again = FILE[FILE.index("  - code") :].replace("code: wards", "code: again")

    assert (13, "covered-twice") in findings(tmp_path, FILE + again)


def test_the_starter_set_is_checked_complete_and_bilingual():
    files = workaround_paths(LIBRARY)
    packs = [parse_workarounds(read_text(file), source=file.name) for file in files]
    wanted = {
        "ehr", "cabinets", "lab-system", "pacs", "telephony", "paging", "network", "wifi", "identity", "printing",
        "device-integration", "blood-bank-system", "registration-adt", "interface-engine", "nurse-call", "tube-system",
        "building-access",
    }  # fmt: skip

    assert {one.service for one in packs} >= wanted
    assert [str(one) for file in files for one in check(file).findings] == []
    assert all(said.es for one in packs for entry in one.workarounds for said in entry.lines)
    assert all(date.fromisoformat(entry.review_by) for one in packs for entry in one.workarounds)
    assert max(len(entry.lines) for one in packs for entry in one.workarounds) <= MAX_LINES


def test_the_schema_in_the_library_is_that_of_the_format():
    assert read_text(LIBRARY / "schema" / "workarounds.schema.json") == schema_text("workarounds")
    assert CliRunner().invoke(plans_group, ["schema", "workarounds"]).output == schema_text("workarounds")


WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=30).map(lambda text: f"Do {text.strip()}".strip())


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(1, 9_000))
def test_whatever_is_written_is_read_back(lines, minutes):
    entry = {
        "code": "a", "owner": "O", "review_by": "2027-01-01", "safe_for": f"{minutes} min",
        "do": [{"en": line} for line in lines], "stop": [{"en": "Stop."}],
    }  # fmt: skip
    text = json.dumps({"service": "ehr", "title": {"en": "Down"}, "workarounds": [entry]})

    row = pack_row(pack(text), "v")["entries"][0]

    assert [line["en"] for line in row["do"]] == lines
    assert row["safe_min"] == minutes
