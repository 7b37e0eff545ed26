"""What a site decides about its updates, as text that its office edits, and on the phones."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.attestation import by_system
from app.broadcasts.commands.site_rules import put_texts, take_starter_texts
from app.broadcasts.office import parse_policy, policy_yaml, texts_yaml
from app.broadcasts.policy import Policy
from app.broadcasts.queries import texts_of
from app.broadcasts.ready_texts import ReadyTexts, parse_texts
from app.plans.errors import PlanErrors
from app.plans.library import LIBRARY
from tests.broadcasts.stage import wrong_rows
from tests.cast import Hospital
from tests.rows import bodies

FILES = sorted((LIBRARY / "broadcasts").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_starter_text_fits_a_lock_screen_in_its_language(path: Path) -> None:
    texts = parse_texts(path.read_text(), source=path.name)

    assert texts.lang == path.stem
    assert {text.stage for text in texts.texts} == {
        "investigating", "confirmed", "workaround", "restoring", "restored", "all_clear", "closed",
    }  # fmt: skip


def test_both_languages_have_the_same_texts() -> None:
    keys = [[text.key for text in parse_texts(path.read_text(), source=path.name).texts] for path in FILES]

    assert keys[0] == keys[1]


def test_the_rules_come_back_from_their_text() -> None:
    rules = Policy.model_validate({"approval": True, "ack_remind_min": None, "ack_lasts_min": 720})

    assert parse_policy(policy_yaml(rules)) == rules
    assert parse_policy(policy_yaml(Policy())) == Policy()


def test_a_fault_is_told_with_its_line() -> None:
    with pytest.raises(PlanErrors, match="rules:2:"):
        parse_policy("approval: true\nremind_min: soon\n")


def test_a_site_takes_the_starter_texts_once_and_edits_its_own(hospital: Hospital) -> None:
    take_starter_texts(by_system(), "northgate")
    own = parse_texts(texts_yaml("en", [text["body"] for text in texts_of("northgate", "en")][:2]), source="texts")

    put_texts(by_system(), "northgate", own)
    take_starter_texts(by_system(), "northgate")

    assert [text["key"] for text in texts_of("northgate", "en")] == ["first-word", "confirmed-paper"]
    assert len(texts_of("northgate", "es")) == 10
    shown = [key for key, (row_type, _body) in bodies().items() if row_type == "ready_text"]
    assert len(shown) == 12
    assert wrong_rows() == {}


def test_a_site_may_have_no_texts_in_a_language(hospital: Hospital) -> None:
    take_starter_texts(by_system(), "northgate")

    put_texts(by_system(), "northgate", ReadyTexts(lang="es", texts=()))

    assert texts_of("northgate", "es") == []
