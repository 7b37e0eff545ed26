"""Compressed files, kept on disk: making them takes two seconds, and the next start has them at once."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from app.shell.squeeze import compressed, restored

FOLDER = ".compressed"  # hidden: what can be made again is no part of a backup


class KeptCompressed:
    """Gives contents compressed, each made once for this folder and read once by this process.

    Files are named by what they were made from and looked through when they are read: another build's, a half-written
    or a changed one is never served. A folder that cannot be written only costs the time to make them again. Several
    processes may share a folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, bytes] = {}

    def get(self, encoding: str, content: bytes) -> bytes:
        """The content in one of squeeze.ENCODINGS."""
        name = f"{hashlib.sha256(content).hexdigest()[:32]}.{encoding}"
        if name not in self._read:
            self._read[name] = self._from_disk(name, encoding, content) or self._make(name, encoding, content)
        return self._read[name]

    def forget_others(self) -> None:
        """Remove the files that this process has not used: an earlier build's."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._read:
                    path.unlink(missing_ok=True)

    def _from_disk(self, name: str, encoding: str, content: bytes) -> bytes | None:
        with suppress(OSError, ValueError):
            kept = (self._folder / name).read_bytes()
            if restored(encoding, kept) == content:
                return kept
        return None

    def _make(self, name: str, encoding: str, content: bytes) -> bytes:
        made = compressed(encoding, content)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = self._folder / f"{name}.{uuid4().hex}"
            beside.write_bytes(made)
            beside.replace(self._folder / name)
        return made
