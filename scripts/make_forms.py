#!/usr/bin/env python3
"""Set the starter library's downtime logs into library/plans/forms/*.pdf. The same words give the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.pages.packet.typeset import PRINT, pdf_of
from app.plans.library import LIBRARY

FORMS = LIBRARY / "plans" / "forms"


def main() -> None:
    """Write every form that forms.yaml describes."""
    FORMS.mkdir(exist_ok=True)
    for form in yaml.safe_load((PRINT / "forms.yaml").read_text(encoding="utf-8")):
        (FORMS / f"{form['code']}.pdf").write_bytes(pdf_of(form, "form.typ"))


if __name__ == "__main__":
    main()
