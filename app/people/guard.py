"""The door of every view: who may come in (`@action`) and what a JSON request must look like (`@json_endpoint`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from flask import Response, g, redirect, request
from flask_login import current_user
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from app.base.errors import AppError, NotAllowed
from app.base.meta import epoch
from app.people.commands.tokens import authenticate_token, token_hash
from app.people.permissions import ACTIONS, TOKEN_ACTIONS, is_for_screens, is_public
from app.people.person import Person, ScreenCard
from app.people.queries import screen_of_token
from app.people.refusals import sentence_of

View = TypeVar("View", bound=Callable[..., Any])

MAX_BODY_BYTES = 16_384
LOGIN_PATH = "/login"
SCREEN_COOKIE = "wardlight_screen"


def action(name: str) -> Callable[[View], View]:
    """Only whoever may do `name` gets to the view. KeyError at import for an action the table does not name.

    Without a sign-in: 401 `sign_in` under /api, elsewhere the way to the login page. Without the right: 403.
    """
    if name not in ACTIONS:
        raise KeyError(name)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refusal = _refusal(name)
            return view(*args, **kwargs) if refusal is None else refusal

        guarded.action = name  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def _refusal(name: str) -> Any:
    if is_public(name):
        return None
    if name in TOKEN_ACTIONS:
        g.person = authenticate_token(bearer_token())[0]
    if is_for_screens(name) and this_screen() is not None:
        return None
    person = somebody()
    if person is None:
        return _ask_to_sign_in()
    if not person.may(name):
        raise NotAllowed
    return None


def _ask_to_sign_in() -> Any:
    if request.path.startswith("/api/"):
        raise sign_in_needed()
    if request.method not in ("GET", "HEAD"):
        return redirect(LOGIN_PATH)
    return redirect(f"{LOGIN_PATH}?{urlencode({'next': request.full_path.rstrip('?')})}")


def sign_in_needed() -> AppError:
    """What a request without a sign-in gets; recording goes on all the same."""
    return AppError("sign_in", "Please sign in again. What you record is kept.", status=401)


def somebody() -> Person | None:
    """Who asks, if they are signed in (or hand in ops with their token)."""
    if "person" not in g:
        g.person = getattr(current_user, "person", None)
    return cast("Person | None", g.person)


def this_screen() -> ScreenCard | None:
    """The wallboard that asks, if it is one that a leader let in and nobody revoked."""
    if "screen" not in g:
        token = request.cookies.get(SCREEN_COOKIE, "")
        g.screen = screen_of_token(token_hash(token)) if token else None
    return cast("ScreenCard | None", g.screen)


def current_person() -> Person:
    """Who asks. AppError `sign_in` (401) when nobody is signed in."""
    person = somebody()
    if person is None:
        raise sign_in_needed()
    return person


def bearer_token() -> str:
    """The token of the Authorization header; empty when there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def json_endpoint(model: type[BaseModel], *, max_bytes: int = MAX_BODY_BYTES) -> Callable[[View], View]:
    """Hand the view its JSON body as a `model` in the argument `body`; an empty body counts as `{}`.

    Refuses anything else than application/json (415), a foreign Origin (403), more than `max_bytes` (413) and a body
    the model does not accept (400, with a sentence that names the field).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def parsed(*args: Any, **kwargs: Any) -> Any:
            refuse_foreign_requests()
            try:
                body = model.model_validate_json(_raw_body(max_bytes) or b"{}")
            except ValidationError as error:
                problems = error.errors(include_url=False, include_input=False, include_context=False)
                raise AppError("malformed", sentence_of(problems)) from None
            return view(*args, body=body, **kwargs)

        return cast(View, parsed)

    return decorate


def nothing() -> Response:
    """204: the question was understood, and there is nothing to say.

    Networks answer 204 too; without a body only the header shows that the answer is ours.
    """
    return Response(status=204, headers={"Cache-Control": "no-store", "Wardlight": epoch()})


def refuse_foreign_requests() -> None:
    """AppError unless the request is JSON and comes from our own pages or from a program that names no origin."""
    if request.mimetype != "application/json":
        raise AppError("not_json", "Send this as application/json.", status=415)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        raise AppError("foreign_origin", "This came from another site and was refused.", status=403)


def _raw_body(max_bytes: int) -> bytes:
    too_large = AppError("too_large", f"This is too large: at most {max_bytes:,} bytes.", status=413)
    if (request.content_length or 0) > max_bytes:
        raise too_large
    request.max_content_length = max_bytes
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large from None
    except ClientDisconnected:
        raise AppError("malformed", "The request broke off before its end.") from None
