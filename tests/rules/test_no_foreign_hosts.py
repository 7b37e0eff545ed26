"""Nothing that a browser receives names another host: no CDN, no font server, no telemetry."""

from __future__ import annotations

import re
from pathlib import Path

from tests.rules.source_tree import (
    ROOT,
    line_of,
    named,
    template_files,
    without_js_comments,
    without_template_comments,
    write_tree,
)

BINARY_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff", ".woff2", ".wasm", ".mp3", ".ogg", ".pdf"}
)
ADDRESS = re.compile(
    r"""(?:https?|wss?)://(?P<host>[^\s/"'`<>)\\,:;?#]+)|(?:href|src|action|url\()\s*=?\s*["']?//(?P<bare>[^\s/"'`<>)]+)"""
)
# Names of vocabularies, never fetched.
NAMESPACES = frozenset({"www.w3.org"})
# Reserved for examples (RFC 2606), and this machine itself.
HARMLESS = re.compile(r"(^|\.)(example(\.(com|org|net))?|invalid|test|localhost)$|^127\.0\.0\.1$|^\[::1\]$")
# Kept as published: hosts that a vendored library names in its own text and never asks.
NAMED_BY_LIBRARIES = {"static/vendor/socket.io-client-": frozenset({"socket.io"})}
# Built at run time from our own values, such as `${location.host}` or {{ host }}.
COMPUTED = re.compile(r"[${}]")


def files_a_browser_receives(root: Path) -> list[Path]:
    static = [path for path in (root / "static").rglob("*") if path.is_file() and path.suffix not in BINARY_SUFFIXES]
    served = [path for path in static if path.name not in {"LICENSE", "vendor.lock.json"} and path.suffix != ".md"]
    return sorted(served) + template_files(root)


def text_without_comments(path: Path, root: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".js", ".mjs"}:
        return without_js_comments(text)
    if path.suffix == ".css":
        return re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)
    return without_template_comments(text)


def is_own(host: str) -> bool:
    return host in NAMESPACES or bool(HARMLESS.search(host)) or bool(COMPUTED.search(host))


def is_named_by_library(name: str, host: str) -> bool:
    return any(name.startswith(start) and host in hosts for start, hosts in NAMED_BY_LIBRARIES.items())


def foreign_hosts(root: Path) -> list[str]:
    found = []
    for path in files_a_browser_receives(root):
        text = text_without_comments(path, root)
        for address in ADDRESS.finditer(text):
            host = address["host"] or address["bare"]
            if not is_own(host) and not is_named_by_library(named(path, root), host):
                found.append(f"{named(path, root)}:{line_of(text, address.start())}: {host}")
    return found


def test_no_file_for_browsers_names_another_host() -> None:
    assert foreign_hosts(ROOT) == []


def test_a_foreign_host_is_found_wherever_it_hides(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "static/css/base.css": '@import url("https://fonts.vendor.io/roboto.css");\n',
            "static/js/app.js": 'import "https://cdn.vendor.io/x.js";\nconst s = `wss://${location.host}/socket.io/`;\n',
            "static/vendor/x-1/x.mjs": "/* see https://vendor.io/docs */ const a = 1;\n",
            "static/icons/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
            "templates/pages/page.html": '<script src="//stats.vendor.io/t.js"></script>\n<input placeholder="https://hooks.example.org/x">',
        },
    )

    assert foreign_hosts(tmp_path) == [
        "static/css/base.css:1: fonts.vendor.io",
        "static/js/app.js:1: cdn.vendor.io",
        "templates/pages/page.html:1: stats.vendor.io",
    ]
