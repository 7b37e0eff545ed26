"""This installation's own keys for delivery: the pair that push services know it by, and the seal of stored secrets.

The pair lies in the data folder, so that it is in every backup: without it every phone would have to subscribe again.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

VAPID_FILE = "vapid.pem"


@dataclass(frozen=True)
class VapidKeys:
    """The pair as PEM, and the public key as browsers want it."""

    private_pem: bytes
    public_pem: bytes
    public: str


def load_vapid(data_dir: Path) -> VapidKeys:
    """The installation's pair; made with owner-only rights at the first start. ValueError for a file that is no key."""
    path = data_dir / VAPID_FILE
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError(f"{path} holds no P-256 key")
    public = key.public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return VapidKeys(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
    )


def _make(path: Path) -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(fresh, path)  # of two processes that start at once, one wins and both use its key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


class Seal:
    """Keeps secrets of targets unreadable in the database and its copies without the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"delivery|{secret}".encode()).digest()))

    def close(self, text: str) -> str:
        """The sealed text; empty stays empty."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """The text; empty when it was sealed by another installation, so that it has to be typed again."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            return ""
