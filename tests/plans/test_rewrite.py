"""A change in the office writes itself into the plan's text and leaves every other byte alone."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from app.plans.library import LIBRARY, read_text
from app.plans.rewrite import rewritten
from app.plans.yaml_text import read_yaml

TEXT = """\
# The plan of the night.
id: viewer-down
title: Viewer is down   # as people call it
works:
  - Phones
cards:
  # who comes first
  - role: clerk
    title: Clerk
    steps:
      - code: A1
        do: Call the desk.   # not the ward
        due: 5 min
        capture:
          - {key: calls, label: Calls, type: count}
      # a rule of the house
      - {code: A2, do: Print the list., due: 10 min}

      - code: B1
        do: >
          Keep the
          list.
        safety: true
  - role: nurse
    title: Nurse
    steps:
      - code: A1
        do: Read the list.
"""
KEPT = ("# The plan of the night.", "   # as people call it", "  # who comes first", "      # a rule of the house")


def value_of(text):
    return json.loads(json.dumps(read_yaml(text, source="x").value))


def changed(text, change):
    value = value_of(text)
    change(value)
    written = rewritten(text, value, source="x")
    assert value_of(written) == value
    return written


def steps(value, card=0):
    return value["cards"][card]["steps"]


def test_unchanged_value_gives_back_every_byte():
    assert rewritten(TEXT, value_of(TEXT), source="x") == TEXT


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (lambda v: steps(v)[0].update(do="Call the service desk."), "Call the desk.", "Call the service desk."),
        (lambda v: steps(v)[0].update(due="when it happens"), "due: 5 min", "due: when it happens"),
        (lambda v: v.update(title="No: viewer"), "title: Viewer is down", "title: 'No: viewer'"),
        (lambda v: steps(v)[1].update(due="15 min"), "due: 10 min}", None),
        (lambda v: v.update(works=["Phones", "Laboratory"]), "works:\n  - Phones\n", "works: [Phones, Laboratory]\n"),
        (lambda v: steps(v)[0].pop("due"), "        due: 5 min\n", ""),
        (lambda v: steps(v)[0].update(due=None), "due: 5 min", "due: null"),
        (
            lambda v: v["cards"].__setitem__(0, {**v["cards"][0], "mission": "Be heard."}),
            "        safety: true\n",
            "        safety: true\n    mission: Be heard.\n",
        ),
    ],
)
def test_one_change_leaves_all_other_lines(change, before, after):
    written = changed(TEXT, change)

    if after is not None:
        assert written == TEXT.replace(before, after, 1)
    for line in (
        "# The plan of the night.",
        "   # as people call it",
        "  # who comes first",
        "      # a rule of the house",
    ):
        assert line in written


def test_moved_step_takes_its_lines_and_comments_along():
    written = changed(TEXT, lambda v: steps(v).insert(0, steps(v).pop(1)))

    moved = "      # a rule of the house\n      - {code: A2, do: Print the list., due: 10 min}\n"
    first = "      - code: A1\n        do: Call"
    assert written == TEXT.replace(moved, "").replace(first, f"{moved}{first}", 1)


def test_new_step_and_new_card_are_written_in_the_hand_of_the_file():
    field = {"key": "n", "label": "N", "type": "count", "min": "0"}
    step = {"code": "B2", "do": "Say: done.", "safety": "true", "capture": [field]}
    written = changed(TEXT, lambda v: steps(v).append(step))

    assert (
        "      - code: B2\n        do: 'Say: done.'\n        safety: true\n"
        "        capture:\n          - {key: n, label: N, type: count, min: 0}\n  - role: nurse\n"
    ) in written
    assert changed(TEXT, lambda v: v["cards"].append({"role": "lab", "steps": [step]})).startswith(TEXT)


def test_removed_step_leaves_nothing_behind():
    written = changed(TEXT, lambda v: steps(v).pop(0))

    assert "Call the desk" not in written
    assert "# a rule of the house" in written


def test_step_in_another_phase_keeps_its_lines_under_a_new_code():
    written = changed(TEXT, lambda v: steps(v)[0].update(code="B2"))

    assert written == TEXT.replace("code: A1", "code: B2", 1)


def test_text_without_a_last_line_end_and_with_other_line_ends_is_kept():
    bare = "id: a\ncards:\n  - role: r\n    steps:\n      - code: A1\n        do: One."

    assert changed(bare, lambda v: steps(v)[0].update(due="5 min")) == f"{bare}\n        due: 5 min\n"
    assert value_of(changed(bare, lambda v: steps(v).append({"code": "A2", "do": "Two."})))
    crlf = TEXT.replace("\n", "\r\n")
    assert changed(crlf, lambda v: steps(v)[0].update(do="Say.")) == crlf.replace("Call the desk.", "Say.")


def test_layout_that_cannot_be_taken_apart_is_written_anew():
    flow = "{id: a, cards: [{role: r, steps: [{code: A1, do: One.}]}]}\n"

    assert changed(flow, lambda v: steps(v)[0].update(do="Two.")) == (
        "id: a\ncards:\n  - role: r\n    steps:\n      - code: A1\n        do: Two.\n"
    )


PLANS = sorted((LIBRARY / "plans").glob("*.yaml"), key=lambda path: path.stat().st_size)[:4]
WORDS = st.text("aé: #'\"-{}[]1,nul~&*!|>%@`?", max_size=12)


@st.composite
def edits(draw):
    """A plan of the library and what an office does with one of its cards."""
    path: Path = draw(st.sampled_from(PLANS))
    value = value_of(read_text(path))
    card = draw(st.sampled_from(value["cards"]))
    told = set()
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.sampled_from(("set", "drop", "add", "copy", "remove", "move")))
        place = draw(st.integers(0, len(card["steps"]) - 1))
        step = card["steps"][place]
        told.add(step["code"])
        if what == "set":
            step[draw(st.sampled_from(("do", "hint", "due", "safety", "anchor")))] = draw(WORDS)
        elif what == "drop":
            step.pop("due", None)
        elif what == "add":
            card["steps"].insert(place, {"code": "Z9", "do": draw(WORDS), "local": {"icu": draw(WORDS)}})
        elif what == "copy":
            card["steps"].insert(place, {**step, "code": "Z8"})
        elif what == "remove" and len(card["steps"]) > 1:
            card["steps"].pop(place)
        elif what == "move":
            card["steps"].insert(draw(st.integers(0, len(card["steps"]) - 1)), card["steps"].pop(place))
    return path, value, card["role"], told


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits())
def test_edits_change_only_what_they_say(edit):
    path, value, role, told = edit
    text = read_text(path)

    written = rewritten(text, value, source="x")

    assert value_of(written) == value
    lines = set(written.splitlines())
    for card in value_of(text)["cards"]:
        for step in card["steps"]:
            if card["role"] != role or step["code"] not in told:
                start = text.index(f"  - role: {card['role']}\n")
                line = next(one for one in text[start:].splitlines() if f"code: {step['code']}" in one)
                assert line in lines
    assert all(line in lines for line in text.splitlines() if line.startswith("#"))
