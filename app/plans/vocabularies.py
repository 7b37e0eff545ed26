"""The words of a country for the whole hospital: which packs there are, and choosing one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.base.attestation import Attestation
from app.base.unit_of_work import write
from app.people.commands.reference import store_reference
from app.people.queries import site_card, units
from app.plans.catalogue import parse_roles
from app.plans.commands import choose_vocabulary
from app.plans.library import LIBRARY, read_text
from app.plans.pack import UnitRef
from app.plans.vocabulary import VocabularyPack, parse_vocabulary


def vocabularies(library: Path = LIBRARY) -> list[str]:
    """Names of the vocabulary packs of a library."""
    return sorted(path.stem for path in (library / "vocabulary").glob("*.yaml"))


def vocabulary_pack(name: str, library: Path = LIBRARY) -> VocabularyPack:
    """A pack by its name. ValueError for an unknown one, PlanErrors for a file with faults."""
    if name not in vocabularies(library):
        raise ValueError(f"There is no vocabulary “{name}”. There are: {', '.join(vocabularies(library))}.")
    path = library / "vocabulary" / f"{name}.yaml"
    return parse_vocabulary(read_text(path), source=str(path))


def role_rows(library: Path = LIBRARY, titles: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """The role catalogue as rows of the role table; `titles` are a vocabulary pack's English titles by code."""
    path = library / "roles.yaml"
    given = titles or {}
    return [
        {
            "code": role.code,
            "title_en": given.get(role.code, role.title.en),
            "title_es": role.title.es,
            "leader": role.leader,
            "order": order,
        }
        for order, role in enumerate(parse_roles(read_text(path), source=str(path)))
    ]


def speak(pack: VocabularyPack, *, site: str, attestation: Attestation, library: Path = LIBRARY) -> bool:
    """Let roles and plans of a site speak a pack's words; whether that changed anything. What runs keeps its own."""
    refs = [UnitRef(unit["id"], unit["type"]) for unit in units(site)]
    with write() as work:
        here = {key: value for key, value in site_card(site).items() if key in ("id", "name", "tz")}
        store_reference(work, site=here, roles=role_rows(library, titles=pack.roles))
        return choose_vocabulary(pack, site=site, units=refs, attestation=attestation)
