"""A file of workarounds, looked at as a whole."""

import re
from pathlib import Path

from app.plans.catalogue import Vocabulary
from app.plans.errors import PlanErrors
from app.plans.lint import Finding
from app.plans.workarounds.format import workarounds_of
from app.plans.workarounds.lint import lint_workarounds
from app.plans.yaml_text import read_yaml

_TELLS = re.compile(r"^workarounds:", re.MULTILINE)


def is_workaround_text(text: str) -> bool:
    """Whether a file holds workarounds and no plan."""
    return _TELLS.search(text) is not None


def check_workarounds(file: Path, text: str, vocabulary: Vocabulary) -> list[Finding]:
    """Faults and advice for one file."""
    source = str(file)
    try:
        document = read_yaml(text, source=source)
        pack = workarounds_of(document, source=source)
    except PlanErrors as errors:
        return [Finding(one.file, one.line, "fault", one.sentence) for one in errors.problems]
    found = lint_workarounds(pack, document, vocabulary, source=source)
    if pack.service != file.stem:
        line = document.line(("service",))
        found.append(Finding(source, line, "file-name", f"The file of {pack.service} is {pack.service}.yaml."))
    return found
