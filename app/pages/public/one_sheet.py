"""All style sheets as one text, for a file that must stand alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")


def one_sheet(index: str, read: Callable[[str], str]) -> str:
    """`index` with every import replaced by the imported text in its layer. ValueError if it could end the element."""
    sheet = IMPORT.sub(lambda found: f"@layer {found[2]} {{ {read(found[1])} }}", index)
    sheet = SPACE.sub(" ", COMMENT.sub(" ", sheet)).strip()
    if "</" in sheet:
        raise ValueError("a style sheet holds the end of an element")
    return sheet
