"""Published libraries in our own way of writing, so that they can be joined with our modules. Pure rules.

A published module is one long line: `...}export{x as Component};`. Its statements are put at the start of a line each;
what they say stays as it is. A statement that is written in yet another way is found by the reader (modules.py).
"""

from __future__ import annotations

import re

# What the first screen waits for: as files of their own they would be six more requests over a slow line.
JOINED = ("preact", "preact/hooks", "htm", "@preact/signals-core", "@preact/signals", "idb")

STATEMENT = re.compile(
    r"""(?:^|(?<=[;}\n]))\s*(?P<word>import|export)\s*(?P<what>\{[^{}]*\})(?:\s*from\s*["'](?P<name>[^"']+)["'])?;?"""
)
DEFAULT = re.compile(r"(?:^|(?<=[;}\n]))\s*export default\b")


def opened(text: str) -> str:
    """The text of a published module with each import and export on a line of its own."""

    def on_a_line(found: re.Match[str]) -> str:
        source = f' from "{found["name"]}"' if found["name"] else ""
        return f"\n{found['word']} {found['what']}{source};\n"

    return DEFAULT.sub("\nexport default", STATEMENT.sub(on_a_line, text))
