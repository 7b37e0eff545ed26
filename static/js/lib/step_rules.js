/** One step that is handed to another card: to whom it may go, who may take it, what became of it. Pure. */
import { toMs } from "./clock.js";

/** @typedef {{id: string, b: any}} Shown */
/** @typedef {{units: string[], places: Array<{unit: string, role: string}>, id: string}} Me */
/** @typedef {{unit: string, role: string}} Place */

/** Offers of steps that this person may take: whoever holds the role in that unit. @template {Shown} T @param {T[]} handovers @param {Me} me @returns {T[]} */
export const stepOffersFor = (handovers, me) =>
  handovers.filter(({ b }) => b.task && b.state === "offered" && b.by !== me.id && me.places.some((place) => place.unit === b.unit && place.role === b.role))
    .sort((a, b) => Number(b.b.step?.safety ?? false) - Number(a.b.step?.safety ?? false) || (a.b.at < b.b.at ? -1 : 1));

/**
 * What was handed on from these cards and is not theirs now, or was not taken: the newest word on each step.
 * @template {Shown} T @param {T[]} handovers @param {string} incident @param {(place: Place) => boolean} isMine @returns {T[]}
 */
export function handedOn(handovers, incident, isMine) {
  const own = handovers.filter(({ b }) => b.task && b.incident === incident && b.state !== "withdrawn" && isMine({ unit: b.from_unit, role: b.from_role }));
  const newest = new Map([...own].sort((a, b) => (a.b.at < b.b.at ? -1 : 1)).map((one) => [one.b.task, one]));
  return [...newest.values()];
}

/** Whether nobody has answered in time. @param {any} b body of a `handover` row @param {number} now ms */
export const isUnanswered = (b, now) => b.state === "offered" && Boolean(b.next_at) && toMs(b.next_at) < now;

/**
 * Where a step can go: to the role that its plan names first, then to the other cards of the unit, then to that role elsewhere.
 * @param {any} b body of the task @param {Shown[]} cards of the plan @param {Array<{id: string, b: any}>} units of the incident @returns {Place[]}
 */
export function targetsOf(b, cards, units) {
  const here = units.find(({ id }) => id === b.unit);
  const holds = (/** @type {Shown} */ card, /** @type {{b: any}|undefined} */ unit) => Boolean(unit) && (card.b.unit_types ?? []).includes(unit?.b.type);
  const inUnit = cards.filter((card) => holds(card, here)).map((card) => ({ unit: b.unit, role: card.b.role }));
  const named = cards.filter((card) => card.b.role === b.hand_off).flatMap((card) => units.filter((unit) => holds(card, unit)).map((unit) => ({ unit: unit.id, role: card.b.role })));
  const isNamed = (/** @type {Place} */ place) => place.role === b.hand_off;
  const places = [...inUnit.filter(isNamed), ...(inUnit.some(isNamed) ? [] : named), ...inUnit.filter((place) => !isNamed(place))];
  return places.filter((place) => place.unit !== b.unit || place.role !== b.role);
}

/**
 * Tasks as they are once an acceptance that is only saved here holds.
 * @template {Shown} T @param {T[]} tasks @param {Array<{b: any, pending: null|"saved"|"sent"}>} handovers @returns {T[]}
 */
export function withTaken(tasks, handovers) {
  const taken = new Map(handovers.filter(({ b, pending }) => pending && b.task && b.state === "accepted").map(({ b }) => [b.task, b]));
  if (taken.size === 0) return tasks;
  return tasks.map((task) => {
    const to = taken.get(task.id);
    const from = task.b.handed ?? { unit: task.b.unit, role: task.b.role };
    return to ? { ...task, b: { ...task.b, unit: to.unit, role: to.role, handed: { ...from, by: to.by, by_name: to.by_name } } } : task;
  });
}
