"""Certificates of a server on this machine: one that ended yesterday, and one that a caller may be told to trust."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.base import clock

HERE = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])


def expired_certificate(folder: Path) -> ssl.SSLContext:
    """What a server needs to speak TLS with one that nobody should accept."""
    return _speaking(_certificate(folder, ends_in=timedelta(days=-1)))


def good_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server needs to speak TLS, and the file that a caller has to trust."""
    file = _certificate(folder, ends_in=timedelta(days=1))
    return _speaking(file), file


def _certificate(folder: Path, *, ends_in: timedelta) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number()).add_extension(HERE, False)
    signed = made.not_valid_before(now - timedelta(days=90)).not_valid_after(now + ends_in).sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return file


def _speaking(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
