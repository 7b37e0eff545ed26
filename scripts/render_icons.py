"""Draw the PNG icons of the app from the marks in static/icons; run it after changing a mark and commit the result."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).resolve().parents[1] / "static" / "icons"

# Name -> (mark, size in px). The badge is white on nothing: Android colours it.
DRAWN = {
    "icon-192.png": ("mark.svg", 192),
    "icon-512.png": ("mark.svg", 512),
    "icon-maskable-512.png": ("mark-maskable.svg", 512),
    "apple-touch-180.png": ("mark.svg", 180),
    "badge-96.png": ("mark-mono.svg", 96),
}
# iOS cuts the corners itself and shows what is transparent as black.
SQUARE = frozenset({"apple-touch-180.png"})


def draw(page: Page, name: str) -> None:
    mark, size = DRAWN[name]
    svg = (ICONS / mark).read_text(encoding="utf-8")
    if name in SQUARE:
        svg = re.sub(r' rx="\d+"', "", svg)
    svg = svg.replace("<svg ", f'<svg width="{size}" height="{size}" style="display:block;color:#fff" ', 1)
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0;background:transparent}}</style>{svg}")
    page.screenshot(path=ICONS / name, omit_background=True)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for name in DRAWN:
            draw(page, name)
        browser.close()


if __name__ == "__main__":
    main()
