"""What news says on a lock screen, in a mail and in a chat, in the reader's language. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_TITLE = 140
LONGEST_BODY = 400

# purpose: language: (title, body). Places in braces are facts of the news.
SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "incident.declared": {
        "en": ("{title}", "{label}, level {level}. Open your card: what to do now."),
        "es": ("{title}", "{label}, nivel {level}. Abra su ficha: qué hacer ahora."),
    },
    "incident.restored": {
        "en": ("{label}: IT says it works again. Stay on paper.", "{title}. Go on with your card until the all-clear."),
        "es": (
            "{label}: TI dice que ya funciona. Sigan en papel.",
            "{title}. Siga con su ficha hasta el fin de alerta.",
        ),
    },
    "incident.all_clear": {
        "en": ("{label}: all-clear", "{title}. You may use the system again; enter what is on paper."),
        "es": ("{label}: fin de alerta", "{title}. Puede usar el sistema; registre lo que está en papel."),
    },
    "incident.closed": {
        "en": ("{label}: stood down", "{title}. Nothing more to do."),
        "es": ("{label}: cerrado", "{title}. No queda nada por hacer."),
    },
    "incident.cancelled": {
        "en": ("{label}: cancelled", "{title} was cancelled. Go back to normal work."),
        "es": ("{label}: cancelado", "{title} se canceló. Vuelva al trabajo normal."),
    },
    "broadcast.sent": {
        "en": ("Update {no}: {headline}", "{do_now}"),
        "es": ("Aviso {no}: {headline}", "{do_now}"),
    },
    "broadcast.acknowledged": {
        "en": ("{unit_name} acknowledged update {no}", "{label} {title}"),
        "es": ("{unit_name} confirmó el aviso {no}", "{label} {title}"),
    },
    "ack.reminder": {
        "en": ("Update {no} waits for your answer", "{headline}"),
        "es": ("El aviso {no} espera su respuesta", "{headline}"),
    },
    "update.due": {
        "en": ("Update {no} is due", "{label}: say something, even if nothing changed."),
        "es": ("Toca el aviso {no}", "{label}: diga algo, aunque nada haya cambiado."),
    },
    "step.overdue": {
        "en": ("{unit_name}: {code} is overdue", "{step}"),
        "es": ("{unit_name}: {code} está vencido", "{step}"),
    },
    "help.answered": {
        "en": ("Your request for help was answered", "Open to read the answer of {by_name}."),
        "es": ("Respondieron a su petición de ayuda", "Abra para leer la respuesta de {by_name}."),
    },
    "unit.unanswered": {
        "en": ("{unit_name} has not acknowledged update {no}", "{headline} Call there, or send somebody."),
        "es": ("{unit_name} no ha confirmado el aviso {no}", "{headline} Llame allí o envíe a alguien."),
    },
    "plan.review": {
        "en": ("Plan to read again: {title}", "Review date {day}. Owner: {owner}."),
        "es": ("Plan por revisar: {title}", "Fecha de revisión {day}. Responsable: {owner}."),
    },
    "unit.silent": {
        "en": ("{unit_name} is silent", "Nothing heard from there. {label} {title}"),
        "es": ("{unit_name} no responde", "No hay noticias de allí. {label} {title}"),
    },
    "test": {
        "en": ("Test: alerts arrive on this way", "Sent at {time} UTC. Nothing is down because of it."),
        "es": ("Prueba: los avisos llegan por esta vía", "Enviado a las {time} UTC. No hay nada caído por ello."),
    },
}
GENERAL = {
    "en": ("Wardlight: there is news", "Open to read it."),
    "es": ("Wardlight: hay novedades", "Abra para leerlas."),
}
EXERCISE = {"en": "EXERCISE", "es": "SIMULACRO"}
ACKNOWLEDGE = {"en": "Acknowledge", "es": "Confirmar"}


@dataclass(frozen=True)
class Words:
    """A first line fit for a lock screen, and what follows."""

    title: str
    body: str


class _Facts(dict[str, Any]):
    def __missing__(self, _key: str) -> str:
        return ""


def words_of(purpose: str, *, kind: str, facts: Mapping[str, Any], lang: str = "en", general: bool = False) -> Words:
    """The words of news. `general`: say only that there is news. An exercise always says that it is one."""
    known = SENTENCES[purpose]
    title, body = GENERAL[_language(lang)] if general and purpose != "test" else known[_language(lang)]
    filled = _Facts(facts)
    line = _clean(title.format_map(filled), LONGEST_TITLE)
    if kind == "exercise":
        line = _clean(f"{EXERCISE[_language(lang)]} · {line}", LONGEST_TITLE)
    return Words(line, _clean(body.format_map(filled), LONGEST_BODY))


def acknowledge_word(lang: str) -> str:
    """What the button on the notification says."""
    return ACKNOWLEDGE[_language(lang)]


def _language(lang: str) -> str:
    code = lang.partition("-")[0].lower()
    return code if code in GENERAL else "en"


def _clean(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1].rstrip() + "…"
