"""The typesetter: values and a layout become a PDF. The same values give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typst
import yaml

from app.plans.library import LIBRARY

PRINT = LIBRARY / "print"


def words_of(language: str) -> Mapping[str, Any]:
    """The words of packets in a language."""
    words: Mapping[str, Any] = yaml.safe_load((PRINT / f"{language}.yaml").read_text(encoding="utf-8"))
    return words


def pdf_of(values: Mapping[str, Any], layout: str = "packet.typ") -> bytes:
    """Values in a layout as a PDF, in the fonts that are kept beside it: nothing of this machine goes into it."""
    # on paper nobody reads tags, and they would make it four times as large
    return bytes(_COMPILE(**_what(values, layout), format="pdf", pdf_tags=False))


def pictures_of(packet: Mapping[str, Any], *, dpi: int) -> list[bytes]:
    """The packet's pages as PNG, as a scanner would see them."""
    made = _COMPILE(**_what(packet, "packet.typ"), format="png", ppi=dpi)
    return [bytes(page) for page in (made if isinstance(made, list) else [made])]


_COMPILE: Any = typst.compile


def _what(values: Mapping[str, Any], layout: str) -> dict[str, Any]:
    return {
        "input": str(PRINT / layout),
        "root": str(PRINT),
        "font_paths": [str(PRINT / "fonts")],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(values, ensure_ascii=False)},
    }
