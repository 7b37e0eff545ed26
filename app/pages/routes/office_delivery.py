"""Delivery in the office: ways out of the house, how they fare, and who can be reached by which of them."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from app.base.errors import AppError
from app.delivery.channels import CONFIGURED
from app.delivery.commands.addresses import set_address
from app.delivery.commands.targets import add_target, enable_target, remove_target, send_target_test, set_policy
from app.delivery.policy import CHANNELS, EVENTS, EVENTS_FOR_PEOPLE, PEOPLES_CHANNELS
from app.delivery.queries import paths_of_people, policy_of, push_services, targets_of, user_named
from app.pages.routes import office_words as words
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person

PEOPLE_SHOWN = 300


class OfficeForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page; the fields depend on the kind of way."""


@pages.get("/office/delivery")
@action("delivery.manage")
def delivery() -> Response:
    """The page; `?add=<kind>` opens the form of a kind of way."""
    return _page()


@pages.post("/office/delivery/targets")
@action("delivery.manage")
def add_way() -> BaseResponse:
    """Add a way out. A webhook's secret is shown on the answer, this once."""
    if not OfficeForm().validate_on_submit():
        return _stale()
    channel = request.form.get("channel", "")
    kind = CONFIGURED.get(channel)
    fields = {field.name: request.form.get(field.name, "").replace("\x00", "") for field in kind.fields} if kind else {}
    try:
        _, made = add_target(
            current_person(), channel=channel, label=request.form.get("label", "").replace("\x00", ""),
            events=request.form.getlist("events"), config=fields, secret=request.form.get("secret", ""),
        )  # fmt: skip
    except AppError as error:
        return _page(refusal=error.sentence, status=error.status, add=channel, given=request.form)
    return _page(secret=made, done="added") if made else _back("added")


@pages.post("/office/delivery/targets/<target>")
@action("delivery.manage")
def change_way(target: str) -> BaseResponse:
    """Try a way out, stop using it, use it again, or remove it."""
    if not OfficeForm().validate_on_submit():
        return _stale()
    person, wanted = current_person(), request.form.get("do", "")
    try:
        if wanted == "test":
            send_target_test(person, target)
        elif wanted == "remove":
            remove_target(person, target)
        else:
            enable_target(person, target, enabled=wanted == "enable")
    except AppError as error:
        return _page(refusal=error.sentence, status=error.status)
    return _back({"test": "tested", "remove": "removed", "enable": "enabled"}.get(wanted, "disabled"))


@pages.post("/office/delivery/policy")
@action("delivery.manage")
def keep_policy() -> BaseResponse:
    """Keep what the site has decided."""
    if not OfficeForm().validate_on_submit():
        return _stale()
    general = request.form.get("general_title") == "yes"
    set_policy(current_person(), general_title=general, exercise_channels=request.form.getlist("exercise_channels"))
    return _back("policy")


@pages.post("/office/delivery/addresses")
@action("people.manage")
def keep_address() -> BaseResponse:
    """Set an address of a person, by their user name."""
    if not OfficeForm().validate_on_submit():
        return _stale()
    found = user_named(request.form.get("username", "").replace("\x00", ""))
    if found is None:
        return _page(refusal=gettext("Nobody here has this user name."), status=400)
    channel = "sms" if request.form.get("channel") == "sms" else "email"
    address = request.form.get("address", "").replace("\x00", "")
    try:
        set_address(current_person(), user=found[0], name=found[1], channel=channel, address=address)
    except AppError as error:
        return _page(refusal=error.sentence, status=error.status)
    return _back("address")


def _back(done: str) -> BaseResponse:
    return redirect(url_for("pages.delivery", done=done))


def _stale() -> Response:
    return _page(refusal=gettext("This page was open for too long. Try once more."), status=400)


def _page(
    *, refusal: str = "", status: int = 200, add: str = "", given: Any = None, secret: str = "", done: str = ""
) -> Response:
    site = current_person().site
    chosen = add or request.args.get("add", "")
    people = paths_of_people()
    offered = EVENTS_FOR_PEOPLE if chosen in PEOPLES_CHANNELS else EVENTS
    return show(
        "pages/office_delivery.html", status=status, form=OfficeForm(), refusal=refusal, secret=secret,
        done=words.DONE_WORDS.get(done or request.args.get("done", ""), ""), given=given or {},
        targets=targets_of(site), services=push_services(), policy=policy_of(site), channels=CHANNELS,
        kinds=CONFIGURED, kind=CONFIGURED.get(chosen), events=offered, people=people[:PEOPLE_SHOWN],
        alone=sum(1 for one in people if one.is_unreachable), words=words,
    )  # fmt: skip
