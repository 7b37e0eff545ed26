"""What a step's rules and times are in words on paper, where nothing can be looked up. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.plans.format import ANCHOR_OF_PHASE, Attachment, Condition, Step

Words = Mapping[str, Any]
HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True)
class Speech:
    """How a packet speaks: its words, the plan's texts in its language, and the titles of roles."""

    words: Words
    say: Callable[[str], str]
    role: Callable[[str], str]


def span(minutes: int, words: Words) -> str:
    """45 min, 2 h, 1 h 30 min, 3 d."""
    units = words["span"]
    if minutes % DAY == 0 and minutes >= DAY:
        return str(units["d"].format(n=minutes // DAY))
    hours, rest = divmod(minutes, HOUR)
    parts = [units["h"].format(n=hours)] if hours else []
    parts += [units["min"].format(n=rest)] if rest or not hours else []
    return str(units["join"].format(a=parts[0], b=parts[1]) if len(parts) == 2 else parts[0])


def due_words(step: Step, words: Words) -> tuple[str, str]:
    """(how long, what else there is to its time) of a step: a clock that is not the phase's, and its rounds."""
    if step.due_min is None:
        return (_each(step, words) if step.repeat_min else words["due"]["any"]), ""
    more = [] if _is_of_phase(step) else [_counted_from(step, words)]
    more += [_each(step, words)] if step.repeat_min else []
    return span(abs(step.due_min), words), ", ".join(more)


def phase_clock(steps: Sequence[Step], words: Words) -> str:
    """From when the times of a phase count; empty when none of them counts from the phase's own clock."""
    timed = [step for step in steps if step.due_min is not None and _is_of_phase(step)]
    return _counted_from(timed[0], words) if timed else ""


def _is_of_phase(step: Step) -> bool:
    is_before = (step.due_min or 0) < 0
    return step.counted_from == ANCHOR_OF_PHASE[step.in_phase] and is_before == (step.in_phase == "pre")


def _counted_from(step: Step, words: Words) -> str:
    return str(words["anchors"]["before" if (step.due_min or 0) < 0 else step.counted_from])


def _each(step: Step, words: Words) -> str:
    return str(words["due"]["each"].format(span=span(step.repeat_min or 0, words)))


def rule_lines(step: Step, forms: Mapping[str, Attachment], speech: Speech, *, unit: str) -> list[str]:
    """What the phone would watch over, said in lines: what it waits for, what follows, the unit's own line."""
    rules, lines = speech.words["rules"], []
    if unit in step.local:
        lines.append(rules["local"].format(line=speech.say(step.local[unit])))
    if step.depends_on:
        lines.append(rules["depends"].format(steps=", ".join(step.depends_on)))
    if step.gate:
        lines.append(rules["gate"].format(steps=", ".join(_gate(key, speech) for key in step.gate)))
    if step.when:
        lines.append(rules["when"].format(code=step.when.step, answer=_answer(step.when, speech)))
    if step.confirm_roles:
        lines.append(rules["second"].format(roles=", ".join(map(speech.role, step.confirm_roles))))
    if step.hand_off:
        lines.append(rules["hand_off"].format(role=speech.role(step.hand_off)))
    if step.escalate_after_min:
        lines.append(rules["escalate"].format(span=span(step.escalate_after_min, speech.words)))
    known = (forms[code] for code in step.forms if code in forms)
    return lines + [rules["form"].format(title=speech.say(one.title), version=one.version) for one in known]


def _gate(key: str, speech: Speech) -> str:
    role, _slash, code = key.partition("/")
    return str(speech.words["rules"]["gate_step"].format(code=code, role=speech.role(role)))


def _answer(when: Condition, speech: Speech) -> str:
    rules = speech.words["rules"]
    if when.one_of:
        return str(rules["joined"].join(map(speech.say, when.one_of)))
    limits = (("at_least", when.at_least), ("at_most", when.at_most))
    return ", ".join(rules[name].format(n=limit) for name, limit in limits if limit is not None)
