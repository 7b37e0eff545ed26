"""What every configured channel is to the rest: a name, the fields an office fills in, a check, and how it sends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.delivery.answers import Answer
from app.delivery.job import Job
from app.delivery.outgoing import Outgoing


@dataclass(frozen=True)
class Field:
    """A line of the form. `choices` makes it a list to pick from; `hint` says what an IT lead has to type."""

    name: str
    label: str
    default: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    long: bool = False


Config = Mapping[str, str]


@dataclass(frozen=True)
class ChannelKind:
    """`secret_label`: what its secret is called; empty when it is made by us. `check` gives the sentence of what is
    wrong with a configuration, or ""; it gets the origins to which plain http may go."""

    name: str
    title: str
    fields: tuple[Field, ...]
    secret_label: str
    check: Callable[[Config, str, Collection[str]], str]
    send: Callable[[Job, Outgoing], Answer]
    secret_required: bool = False
