"""Keep the browser libraries in static/vendor/ and prove that they are the published ones.

    python scripts/vendor.py            fetch what SHELF names and rewrite the lock
    python scripts/vendor.py --check    compare static/vendor/ with the lock, without a network

Files are copied as published; only the pointer to a source map is removed, because the map is not shipped.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VENDOR_DIR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK_NAME = "vendor.lock.json"
SOURCE_MAP_POINTER = re.compile(rb"\n?//[#@] ?sourceMappingURL=[^\s]*\s*\Z")


@dataclass(frozen=True)
class Wanted:
    """A published package, and which of its modules answers to which bare import name."""

    name: str
    version: str
    modules: dict[str, str]

    @property
    def folder(self) -> str:
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}"


SHELF = (
    Wanted("preact", "11.2.0", {"preact": "dist/preact.mjs", "preact/hooks": "hooks/dist/hooks.mjs"}),
    Wanted("htm", "3.1.1", {"htm": "dist/htm.mjs"}),
    Wanted("@preact/signals", "2.11.4", {"@preact/signals": "dist/signals.mjs"}),
    Wanted("@preact/signals-core", "1.14.5", {"@preact/signals-core": "dist/signals-core.mjs"}),
    Wanted("idb", "8.0.4", {"idb": "build/index.js"}),
    Wanted("socket.io-client", "4.8.4", {"socket.io-client": "dist/socket.io.esm.min.js"}),
    Wanted("@noble/ed25519", "3.2.0", {"@noble/ed25519": "index.js"}),
    Wanted("qr", "0.7.0", {"qr": "index.js", "qr/decode.js": "decode.js"}),
)


class VendorError(Exception):
    """A file or package is not what the lock says."""


def sha256_hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def integrity_of(archive: bytes) -> str:
    """The npm integrity string (sha512, base64) of a package archive."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()


def without_source_map(content: bytes) -> bytes:
    """The same module without the pointer to a map that would be a 404 for every open developer console."""
    return SOURCE_MAP_POINTER.sub(b"\n", content)


def fetch(wanted: Wanted, folder: Path) -> bytes:
    """The package archive as `npm pack` hands it out."""
    command = ["npm", "pack", "--silent", "--json", f"{wanted.name}@{wanted.version}"]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    answer = json.loads(packed.stdout)[0]
    archive: bytes = (folder / str(answer["filename"])).read_bytes()
    if integrity_of(archive) != answer["integrity"]:
        raise VendorError(f"{wanted.name}: the archive does not match the integrity it was published with")
    return archive


def unpack(archive_path: Path) -> dict[str, bytes]:
    """Path inside the package -> content, for the regular files of an npm archive."""
    files: dict[str, bytes] = {}
    with tarfile.open(archive_path) as archive:
        for member in archive.getmembers():
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is not None:
                files[member.name.partition("/")[2]] = handle.read()
    return files


def licence_path(files: dict[str, bytes], name: str) -> str:
    found = sorted(path for path in files if re.fullmatch(r"LICEN[CS]E(\.\w+)?", path, re.IGNORECASE))
    if not found:
        raise VendorError(f"{name}: no licence file in the package")
    return found[0]


def take(wanted: Wanted, archive: bytes, vendor_dir: Path) -> dict[str, Any]:
    """Write one package's files below vendor_dir and return its lock entry."""
    with tempfile.NamedTemporaryFile(suffix=".tgz") as spool:
        spool.write(archive)
        spool.flush()
        files = unpack(Path(spool.name))
    licence = licence_path(files, wanted.name)
    sources: dict[str, str | None] = {licence: None}
    sources |= {path: import_name for import_name, path in wanted.modules.items()}
    return {
        "name": wanted.name,
        "version": wanted.version,
        "integrity": integrity_of(archive),
        "licence": json.loads(files["package.json"])["license"],
        "files": [place(wanted, path, files[path], vendor_dir, name) for path, name in sources.items()],
    }


def place(wanted: Wanted, source: str, content: bytes, vendor_dir: Path, import_name: str | None) -> dict[str, str]:
    target = f"{wanted.folder}/{Path(source).name}"
    content = without_source_map(content)
    (vendor_dir / wanted.folder).mkdir(parents=True, exist_ok=True)
    (vendor_dir / target).write_bytes(content)
    entry = {"path": target, "source": source, "sha256": sha256_hex(content)}
    return entry | {"import": import_name} if import_name else entry


def read_lock(vendor_dir: Path) -> dict[str, Any]:
    lock: dict[str, Any] = json.loads((vendor_dir / LOCK_NAME).read_text())
    return lock


def pinned_integrity(vendor_dir: Path) -> dict[tuple[str, str], str]:
    if not (vendor_dir / LOCK_NAME).exists():
        return {}
    return {(p["name"], p["version"]): p["integrity"] for p in read_lock(vendor_dir)["packages"]}


def update(vendor_dir: Path) -> None:
    """Fetch the whole shelf. A version that was locked before must arrive with the same integrity."""
    pinned = pinned_integrity(vendor_dir)
    packages = []
    for wanted in SHELF:
        with tempfile.TemporaryDirectory() as folder:
            archive = fetch(wanted, Path(folder))
        if pinned.get((wanted.name, wanted.version), integrity_of(archive)) != integrity_of(archive):
            raise VendorError(f"{wanted.name} {wanted.version} has changed since it was locked")
        packages.append(take(wanted, archive, vendor_dir))
    (vendor_dir / LOCK_NAME).write_text(json.dumps({"packages": packages}, indent=2) + "\n")


def differences(vendor_dir: Path) -> list[str]:
    """What in vendor_dir is not as the lock says: one sentence each, empty when all is well."""
    packages = read_lock(vendor_dir)["packages"]
    entries = {entry["path"]: entry for package in packages for entry in package["files"]}
    present = {p.relative_to(vendor_dir).as_posix() for p in vendor_dir.rglob("*") if p.is_file()}
    present.discard(LOCK_NAME)
    found = [f"{path}: not in the lock" for path in sorted(present - set(entries))]
    found += [f"{path}: missing" for path in sorted(set(entries) - present)]
    for path in sorted(present & set(entries)):
        content = (vendor_dir / path).read_bytes()
        if sha256_hex(content) != entries[path]["sha256"]:
            found.append(f"{path}: content differs from the lock")
        if b"sourceMappingURL" in content:
            found.append(f"{path}: points to a source map")
    locked = {(package["name"], package["version"]) for package in packages}
    found += [f"{w.name} {w.version}: not in the lock" for w in SHELF if (w.name, w.version) not in locked]
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Vendor the browser libraries, or check them.")
    parser.add_argument("--check", action="store_true", help="verify hashes offline, change nothing")
    options = parser.parse_args(arguments)
    if not options.check:
        update(VENDOR_DIR)
    problems = differences(VENDOR_DIR)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
