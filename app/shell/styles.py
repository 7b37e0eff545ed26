"""The style sheets of the app joined into one file, with the layers in which they were imported. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

IMPORT = re.compile(r'^@import "(?P<path>[^"]+)" layer\((?P<layer>[\w-]+)\);$', re.MULTILINE)
ENTRY = "index.css"


def joined_styles(sources: Mapping[str, str]) -> str:
    """The text of the entry with each imported sheet in its layer, from path below static/css -> text.

    Raises KeyError for a sheet that is not there, ValueError for an import that is written in another way: a browser
    would drop it without a word, as imports must stand first.
    """
    joined = IMPORT.sub(lambda found: f"@layer {found['layer']} {{\n{sources[found['path']]}}}", sources[ENTRY])
    if "@import" in joined:
        raise ValueError("css/index.css imports a sheet in a way that cannot be joined")
    return joined
