"""Hashing passwords and PINs: the one place with the parameters. Slow on purpose, so never inside `write()`."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.base.beside import beside_the_loop

# argon2id with the least memory that OWASP's password storage sheet accepts: at the start of a downtime thousands
# sign in on one small machine, and five failures in a quarter of an hour are all a guesser gets.
MEMORY_KIB = 19_456
PASSES = 2
LANES = 1

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hash_secret(secret: str) -> str:
    """The hash to keep of a password or PIN, with its parameters and salt."""
    return beside_the_loop(_hasher.hash, secret)


def secret_fits(kept: str | None, secret: str) -> bool:
    """Whether a secret has this hash. Without one it takes just as long and says no, so that time tells nothing."""
    fits = beside_the_loop(_verify, kept or unknown_hash(), secret)
    return fits and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def unknown_hash() -> str:
    """What is verified when there is no account: a hash of nothing anybody knows, made with today's parameters."""
    return _hasher.hash(secrets.token_urlsafe())


def _verify(kept: str, secret: str) -> bool:
    try:
        return _hasher.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False
