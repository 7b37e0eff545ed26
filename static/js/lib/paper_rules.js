/** Sheets that come back in: which card a code is of, whose initials they may be, and when "about ten past three" was. Pure. */
import { clockTime } from "./format.js";
import { cardCode, incidentCardCode, logCode, posterCode } from "./sheet_code.js";

/**
 * @typedef {{id: string, b: any}} Shown
 * @typedef {{kind: "card"|"log"|"poster", unit: string, role: string, plan: string, incident: string|null, old: boolean}} Sheet
 *   `incident` when it was printed while that ran; `old` when it is of the version before
 * @typedef {{units: Shown[], plans: Shown[], cards: Shown[], tasks: Shown[]}} Held  what the phone holds, the person's own units only
 */
const MINUTE_MS = 60_000;
const DAY_MIN = 1_440;

/** The sheets that a code may be; more than one in rare cases, none when the phone does not know it. @param {string} code @param {Held} held @returns {Sheet[]} */
export function sheetsOf(code, held) {
  return [...printedNow(code, held), ...printedBefore(code, held), ...unitSheets(code, held)];
}

/** @param {string} code @param {Held} held @returns {Sheet[]} */
const printedNow = (code, { tasks }) =>
  cardsIn(tasks).filter(({ incident, unit, role }) => incidentCardCode({ incident, unit, role }) === code).map((card) => ({ kind: "card", old: false, ...card }));

/** @param {string} code @param {Held} held @returns {Sheet[]} */
function printedBefore(code, { units, plans, cards }) {
  const found = [];
  for (const { b: card } of cards) {
    const plan = plans.find(({ id }) => id === card.plan);
    const versions = plan ? [plan.b.version, plan.b.replaces].filter(Boolean) : [];
    for (const unit of units.filter(({ b }) => card.unit_types.includes(b.type))) {
      const at = versions.findIndex((version) => cardCode({ unit: unit.id, plan: card.plan, role: card.role, version }) === code);
      if (at >= 0) found.push({ kind: /** @type {const} */ ("card"), unit: unit.id, role: card.role, plan: card.plan, incident: null, old: at > 0 });
    }
  }
  return found;
}

/** @param {string} code @param {Held} held @returns {Sheet[]} */
const unitSheets = (code, { units }) =>
  [{ kind: /** @type {const} */ ("log"), codeFor: logCode }, { kind: /** @type {const} */ ("poster"), codeFor: posterCode }].flatMap(({ kind, codeFor }) =>
    units.filter(({ id }) => codeFor(id) === code).map(({ id }) => ({ kind, unit: id, role: "", plan: "", incident: null, old: false })));

/** Every card of which there are steps, each once. @param {Shown[]} tasks @returns {Array<{incident: string, unit: string, role: string, plan: string}>} */
export function cardsIn(tasks) {
  const cards = new Map(tasks.map(({ b }) => [`${b.incident}|${b.unit}|${b.plan}|${b.role}`, { incident: b.incident, unit: b.unit, role: b.role, plan: b.plan }]));
  return [...cards.values()];
}

/** What runs and uses this sheet: the ids of incidents and own starts that have its steps. @param {Sheet} sheet @param {Shown[]} tasks */
export const runsWith = (sheet, tasks) =>
  [...new Set(tasks.filter(({ b }) => b.unit === sheet.unit && b.role === sheet.role && b.plan === sheet.plan && (!sheet.incident || b.incident === sheet.incident)).map(({ b }) => b.incident))];

/**
 * The instant of a clock time on paper: the one nearest to the row above, never after now.
 * @param {string} time 03:10 @param {number} near ms @param {number} now ms @returns {number} ms
 */
export function atClock(time, near, now) {
  const away = (minutesOf(time) - minutesOf(clockTime(near)) + DAY_MIN * 1.5) % DAY_MIN - DAY_MIN / 2;
  const at = Math.floor(near / MINUTE_MS) * MINUTE_MS + away * MINUTE_MS;
  return at > now ? at - DAY_MIN * MINUTE_MS : at;
}

/** @param {string} time */
function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** "JK" of "Jo Kerr". @param {string} name */
export const initialsOfName = (name) => name.split(/\s+/).filter(Boolean).map((word) => word[0].toUpperCase()).join("");

/** Colleagues whose initials begin like what was typed. @param {string} typed @param {Array<{id: string, name: string}>} people */
export function whoMayBe(typed, people) {
  const letters = typed.replace(/[^\p{L}]/gu, "").toUpperCase();
  return letters === "" ? [] : people.filter(({ name }) => initialsOfName(name).startsWith(letters));
}

/** Whether it reads as initials: letters, as on the sheet. @param {string} typed */
export const areInitials = (typed) => /^\p{L}(?:[\p{L}.' -]){0,5}$/u.test(typed.trim());
