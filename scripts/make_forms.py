#!/usr/bin/env python3
"""Set the starter library's downtime logs into library/plans/forms/*.pdf. The same words give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import typst
import yaml

LIBRARY = Path(__file__).resolve().parent.parent / "library"
PRINT = LIBRARY / "print"
FORMS = LIBRARY / "plans" / "forms"


def main() -> None:
    """Write every form that forms.yaml describes."""
    FORMS.mkdir(exist_ok=True)
    for form in yaml.safe_load((PRINT / "forms.yaml").read_text(encoding="utf-8")):
        page = typst.compile(
            str(PRINT / "form.typ"),
            root=str(PRINT),
            font_paths=[str(PRINT / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(form, ensure_ascii=False)},
            format="pdf",
            pdf_tags=False,
        )
        (FORMS / f"{form['code']}.pdf").write_bytes(page)


if __name__ == "__main__":
    main()
