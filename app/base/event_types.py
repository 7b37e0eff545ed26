"""Every type of timeline event, once: its sentence in each language and who gets it as a row.

`audience` is "command" (leaders see it live on the board) or "record" (kept, shown in the timeline page and reports).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EventType:
    """The sentence of an event, with named places for its facts, and its audience."""

    en: str
    es: str
    audience: str = "record"


EVENT_TYPES: dict[str, EventType] = {
    "incident.declared": EventType("Declared by {by}, level {level}", "Declarado por {by}, nivel {level}", "command"),
    "incident.planned": EventType("{by} plans {title} for {start}", "{by} prevé {title} para {start}", "command"),
    "incident.postponed": EventType(
        "{by} moved it to {start}: {reason}", "{by} lo pasó a {start}: {reason}", "command"
    ),
    "incident.went": EventType("{by} says go", "{by} da vía libre", "command"),
    "incident.no_go": EventType("{by} says no-go: {reason}", "{by} no da vía libre: {reason}", "command"),
    "incident.noticed": EventType("Notice {key} done, says {by}", "Aviso {key} hecho, dice {by}", "command"),
    "incident.started": EventType(
        "The planned downtime was started by {by}", "{by} inició la parada prevista", "command"
    ),
    "incident.overran": EventType(
        "Past the planned end: it is an unplanned downtime now",
        "Pasada la hora prevista: ahora es una caída no prevista",
        "command",
    ),
    "incident.amended": EventType(
        "{by} brought the plan's new version in: {added} steps added, {changed} changed, {dropped} dropped. {reason}",
        "{by} incorporó la nueva versión del plan: {added} nuevos, {changed} cambiados, {dropped} retirados. {reason}",
        "command",
    ),
    "incident.restored": EventType(
        "Restored by IT, says {by}. Stay on paper.", "Restablecido por TI, dice {by}. Sigan en papel.", "command"
    ),
    "incident.all_clear": EventType("All-clear by {by}", "Fin de alerta por {by}", "command"),
    "incident.closed": EventType("Stood down by {by}", "Cerrado por {by}", "command"),
    "incident.cancelled": EventType("Cancelled by {by}", "Cancelado por {by}", "command"),
    "run.started": EventType(
        "{unit_name} started {plan_title} by itself", "{unit_name} inició {plan_title} por su cuenta", "command"
    ),
    "run.joined": EventType("{unit_name} joined with its cards", "{unit_name} se incorporó con sus fichas", "command"),
    "run.adopted": EventType(
        "{unit_name} had started {plan_title} by itself at {time}; its entries are part of this now",
        "{unit_name} había iniciado {plan_title} por su cuenta a las {time}; sus registros ya son parte de esto",
        "command",
    ),
    "run.ended": EventType(
        "{by} ended what {unit_name} had started by itself",
        "{by} terminó lo que {unit_name} inició por su cuenta",
        "command",
    ),
    "task.completed": EventType("{by} did {code}: {title}", "{by} hizo {code}: {title}"),
    "task.half_signed": EventType("{by} signed {code} as first", "{by} firmó {code} en primer lugar"),
    "task.confirmed": EventType("{by} signed {code} as second", "{by} firmó {code} en segundo lugar"),
    "task.skipped": EventType("{by} skipped {code}: {reason}", "{by} omitió {code}: {reason}"),
    "task.blocked": EventType("{unit_name} needs help with {code}", "{unit_name} necesita ayuda con {code}", "command"),
    "task.reopened": EventType("{by} reopened {code}: {reason}", "{by} reabrió {code}: {reason}", "command"),
    "task.superseded": EventType(
        "{by} also did {code}; {first} was first", "{by} también hizo {code}; {first} fue antes"
    ),
    "task.from_paper": EventType(
        "From paper, about {time}, by {initials}, entered by {by}. {code}: {title}",
        "De papel, hacia las {time}, por {initials}, lo pasó {by}. {code}: {title}",
    ),
    "task.paper_superseded": EventType(
        "From paper, about {time}, by {initials}, entered by {by}. {code} was on record already, {first} was first",
        "De papel, hacia las {time}, por {initials}, lo pasó {by}. {code} ya constaba, {first} fue antes",
    ),
    "task.out_of_order": EventType(
        "{by} did {code} in {unit_name} out of order: the card did not ask for it yet",
        "{by} hizo {code} en {unit_name} fuera de orden: la ficha aún no lo pedía",
        "command",
    ),
    "broadcast.sent": EventType("Update {no} sent by {by}", "Aviso {no} enviado por {by}", "command"),
    "broadcast.acknowledged": EventType("{by} acknowledged update {no}", "{by} confirmó el aviso {no}"),
    "broadcast.unit_acknowledged": EventType(
        "{unit_name} acknowledged update {no}", "{unit_name} confirmó el aviso {no}", "command"
    ),
    "broadcast.proposed": EventType(
        "{by} wrote an update that waits for a second leader: {headline}",
        "{by} escribió un aviso que espera a un segundo responsable: {headline}",
        "command",
    ),
    "broadcast.refused": EventType("{by} refused an update: {reason}", "{by} rechazó un aviso: {reason}", "command"),
    "broadcast.corrected": EventType(
        "Update {no} corrects update {other}", "El aviso {no} corrige el aviso {other}", "command"
    ),
    "broadcast.cancelled": EventType(
        "Update {no} cancels update {other}", "El aviso {no} anula el aviso {other}", "command"
    ),
    "broadcast.due_soon": EventType("Update {no} is due soon", "El aviso {no} vence pronto", "command"),
    "broadcast.overdue": EventType("Update {no} is overdue", "El aviso {no} está vencido", "command"),
    "broadcast.escalated": EventType(
        "{unit_name} has not acknowledged update {no}: {way_en}",
        "{unit_name} no ha confirmado el aviso {no}: {way_es}",
        "command",
    ),
    "broadcast.carried": EventType(
        "{by} brought update {no} to {unit_name}", "{by} llevó el aviso {no} a {unit_name}", "command"
    ),
    "broadcast.runner_sent": EventType(
        "{by} sends a runner with update {no} to {count} units",
        "{by} envía un mensajero con el aviso {no} a {count} unidades",
        "command",
    ),
    "broadcast.runner_back": EventType(
        "The runner with update {no} is back, says {by}", "El mensajero del aviso {no} ha vuelto, dice {by}", "command"
    ),
    "broadcast.rules_changed": EventType("{by} changed the rules of updates", "{by} cambió las reglas de los avisos"),
    "broadcast.texts_changed": EventType("{by} changed the ready texts", "{by} cambió los textos listos"),
    "help.asked": EventType("{unit_name} asks for help: {text}", "{unit_name} pide ayuda: {text}", "command"),
    "help.question": EventType("{unit_name} asks: {text}", "{unit_name} pregunta: {text}", "command"),
    "help.handed": EventType(
        "{by} hands the request of {unit_name} to {to}", "{by} pasa a {to} lo que pide {unit_name}", "command"
    ),
    "help.taken": EventType("{by} takes the request of {unit_name}", "{by} atiende a {unit_name}", "command"),
    "help.closed": EventType(
        "{by} answered {unit_name}: {answer}", "{by} respondió a {unit_name}: {answer}", "command"
    ),
    "note.added": EventType("Note from {unit_name} by {by}", "Nota de {unit_name}, {by}"),
    "step.offered": EventType(
        "{by} offers {code} of {unit_name} to {role} in {to_unit}",
        "{by} ofrece {code} de {unit_name} a {role} de {to_unit}",
        "command",
    ),
    "step.taken_over": EventType(
        "{by} took over {code} of {unit_name} from {giver}", "{by} asumió {code} de {unit_name}, de {giver}", "command"
    ),
    "step.not_taken": EventType(
        "{by} did not take over {code} of {unit_name}: {reason}",
        "{by} no asumió {code} de {unit_name}: {reason}",
        "command",
    ),
    "step.offer_withdrawn": EventType(
        "{by} took back the offer of {code} of {unit_name}", "{by} retiró la oferta de {code} de {unit_name}", "command"
    ),
    "step.overdue": EventType(
        "{code} is overdue in {unit_name}: {title}", "{code} está vencido en {unit_name}: {title}", "command"
    ),
    "step.flagged": EventType(
        "{by} says step {code} is wrong: {text}", "{by} dice que el paso {code} está mal: {text}", "command"
    ),
    "shift.began": EventType(
        "A new shift begins: {count} steps come again", "Empieza un turno: {count} pasos vuelven a tocar", "command"
    ),
    "duty.claimed": EventType(
        "{by} is on duty as {role} in {unit_name}", "{by} está de turno como {role} en {unit_name}"
    ),
    "duty.released": EventType(
        "{by} ended duty as {role} in {unit_name}", "{by} terminó su turno como {role} en {unit_name}"
    ),
    "handover.offered": EventType(
        "{by} offers {role} in {unit_name} to {to}", "{by} ofrece {role} de {unit_name} a {to}", "command"
    ),
    "handover.accepted": EventType(
        "{by} took over {role} in {unit_name} from {giver}",
        "{by} relevó a {giver} como {role} en {unit_name}",
        "command",
    ),
    "handover.call_ended": EventType(
        "{by} is {role} in {unit_name} now: nobody else is asked",
        "{by} es ahora {role} en {unit_name}: no se pregunta a nadie más",
        "command",
    ),
    "handover.refused": EventType(
        "{by} did not take over {role} in {unit_name}: {reason}",
        "{by} no asumió {role} en {unit_name}: {reason}",
        "command",
    ),
    "handover.withdrawn": EventType(
        "{by} took back the offer of {role} in {unit_name}", "{by} retiró la oferta de {role} en {unit_name}", "command"
    ),
    "handover.passed_on": EventType(
        "Nobody accepted {role} in {unit_name} in time: offered to {to}",
        "Nadie aceptó {role} en {unit_name} a tiempo: se ofrece a {to}",
        "command",
    ),
    "incident.all_clear_signed": EventType("{by} signed the all-clear", "{by} firmó el fin de alerta", "command"),
    "unit.checked": EventType(
        "{unit_name} checked “{check}”: works", "{unit_name} revisó «{check}»: funciona", "command"
    ),
    "unit.check_failed": EventType(
        "{unit_name} checked “{check}”: fails. {note}", "{unit_name} revisó «{check}»: falla. {note}", "command"
    ),
    "unit.counted": EventType(
        "{unit_name} has {left} entries on paper", "{unit_name} tiene {left} anotaciones en papel"
    ),
    "command.changed": EventType("{by} changed the command chart", "{by} cambió el organigrama de mando"),
    "objective.added": EventType(
        "{by} set objective: {text} ({owner})", "{by} fijó un objetivo: {text} ({owner})", "command"
    ),
    "objective.met": EventType("Objective met, says {by}: {text}", "Objetivo cumplido, dice {by}: {text}", "command"),
    "objective.dropped": EventType(
        "{by} dropped an objective: {text}. {note}", "{by} abandonó un objetivo: {text}. {note}", "command"
    ),
    "objective.reopened": EventType(
        "{by} opened an objective again: {text}", "{by} reabrió un objetivo: {text}", "command"
    ),
    "period.begun": EventType(
        "{by} began operational period {no}; {open} objectives are open",
        "{by} inició el periodo operativo {no}; {open} objetivos abiertos",
        "command",
    ),
    "period.changed": EventType(
        "{by} changed operational period {no}", "{by} cambió el periodo operativo {no}", "command"
    ),
    "service.down": EventType("{title} is down too, says {by}", "{title} tampoco funciona, dice {by}", "command"),
    "service.back": EventType("{title} is back, says {by}", "{title} ha vuelto, dice {by}", "command"),
    "service.not_down": EventType("{title} was not down, says {by}", "{title} sí funcionaba, dice {by}", "command"),
    "workaround.expired": EventType(
        "{title} is down for longer than its workaround is safe. Units: {units}",
        "{title} lleva caído más de lo que su alternativa es segura. Unidades: {units}",
        "command",
    ),
    "workaround.changed": EventType("{by} changed what to do when: {title}", "{by} cambió qué hacer cuando: {title}"),
    "workaround.removed": EventType("{by} removed what to do when: {title}", "{by} quitó qué hacer cuando: {title}"),
    "unit.silent": EventType("{unit_name} last heard", "Último contacto con {unit_name}", "command"),
    "unit.heard": EventType("{unit_name} is heard again", "{unit_name} vuelve a responder", "command"),
    "person.signed_in": EventType("{by} signed in", "{by} inició sesión"),
    "person.pin_set": EventType("{by} set a PIN", "{by} puso un PIN"),
    "person.signed_out": EventType("{by} signed out", "{by} cerró sesión"),
    "person.sign_in_refused": EventType("A sign-in was refused", "Se rechazó un inicio de sesión"),
    "person.added": EventType("{name} was added", "Se añadió a {name}"),
    "device.gap": EventType(
        "{count} entries of {by} are missing from the device “{label}”",
        "Faltan {count} registros de {by} en el dispositivo «{label}»",
        "command",
    ),
    "device.emptied": EventType(
        "The device “{label}” of {by} came back with an empty storage",
        "El dispositivo «{label}» de {by} volvió con el almacenamiento vacío",
        "command",
    ),
    "entries.carried": EventType(
        "{by} brought entries of {author} on their phone: {count}",
        "{by} trajo registros de {author} en su teléfono: {count}",
    ),
    "device.token_given": EventType("{by} uses a new device", "{by} usa un dispositivo nuevo"),
    "device.alerts_on": EventType("{by} gets alerts on a phone", "{by} recibe avisos en un teléfono"),
    "device.alerts_off": EventType("{by} turned alerts off on a phone", "{by} quitó los avisos en un teléfono"),
    "person.address_set": EventType("{by} set an address of {name}", "{by} puso una dirección de {name}"),
    "person.address_removed": EventType("{by} removed an address of {name}", "{by} quitó una dirección de {name}"),
    "delivery.target_added": EventType("{by} added the way out “{label}”", "{by} añadió la vía «{label}»"),
    "delivery.target_enabled": EventType(
        "{by} uses the way out “{label}” again", "{by} vuelve a usar la vía «{label}»"
    ),
    "delivery.target_disabled": EventType("{by} disabled the way out “{label}”", "{by} desactivó la vía «{label}»"),
    "delivery.target_removed": EventType("{by} removed the way out “{label}”", "{by} quitó la vía «{label}»"),
    "delivery.policy_set": EventType("{by} changed what leaves the house", "{by} cambió lo que sale del hospital"),
    "screen.added": EventType(
        "{by} gave a code for the screen “{label}”", "{by} dio un código para la pantalla «{label}»"
    ),
    "screen.enrolled": EventType("The screen “{label}” was let in", "Se admitió la pantalla «{label}»"),
    "screen.revoked": EventType("{by} ended the screen “{label}”", "{by} dio de baja la pantalla «{label}»"),
    "plan.imported": EventType("Plan {title} was put in force", "El plan {title} entró en vigor"),
    "plan.drafted": EventType("{by} wrote a draft of {title}", "{by} escribió un borrador de {title}"),
    "plan.begun": EventType("{by} began a draft of {title}", "{by} empezó un borrador de {title}"),
    "plan.dropped": EventType("{by} threw a draft of {title} away", "{by} desechó un borrador de {title}"),
    "plan.returned": EventType("{by} gave {title} back: {reason}", "{by} devolvió {title}: {reason}"),
    "plan.submitted": EventType("{by} asks for review of {title}", "{by} pide revisar {title}"),
    "plan.approved": EventType("{by} approved {title}", "{by} aprobó {title}"),
    "plan.read": EventType("{by} has read {title}", "{by} ha leído {title}"),
    "plan.retired": EventType("{by} retired {title}", "{by} retiró {title}"),
    "plan.form_kept": EventType(
        "{by} keeps a file for the form {title}, version {version}",
        "{by} guarda un archivo para el formulario {title}, versión {version}",
    ),
    "plan.translated": EventType(
        "Plan {title} has words in “{language}” now", "El plan {title} ya tiene textos en «{language}»"
    ),
    "site.vocabulary": EventType("The words of {title} are used now", "Se usan ahora las palabras de: {title}"),
    "server.backed_up": EventType("A backup was made and verified", "Se hizo y comprobó una copia de seguridad"),
    "server.restored": EventType("The server was restored ({made_at})", "El servidor se restauró ({made_at})"),
    "site.seeded": EventType("The demo hospital was set up", "Se preparó el hospital de demostración"),
}


# The fact that says who brought an entry on their phone, and how every sentence ends then.
CARRIER = "carried_by_name"
BROUGHT = {"en": "(carried by {name})", "es": "(traído por {name})"}
# The fact that the clock of the phone was too far off to trust, and how every sentence ends then.
DOUBTFUL = "time_uncertain"
DOUBTED = {"en": "(time uncertain)", "es": "(hora incierta)"}


def sentence(event_type: str, facts: dict[str, Any]) -> dict[str, str]:
    """The sentence of an event in every language; KeyError for an unknown type or a missing fact."""
    known = EVENT_TYPES[event_type]
    said = {"en": known.en.format(**facts), "es": known.es.format(**facts)}
    if CARRIER in facts:
        said = {language: f"{text} {BROUGHT[language].format(name=facts[CARRIER])}" for language, text in said.items()}
    if facts.get(DOUBTFUL):
        said = {language: f"{text} {DOUBTED[language]}" for language, text in said.items()}
    return said
