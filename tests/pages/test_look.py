"""The style sheets and the sprite hold together."""

from __future__ import annotations

import re
from pathlib import Path

from tests.rules.source_tree import ROOT, template_files

CSS = ROOT / "static" / "css"
IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\);')
SYMBOL = re.compile(r'  <symbol id="(i-[a-z-]+)".*</symbol>')
ICON_USE = re.compile(r"""icon\("([a-z-]+)"|#i-([a-z-]+)"|icon: "([a-z-]+)"|icon\('([a-z-]+)'""")
PNG_SIZES = {
    "icon-192.png": 192,
    "icon-512.png": 512,
    "icon-maskable-512.png": 512,
    "apple-touch-180.png": 180,
    "badge-96.png": 96,
}


def style_sheets() -> list[Path]:
    return sorted(path for path in CSS.rglob("*.css") if path.name != "index.css")


def symbols(path: Path) -> dict[str, str]:
    return {found[1]: found[0].strip() for found in SYMBOL.finditer(path.read_text(encoding="utf-8"))}


def test_the_layers_are_named_before_anything_else() -> None:
    first = (CSS / "index.css").read_text(encoding="utf-8").splitlines()[0]

    assert first == "@layer reset, base, components, utilities, print;"


def test_every_style_sheet_is_imported_once_into_a_layer() -> None:
    imported = [name for name, _layer in IMPORT.findall((CSS / "index.css").read_text(encoding="utf-8"))]

    assert sorted(imported) == [path.relative_to(CSS).as_posix() for path in style_sheets()]


def test_no_style_sheet_is_too_long_or_shouts() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in style_sheets()}

    assert [name for name, text in texts.items() if len(text.splitlines()) > 200] == []
    assert [name for name, text in texts.items() if "!important" in text] == []


def test_the_sprite_in_pages_is_the_sprite_in_the_file() -> None:
    assert symbols(ROOT / "templates" / "_sprite.html") == symbols(ROOT / "static" / "icons" / "icons.svg")


def test_every_icon_that_a_page_names_exists() -> None:
    known = {name.removeprefix("i-") for name in symbols(ROOT / "static" / "icons" / "icons.svg")}
    used = {
        next(filter(None, found))
        for path in template_files(ROOT)
        for found in ICON_USE.findall(path.read_text(encoding="utf-8"))
    }

    assert sorted(used - known) == []


def test_the_drawn_icons_have_the_sizes_that_their_names_say() -> None:
    for name, size in PNG_SIZES.items():
        head = (ROOT / "static" / "icons" / name).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (size, size), name
