"""The status as files: for another host or a stick, readable with no server and no script."""

from __future__ import annotations

import json
import os
from collections.abc import Hashable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup

from app.base.beside import wait_beside
from app.base.settings import Settings
from app.pages.public.feed import atom_feed
from app.pages.public.one_sheet import one_sheet
from app.pages.public.queries import bulletin, bulletin_for, state_key
from app.pages.public.sentences import sentences
from app.pages.public.statuspage import documents
from app.pages.routes.language import LANGUAGES
from app.pages.routes.page import time_words

FRONT = {"en": "index.html", "es": "index.es.html"}


def export_status(folder: Path) -> tuple[Path, ...]:
    """Write the present status into a folder, made if need be: pages, JSON, feed. Each file is replaced as a whole.

    Returns the paths. OSError when the folder can't be written. Repeating it writes the same until something changes.
    """
    files = status_files()
    wait_beside(_write, folder, files)
    return tuple(folder / name for name in files)


def status_files() -> dict[str, bytes]:
    """The files of the present status by their path in the folder. Links are relative unless an address is set."""
    settings: Settings = current_app.extensions["settings"]
    address = f"{settings.public_url.rstrip('/')}/" if settings.public_url else "./"
    seen, files = bulletin(), dict[str, bytes]()
    for code in LANGUAGES:
        with force_locale(code):
            files[FRONT[code]] = _page(code, timedelta(minutes=settings.status_valid_minutes)).encode()
    with force_locale(LANGUAGES[0]):
        words = sentences()
        feed = atom_feed(seen, address=address, sentences=words, language=LANGUAGES[0])
        made = documents(seen, address=address, sentences=words)
    files["status.atom"] = feed
    texts = {name: json.dumps(document, ensure_ascii=False) for name, document in made.items()}
    return files | {f"api/v2/{name}": text.encode() for name, text in texts.items()}


def _page(code: str, valid: timedelta) -> str:
    seen = bulletin_for(code)
    return render_template(
        "pages/export.html", site=seen.site, language=code, bulletin=seen, until=seen.now + valid, fronts=FRONT,
        style=style(str(current_app.static_folder)), **time_words(seen.site.tz),
    )  # fmt: skip


@cache
def style(static_folder: str) -> Markup:
    """Our own style sheets in one text; not escaped, as `>` means something in them, and no data is in it."""
    css = Path(static_folder) / "css"
    sheet = one_sheet((css / "index.css").read_text(), lambda name: (css / name).read_text())
    return Markup(sheet)  # noqa: S704


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        with fresh.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())  # a stick is pulled out without asking
        fresh.replace(path)


_last: dict[str, tuple[Hashable, ...]] = {}


def export_if_due() -> None:
    """Write the status into the folder of the setting if something has changed or a minute has passed.

    A folder that can't be written is tried again with the next minute; the log has it.
    """
    folder = current_app.extensions["settings"].status_folder
    if not folder:
        return
    state = state_key()
    if _last.get(folder) == state:
        return
    _last[folder] = state
    export_status(Path(folder))
