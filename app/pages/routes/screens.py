"""The leaders' list of wallboards: give a code for one, see when each was heard, end one."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.pages.queries import this_site
from app.pages.routes.answers import own_address
from app.pages.routes.page import pages, show
from app.pages.ward.queries import known_units
from app.people.commands.screens import MAX_LABEL, add_screen, revoke_screen
from app.people.guard import action, current_person
from app.people.queries import screens as screens_of

COMMAND_CENTRE = ""


class ScreenForm(FlaskForm):  # type: ignore[misc]
    """A new wallboard: its place, and where it hangs."""

    unit = SelectField(validate_choice=True)
    label = StringField(
        filters=[lambda typed: (typed or "").replace("\x00", "").strip()],
        validators=[InputRequired(lazy_gettext("Say where the screen hangs.")), Length(max=MAX_LABEL)],
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page."""


@pages.get("/screens")
@action("wall.manage")
def screens() -> Response:
    """Every wallboard, and the form for a new one."""
    return _list(_form())


@pages.post("/screens")
@action("wall.manage")
def add() -> Response:
    """Give a code for a new wallboard; it is shown this once."""
    form = _form()
    if not form.validate_on_submit():
        return _list(form, status=400)
    code = add_screen(current_person(), unit=form.unit.data or None, label=form.label.data)
    return _list(_form(fresh=True), code=f"{code[:4]} {code[4:]}")


@pages.post("/screens/<screen>/end")
@action("wall.manage")
def end(screen: str) -> BaseResponse:
    """End a wallboard: it asks for a code again within seconds."""
    if EndForm().validate_on_submit():
        revoke_screen(current_person(), screen)
    return redirect(url_for("pages.screens"))


def _form(*, fresh: bool = False) -> ScreenForm:
    form = ScreenForm(formdata=None) if fresh else ScreenForm()
    places = [(unit["id"], unit["name"]) for unit in known_units().values()]
    form.unit.choices = [(COMMAND_CENTRE, gettext("Command centre, all units")), *places]
    return form


def _list(form: ScreenForm, *, code: str = "", status: int = 200) -> Response:
    site = this_site()
    names = {unit_id: unit["name"] for unit_id, unit in known_units().items()}
    listed = screens_of(site.id)
    address = f"{own_address()}wall"
    return show(
        "pages/screens.html", site=site, form=form, end=EndForm(), screens=listed, names=names, code=code,
        address=address, status=status,
    )  # fmt: skip
