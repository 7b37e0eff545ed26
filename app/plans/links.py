"""What steps say about other steps: that those are there, and that nothing waits for itself. Pure."""

from collections.abc import Iterator, Mapping

from app.plans.format import Card, Plan, Step
from app.plans.yaml_text import Path

Fault = tuple[Path, str]
Graph = Mapping[str, tuple[str, ...]]


def link_faults(plan: Plan) -> list[Fault]:
    """Every reference that leads nowhere, and every circle, with the place where it is written."""
    keys = {f"{card.role}/{step.code}" for card in plan.cards for step in card.steps}
    forms = {one.code for one in plan.attachments}
    found = list(_twice(plan))
    for path, card, step in steps_with_paths(plan):
        found += [(path, sentence) for sentence in _of_step(card, step, keys, forms)]
    return found or list(_circles(plan))


def steps_with_paths(plan: Plan) -> Iterator[tuple[Path, Card, Step]]:
    """Every step with its card and its place in the file."""
    for card_number, card in enumerate(plan.cards):
        for step_number, step in enumerate(card.steps):
            yield ("cards", card_number, "steps", step_number), card, step


def _twice(plan: Plan) -> Iterator[Fault]:
    codes = [one.code for one in plan.attachments]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield ("attachments",), f"There are two attachments with the code {code}."


def _of_step(card: Card, step: Step, keys: set[str], forms: set[str]) -> Iterator[str]:
    own = {other.code: other for other in card.steps}
    for code in step.depends_on:
        if code not in own:
            yield f"{step.code} depends on {code}, which is not on the card of {card.role}."
    for key in step.gate:
        if key not in keys:
            yield f"{step.code} waits for {key}, which is not in this plan."
        elif key.startswith(f"{card.role}/"):
            yield f"{step.code} waits for {key} of its own card. Use depends_on for that."
    for form in step.forms:
        if form not in forms:
            yield f"{step.code} uses the form {form}, which is not among the attachments."
    yield from _of_condition(card, step, own)


def _of_condition(card: Card, step: Step, own: Mapping[str, Step]) -> Iterator[str]:
    when = step.when
    if when is None:
        return
    asked = own.get(when.step)
    field = next((one for one in asked.capture if one.key == when.field), None) if asked else None
    if field is None:
        yield f"{step.code} looks at {when.field} of {when.step}, which the card of {card.role} does not record."
        return
    if when.one_of is None and field.type != "count":
        yield f"{step.code}: only a count can be at least or at most something."
    for answer in sorted(set(when.one_of or ()) - set(field.choices or when.one_of or ())):
        yield f'{step.code}: "{answer}" is not a choice of {when.field} in {when.step}.'


def _circles(plan: Plan) -> Iterator[Fault]:
    graph = {
        f"{card.role}/{step.code}": (*(f"{card.role}/{code}" for code in step.depends_on), *step.gate)
        for _, card, step in steps_with_paths(plan)
    }
    for path, card, step in steps_with_paths(plan):
        key = f"{card.role}/{step.code}"
        if _reaches(graph, key):
            yield path, f"{step.code} waits for itself in the end, so nobody could ever do it."


def _reaches(graph: Graph, key: str) -> bool:
    """Whether a step comes back to itself by what it waits for."""
    seen: set[str] = set()
    ahead = list(graph[key])
    while ahead:
        other = ahead.pop()
        if other == key:
            return True
        if other not in seen:
            seen.add(other)
            ahead += graph[other]
    return False
