"""QR codes as the path of an SVG, so that a template can draw them without trusting any markup. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno


@dataclass(frozen=True)
class QrCode:
    """`size` modules a side; `path` strokes its dark modules one line at a time."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of an address. Error correction M: posters get scratched and photocopied."""
    rows = [tuple(row) for row in segno.make(text, error="m", micro=False).matrix]
    lines = [_line(y, row) for y, row in enumerate(rows)]
    return QrCode(len(rows), "".join(lines))


def _line(y: int, row: tuple[int, ...]) -> str:
    parts, x = [], 0
    for dark, group in groupby(row):
        width = len(list(group))
        if dark:
            parts.append(f"M{x} {y}.5h{width}")
        x += width
    return "".join(parts)
