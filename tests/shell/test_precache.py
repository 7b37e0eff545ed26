"""What the phone keeps, and when it sees an update."""

from __future__ import annotations

import json

from app.shell.precache import (
    SHELL_URL,
    build_id,
    build_url,
    is_precached,
    precache_entries,
    precache_version,
    worker_script,
)

FILES = {"joined/app.js": "a1", "icons/mark.svg": "b2", "vendor/idb-8.0.4/LICENSE": "c3", "js/sw/worker.js": "d4"}


def test_the_build_changes_with_any_file_and_only_then() -> None:
    assert build_id(FILES) == build_id(dict(reversed(FILES.items())))
    assert build_id(FILES) != build_id(FILES | {"joined/app.js": "a2"})
    assert build_id(FILES) != build_id(FILES | {"js/new.js": "e5"})
    assert build_id(FILES) != build_id({k: v for k, v in FILES.items() if k != "icons/mark.svg"})


def test_swapped_contents_are_another_build() -> None:
    assert build_id({"a.js": "1", "b.js": "2"}) != build_id({"a.js": "2", "b.js": "1"})


def test_what_the_app_needs_offline_is_kept_and_the_rest_is_not() -> None:
    kept = ["joined/app.js", "js/sw/watchdog.js", "vendor/idb-8.0.4/index.js", "joined/index.css", "icons/mark.svg"]
    left = ["js/sw/worker.js", "vendor/idb-8.0.4/LICENSE", "vendor/vendor.lock.json", "js/app.js", "README.md"]

    assert all(is_precached(path) for path in kept)
    assert not any(is_precached(path) for path in left)


def test_the_list_starts_with_the_shell_and_stays_inside_one_build() -> None:
    entries = precache_entries(FILES, build="beef", shell_hash="f6")

    assert entries[0] == (SHELL_URL, "f6")
    assert entries[1:] == [
        (build_url("beef", "icons/mark.svg"), "b2"),
        (build_url("beef", "joined/app.js"), "a1"),
    ]


def test_a_new_shell_or_a_new_worker_is_an_update() -> None:
    entries = precache_entries(FILES, build="beef", shell_hash="f6")
    other_shell = precache_entries(FILES, build="beef", shell_hash="f7")

    versions = {
        precache_version(entries, worker_hash="w1"),
        precache_version(entries, worker_hash="w2"),
        precache_version(other_shell, worker_hash="w1"),
    }

    assert len(versions) == 3


def test_the_worker_script_carries_its_list_in_front() -> None:
    script = worker_script([(SHELL_URL, "f6")], build="beef", worker_source="listen();\n")

    head, body = script.split(";\n\n", 1)
    assert json.loads(head.removeprefix("const PRECACHE = "))["entries"] == [[SHELL_URL, "f6"]]
    assert body == "listen();\n"
