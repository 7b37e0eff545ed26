"""A backup as one file: a tar with a manifest that names every other member with its size and hash."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1
SQLITE_MEMBER = "wardlight.db"
POSTGRES_MEMBER = "wardlight.dump"


class ArchiveError(Exception):
    """The archive can't be trusted or read; the message says why, for the person at the keyboard."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an archive says of itself. `counts` are rows by table, `schema` the migration it stands at."""

    made_at: str
    epoch: str
    site: str
    demo: bool
    database: str
    schema: str
    counts: Mapping[str, int]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def member(self) -> str:
        """The member that holds the database."""
        return SQLITE_MEMBER if self.database == "sqlite" else POSTGRES_MEMBER


def fingerprint(path: Path) -> dict[str, Any]:
    """Size and hash of a file, as the manifest keeps them."""
    with path.open("rb") as file:
        return {"sha256": file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def pack(target: Path, manifest: Manifest, members: Mapping[str, Path]) -> None:
    """Write the archive, readable by its owner only as it holds keys, and have it on the disk before returning."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(text)
            tar.addfile(head, io.BytesIO(text))
            for name, path in members.items():
                tar.add(path, arcname=name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def unpack(archive: Path, folder: Path) -> Manifest:
    """Extract the archive into a folder, everything compared with the manifest. ArchiveError when anything differs."""
    try:
        with tarfile.open(archive, mode="r:") as tar:
            manifest = _manifest(tar)
            _refuse_unlisted(tar, manifest)
            for name in manifest.files:
                _extract(tar, name, folder / name)
    except (tarfile.TarError, KeyError, OSError, EOFError) as error:
        raise ArchiveError(f"{archive.name} is no complete backup: {error}") from error
    for name, known in manifest.files.items():
        if fingerprint(folder / name) != dict(known):
            raise ArchiveError(f"{name} in {archive.name} is not what was backed up. The file is damaged or altered.")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    """Only the bytes: owners, rights and dates of an archive are not taken over."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        member = tar.extractfile(name)
        if member is not None:
            shutil.copyfileobj(member, file)
        file.flush()
        os.fsync(file.fileno())


def _manifest(tar: tarfile.TarFile) -> Manifest:
    file = tar.extractfile(MANIFEST)
    try:
        said = json.loads(file.read()) if file else {}
        manifest = Manifest(**said)
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"The manifest can't be read, perhaps it is of a newer Wardlight: {error}") from error
    if manifest.format > FORMAT:
        raise ArchiveError("This backup is of a newer Wardlight. Install that version first.")
    if manifest.member not in manifest.files:
        raise ArchiveError("This backup names no database.")
    return manifest


def _refuse_unlisted(tar: tarfile.TarFile, manifest: Manifest) -> None:
    found = [member.name for member in tar.getmembers()]
    if sorted(found) != sorted([MANIFEST, *manifest.files]):
        raise ArchiveError("The archive does not hold what its manifest names. The file is damaged or altered.")
    for member in tar.getmembers():
        inside = PurePosixPath(member.name)
        if not member.isfile() or inside.is_absolute() or ".." in inside.parts:
            raise ArchiveError(f"{member.name} has no place in a backup. The file is altered.")
