"""The libraries we ship are byte for byte the ones in the lock."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_script", ROOT / "scripts" / "vendor.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shelf_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VENDOR, tmp_path / "vendor"))


def test_shipped_libraries_match_the_lock(vendor: ModuleType) -> None:
    assert vendor.differences(VENDOR) == []


def test_a_changed_library_is_named(vendor: ModuleType, shelf_copy: Path) -> None:
    (shelf_copy / "idb-8.0.4" / "index.js").write_text("export const openDB = () => {};\n")

    assert vendor.differences(shelf_copy) == ["idb-8.0.4/index.js: content differs from the lock"]


def test_a_stray_and_a_missing_file_are_named(vendor: ModuleType, shelf_copy: Path) -> None:
    (shelf_copy / "idb-8.0.4" / "index.js").rename(shelf_copy / "idb-8.0.4" / "other.js")

    found = vendor.differences(shelf_copy)

    assert found == ["idb-8.0.4/other.js: not in the lock", "idb-8.0.4/index.js: missing"]


def test_the_lock_names_no_download_address() -> None:
    lock = json.loads((VENDOR / "vendor.lock.json").read_text())

    assert "://" not in json.dumps(lock)
    for package in lock["packages"]:
        assert package["integrity"].startswith("sha512-")
        assert package["licence"]
        assert any(entry["source"].startswith("LICEN") for entry in package["files"])


def test_only_the_pointer_to_a_source_map_is_removed(vendor: ModuleType) -> None:
    assert vendor.without_source_map(b"export{a};\n//# sourceMappingURL=a.js.map\n") == b"export{a};\n"
    assert vendor.without_source_map(b"export{a};\n") == b"export{a};\n"
