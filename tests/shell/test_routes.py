"""What a visitor without an account gets from the shell's addresses."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.shell.csp import FIXED_HEADERS, script_hash
from app.shell.libraries import JOINED
from app.shell.release import Release


def release_of(app: Flask) -> Release:
    release: Release = app.extensions["shell"]
    return release


def precache_of(visitor: FlaskClient) -> dict[str, Any]:
    head = visitor.get("/sw.js").text.split(";\n\n", 1)[0]
    listed: dict[str, Any] = json.loads(head.removeprefix("const PRECACHE = "))
    return listed


@pytest.mark.parametrize("path", ["/app/", "/app/card", "/app/card/icu", "/app/updates/0190-aa", "/app/no/such/screen"])
def test_every_app_address_is_the_same_page_for_everybody(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 200
    assert answer.data == visitor.get("/app/").data
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_the_shell_says_something_before_any_script_runs(visitor: FlaskClient) -> None:
    page = visitor.get("/app/").text

    assert '<h1 class="boot__name">Wardlight</h1>' in page
    assert "What is saved on this phone is here." in page
    assert "Reload" in page
    assert "Export unsent entries" in page


def test_the_import_map_stands_before_the_first_module_and_its_hash_is_allowed(visitor: FlaskClient) -> None:
    answer = visitor.get("/app/")
    found = re.search(r'<script type="importmap">(.*?)</script>', answer.text)

    assert found
    assert found.start() < answer.text.index('type="module"')
    assert script_hash(found[1]) in answer.headers["Content-Security-Policy"]
    assert len(re.findall(r"<script(?![^>]*\bsrc=)", answer.text)) == 1


def test_every_bare_name_leads_to_a_file_of_this_build(visitor: FlaskClient) -> None:
    found = re.search(r'<script type="importmap">(.*?)</script>', visitor.get("/app/").text)
    assert found
    imports = json.loads(found[1])["imports"]

    names = {"preact", "preact/hooks", "htm", "@preact/signals", "@preact/signals-core", "idb", "socket.io-client"}
    names |= {"@noble/ed25519", "qr", "qr/decode.js"}
    assert set(imports) == names
    for url in imports.values():
        assert visitor.get(url).mimetype == "text/javascript"


def test_the_page_asks_for_nothing_that_the_server_does_not_have(visitor: FlaskClient) -> None:
    urls = re.findall(r'(?:src|href)="([^"#]+)"', visitor.get("/app/").text)

    assert urls
    assert all(url.startswith("/") for url in urls)
    assert {visitor.get(url).status_code for url in urls} == {200}


def test_the_worker_lists_what_the_server_really_serves(visitor: FlaskClient) -> None:
    entries = precache_of(visitor)["entries"]

    for url, wanted in entries:
        answer = visitor.get(url)
        assert answer.status_code == 200
        assert hashlib.sha256(answer.data).hexdigest() == wanted, url


def test_every_import_of_the_joined_files_leads_to_a_kept_file(shell_app: Flask, visitor: FlaskClient) -> None:
    release = release_of(shell_app)
    kept = {url for url, _ in precache_of(visitor)["entries"]}
    libraries = json.loads(release.import_map)["imports"]
    scripts = [path for path in release.joined if path.endswith(".js")]

    for path in scripts:
        # no colon: `"taken from":"..."` is a text and its translation
        names = re.findall(r"""(?:from|import)\s*\(?["']([^"':]+)["']""", release.joined[path].decode())
        for name in names:
            url = libraries[name] if name in libraries else release.static_url(f"joined/{name.removeprefix('./')}")
            assert url in kept, f"{path}: {name}"
    assert len(scripts) > 2
    assert not any(libraries[name] in kept for name in JOINED), "joined, and kept once more"


def test_the_shell_names_what_the_first_screen_waits_for(shell_app: Flask, visitor: FlaskClient) -> None:
    kept = {url for url, _ in precache_of(visitor)["entries"]}

    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', visitor.get("/app/").text)

    assert {url.rpartition("/")[2] for url in named} == {"app.js", "shared.js", "people.js"}
    assert set(named) <= kept


def test_every_picture_named_in_css_is_in_the_list(shell_app: Flask, visitor: FlaskClient) -> None:
    release = release_of(shell_app)
    kept = {url for url, _ in precache_of(visitor)["entries"]}

    for path in (p for p in release.hashes if p.startswith("css/")):
        source = (release.static_folder / path).read_text()
        for target in re.findall(r"""url\(["']?([^"'#)]+)["']?\)""", source):
            if target.startswith("data:"):
                continue
            # From where it is served: the style sheets are joined into one file.
            wanted = (release.static_folder / "joined").joinpath(target).resolve()
            assert release.static_url(wanted.relative_to(release.static_folder).as_posix()) in kept, f"{path}: {target}"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_files_come_compressed_to_who_can_read_it(shell_app: Flask, visitor: FlaskClient, encoding: str) -> None:
    url = release_of(shell_app).static_url("joined/app.js")
    plain = visitor.get(url)
    small = visitor.get(url, headers={"Accept-Encoding": encoding})

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert unpack(small.data) == plain.data
    assert small.headers["Content-Encoding"] == encoding and "Content-Encoding" not in plain.headers
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_the_worker_is_always_asked_for_anew(visitor: FlaskClient) -> None:
    answer = visitor.get("/sw.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert visitor.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_files_of_this_build_are_kept_for_ever(shell_app: Flask, visitor: FlaskClient) -> None:
    answer = visitor.get(release_of(shell_app).static_url("joined/app.js"))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/javascript"


def test_another_builds_address_is_not_answered_with_todays_content(visitor: FlaskClient) -> None:
    answer = visitor.get("/static/b/0123456789abcdef/joined/app.js")

    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_files_outside_static_are_not_served(shell_app: Flask, visitor: FlaskClient) -> None:
    build = release_of(shell_app).build

    assert visitor.get(f"/static/b/{build}/../app/shell/routes.py").status_code == 404
    assert visitor.get(f"/static/b/{build}/%2e%2e/pyproject.toml").status_code == 404


def test_plain_static_addresses_are_checked_every_time(visitor: FlaskClient) -> None:
    assert visitor.get("/static/js/app.js").headers["Cache-Control"] == "no-cache"


def test_a_template_that_names_a_missing_file_is_noticed(shell_app: Flask) -> None:
    with pytest.raises(KeyError):
        release_of(shell_app).static_url("css/nowhere.css")


def test_the_manifest_installs_the_app(visitor: FlaskClient) -> None:
    answer = visitor.get("/manifest.webmanifest")
    manifest = json.loads(answer.data)

    assert answer.mimetype == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/app/", "/app/", "standalone")
    assert manifest["name"] == manifest["short_name"] == "Wardlight"
    assert {(i["sizes"], i["purpose"]) for i in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert {visitor.get(picture["src"]).mimetype for picture in manifest["icons"]} == {"image/png"}
    assert all(shortcut["url"].startswith("/app/") for shortcut in manifest["shortcuts"])


@pytest.mark.parametrize("path", ["/app/", "/sw.js", "/manifest.webmanifest", "/static/js/app.js", "/no-such-page"])
def test_every_answer_carries_the_security_headers(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)

    assert {name: answer.headers[name] for name in FIXED_HEADERS} == FIXED_HEADERS
    assert "require-trusted-types-for 'script'" in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in answer.headers


def test_https_is_remembered_only_where_it_was_used(visitor: FlaskClient) -> None:
    assert "Strict-Transport-Security" in visitor.get("/app/", base_url="https://ward.example").headers
