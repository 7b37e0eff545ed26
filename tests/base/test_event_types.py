"""The sentences of the timeline."""

from __future__ import annotations

from string import Formatter

import pytest

from app.base.event_types import EVENT_TYPES, EventType, sentence


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("name", "known"), EVENT_TYPES.items(), ids=list(EVENT_TYPES))
def test_a_sentence_says_the_same_facts_in_every_language(name: str, known: EventType) -> None:
    assert known.en.strip() and known.es.strip()
    # Words inside a sentence come in each language: way_en, way_es.
    assert {f.removesuffix("_en") for f in places(known.en)} == {f.removesuffix("_es") for f in places(known.es)}
    assert known.audience in ("command", "record")
    assert "{" not in sentence(name, dict.fromkeys(places(known.en) | places(known.es), "x"))["es"]


def test_a_missing_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        sentence("incident.declared", {"by": "Omar"})


def test_an_unknown_type_is_a_bug() -> None:
    with pytest.raises(KeyError):
        sentence("incident.vanished", {"by": "Omar"})
