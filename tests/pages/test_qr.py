from __future__ import annotations

import re

from app.pages.qr import qr_code


def test_the_path_draws_the_three_corners_and_stays_inside() -> None:
    code = qr_code("https://wardlight.example/app/card/icu")
    runs = [(int(x), int(y), int(width)) for x, y, width in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code.path)]

    assert {(0, 0, 7), (code.size - 7, 0, 7), (0, code.size - 1, 7)} <= set(runs)
    assert max(x + width for x, _y, width in runs) <= code.size
    assert max(y for _x, y, _width in runs) < code.size
