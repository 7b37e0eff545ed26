/** How a task stands, for one person at one moment. Pure: the box, the tally and the words all ask here. */
import { toMs } from "../lib/clock.js";
import { minutesUntil } from "../lib/format.js";
import { signersOf } from "../lib/reducers.js";
import { t } from "../lib/text.js";

/**
 * @typedef {import("../lib/types.js").ViewRow} Task
 * @typedef {"done"|"skipped"|"blocked"|"half"|"late"|"next"|"open"|"held"} Shape
 * @typedef {{id: string, places: Array<{unit: string, role: string}>}} Person
 */

const UNFINISHED = ["open", "half", "blocked"];

/** @param {Task} task @param {number} now ms */
export const isLate = ({ b }, now) => UNFINISHED.includes(b.state) && Boolean(b.due_at) && toMs(b.due_at) < now;

/** @param {Task} task @param {{now: number, nextId?: string|null}} at @returns {Shape} */
export function shapeOf(task, { now, nextId = null }) {
  if (task.b.state !== "open") return task.b.state;
  if (task.b.held) return "held";
  if (task.id === nextId) return "next";
  return isLate(task, now) ? "late" : "open";
}

/** Whether what is shown is not yet on record. @param {Task} task */
export const isSavedHere = (task) => task.pending !== null && task.b.state !== "open";

/** "by 10:25" is shown elsewhere; this is "in 8 min", "7 min late" or "". @param {Task} task @param {number} now ms */
export function dueWords(task, now) {
  const minutes = minutesUntil(task.b.due_at, now);
  if (minutes === null || !UNFINISHED.includes(task.b.state)) return "";
  return minutes < 0 ? lateBy(-minutes) : inMinutes(minutes);
}

/** @param {number} minutes */
export const lateBy = (minutes) => (minutes < 120 ? t("{n} min late", { n: minutes }) : t("{n} h late", { n: Math.floor(minutes / 60) }));

/** @param {number} minutes */
export const inMinutes = (minutes) => (minutes < 120 ? t("in {n} min", { n: minutes }) : t("in {n} h", { n: Math.floor(minutes / 60) }));

/** "every 30 min". @param {number} minutes */
export const everyWords = (minutes) => (minutes % 60 === 0 && minutes > 60 ? t("every {n} h", { n: minutes / 60 }) : t("every {n} min", { n: minutes }));

/** Who has signed since the step was last reopened. @param {Task} task @returns {Array<import("../lib/types.js").Sign>} */
export function signatures({ b }) {
  const by = signersOf(b.signs ?? []);
  const given = (b.signs ?? []).filter((/** @type {any} */ sign) => sign.st === "ok" && ["complete", "confirm"].includes(sign.what));
  return by.map((id) => given.findLast((/** @type {any} */ sign) => sign.by === id));
}

/**
 * May this person sign now? The server has the last word; this only keeps people from a refusal they can foresee.
 * @param {Task} task @param {Person} person @returns {{ok: boolean, why: ""|"same_person"|"role"|"second_role"|"waits", roles: string[]}}
 */
export function signRight({ b }, person) {
  if (b.waits?.length > 0) return { ok: false, why: "waits", roles: [] };
  const held = person.places.filter((place) => place.unit === b.unit).map((place) => place.role);
  if (b.role_only && !held.includes(b.role)) return { ok: false, why: "role", roles: [b.role] };
  const signers = b.two_person ? signersOf(b.signs ?? []) : [];
  if (signers.includes(person.id)) return { ok: false, why: "same_person", roles: b.confirm_roles ?? [] };
  const wanted = signers.length > 0 ? b.confirm_roles : null;
  if (wanted && !wanted.some((/** @type {string} */ role) => held.includes(role))) return { ok: false, why: "second_role", roles: wanted };
  return { ok: true, why: "", roles: [] };
}

/** Tasks of which one may be the next for this person: what waits for somebody else's signature is not. @param {Task[]} tasks @param {Person} person */
export const forMe = (tasks, person) => tasks.filter((task) => !isHeld(task) && ((task.b.state !== "half" && !task.b.waits?.length) || signRight(task, person).ok));

/** Whether the card does not ask for it yet: no late one, no open one, not the next one. @param {Task} task */
export const isHeld = ({ b }) => Boolean(b.held) && b.state === "open";

/** @param {Task[]} tasks @param {number} now ms */
export function countsOf(tasks, now) {
  const having = (/** @type {(task: Task) => boolean} */ test) => tasks.filter(test).length;
  return {
    total: having((task) => !isHeld(task)),
    done: having(({ b }) => b.state === "done"),
    skipped: having(({ b }) => b.state === "skipped"),
    half: having(({ b }) => b.state === "half"),
    blocked: having(({ b }) => b.state === "blocked"),
    late: having((task) => task.b.state === "open" && isLate(task, now)),
    saved: having(isSavedHere),
  };
}
