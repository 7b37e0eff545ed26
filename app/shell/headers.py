"""Puts the security headers on every response of the application, whatever route or error made it."""

from __future__ import annotations

from flask import Flask, Response, request

from app.shell.csp import FIXED_HEADERS, HSTS


def register_headers(app: Flask, *, policy: str) -> None:
    """A route that needs a narrower header sets it itself; it is not overwritten."""

    @app.after_request
    def add_security_headers(response: Response) -> Response:
        for name, value in FIXED_HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        # Over plain http (the demo, a first start without a certificate) the promise would lock the browser out.
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response
