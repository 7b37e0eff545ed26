"""The words that give a hard step away, in each language the product speaks. Pure."""

import re

# Verbs that begin an instruction: one of them after "and" is a second action.
_EN = (
    "add|agree|answer|ask|assign|attach|bring|call|check|choose|close|collect|compare|complete|confirm|"
    "copy|count|cross|deliver|enter|file|find|give|go|hand|keep|label|list|log|look|make|mark|measure|"
    "move|name|note|open|order|phone|place|post|print|put|read|record|remove|report|review|run|scan|"
    "send|set|sign|start|stop|switch|take|tell|test|tick|try|turn|use|verify|wait|walk|warn|write"
)
_ES = (
    "abra|acuerde|añada|anote|apague|apunte|asigne|avise|busque|cierre|coloque|compare|complete|compruebe|confirme|"
    "copie|cuelgue|cuente|deje|detenga|diga|elija|encienda|entregue|envíe|escriba|espere|etiquete|firme|guarde|haga|"
    "imprima|inicie|introduzca|lea|liste|llame|lleve|marque|mida|mueva|muestre|nombre|ordene|pare|pida|ponga|pregunte|"
    "pruebe|quite|recoja|registre|repase|retire|revise|saque|siga|tome|traiga|use|vaya|verifique"
)
TWO_ACTIONS = {
    "en": re.compile(rf"(?:;|\b(?:and )?then\b|,? and (?:{_EN})\b|[.!] (?:{_EN})\b)", re.IGNORECASE),
    "es": re.compile(rf"(?:;|\b(?:y )?luego\b|\by después\b|,? [ye] (?:{_ES})\b|[.!] (?:{_ES})\b)", re.IGNORECASE),
}
PATIENT_DATA = {
    "en": re.compile(
        r"\b(?:patient'?s? (?:name|number|id)|names? of (?:the )?patients?|surname|mrn|nhs number|"
        r"record numbers?|date of birth|dob|birth|ssn|address|diagnos[ei]s|result values?|doses? given)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:nombres? (?:del?|de los|de las) pacientes?|apellidos?|número de historia|n\.º de historia|nhc|dni|"
        r"pasaporte|fecha de nacimiento|domicilio|dirección del paciente|diagnósticos?|valor del resultado|"
        r"dosis administradas?)\b",
        re.IGNORECASE,
    ),
}


def two_actions(text: str, language: str = "en") -> str | None:
    """What joins two actions in a step, or None."""
    joined = TWO_ACTIONS[language].search(text)
    return joined.group().strip() if joined else None


def asks_for_patient_data(text: str, language: str = "en") -> bool:
    """Whether a field's words ask for something about one patient."""
    return PATIENT_DATA[language].search(text) is not None
