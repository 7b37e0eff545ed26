"""The policy allows our own files, one inline import map, and nothing else."""

from __future__ import annotations

from app.shell.csp import content_security_policy, script_hash


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_nothing_foreign_and_nothing_inline_is_allowed() -> None:
    policy = content_security_policy(["{}"])

    for forbidden in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "blob:", "allow-duplicates", "nonce-"):
        assert forbidden not in policy


def test_the_directives_are_those_that_were_measured() -> None:
    found = directives(content_security_policy(["{}"]))

    assert found["default-src"] == "'none'"
    assert found["script-src"] == f"'self' {script_hash('{}')}"
    assert found["connect-src"] == found["style-src"] == found["worker-src"] == found["manifest-src"] == "'self'"
    assert found["img-src"] == "'self' data:"
    assert found["frame-ancestors"] == found["base-uri"] == "'none'"
    assert found["require-trusted-types-for"] == "'script'"
    assert found["trusted-types"] == "sw"


def test_the_hash_is_the_one_browsers_compute() -> None:
    # echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert script_hash("alert(1)") == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
