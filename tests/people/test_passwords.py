from __future__ import annotations

from argon2 import PasswordHasher, extract_parameters

from app.people.passwords import hash_secret, is_outdated, secret_fits, unknown_hash


def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hash_secret("lamp"), hash_secret("lamp")

    assert first.startswith("$argon2id$")
    assert first != second
    assert secret_fits(first, "lamp")
    assert not secret_fits(first, "lamps")


def test_an_unknown_account_is_checked_against_a_hash_as_dear_as_a_real_one() -> None:
    assert not secret_fits(None, "lamp")
    assert extract_parameters(unknown_hash()) == extract_parameters(hash_secret("lamp"))


def test_a_hash_that_is_none_fits_nothing() -> None:
    assert not secret_fits("not a hash", "lamp")


def test_a_hash_with_older_parameters_is_outdated() -> None:
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("lamp"))
    assert not is_outdated(hash_secret("lamp"))
