/** Declaring in four taps: what is suggested, what is ticked before anybody touches it. Pure. */

import { instantOf } from "./planned_rules.js";

/** @typedef {{id: string, b: any}} Shown */
/** @typedef {{incident: string, kind: string, plan: string, title: string, services: string[], units: string[]|null, level: number, asked_at: number|null, when?: "now"|"later", start?: string, end?: string}} DeclareDraft */

/** Services whose loss concerns the whole hospital, whatever else works. */
const WHOLE_HOSPITAL = ["network", "cyber", "power"];

/**
 * Plans to choose from: the suggested one, then those for a sudden failure, then planned work.
 * @param {Shown[]} plans @param {string|undefined} suggested @returns {Shown[]}
 */
export function orderPlans(plans, suggested) {
  const rank = (/** @type {Shown} */ plan) => (plan.id === suggested ? 0 : plan.b.kind === "planned" ? 2 : 1);
  return [...plans].sort((a, b) => rank(a) - rank(b) || a.b.title.localeCompare(b.b.title));
}

/** Choose a plan: everything it names is ticked. @param {DeclareDraft} draft @param {Shown} plan @returns {DeclareDraft} */
export const withPlan = (draft, plan) => ({
  ...draft, plan: plan.id, title: plan.b.title, services: [...(plan.b.services ?? [])], units: null, level: defaultLevel(plan), when: plan.b.kind === "planned" ? "later" : "now",
});

/**
 * 1 one unit · 2 several units, workaround exists · 3 the whole hospital. Level 4 reaches beyond the hospital and is only chosen by hand.
 * @param {Shown} plan
 */
export function defaultLevel({ b }) {
  if (b.level) return b.level;
  if (WHOLE_HOSPITAL.includes(b.icon) || (b.services ?? []).some((/** @type {string} */ one) => WHOLE_HOSPITAL.includes(one))) return 3;
  return b.units?.length === 1 ? 1 : 2;
}

/** @param {string[]} list @param {string} one */
export const toggled = (list, one) => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one]);

/** @param {DeclareDraft} draft @param {Shown|null} plan @returns {string[]} */
export const chosenUnits = (draft, plan) => draft.units ?? plan?.b.units ?? [];

/** Kinds of units that people name in one breath. @type {Record<string, string>} */
const GROUP_OF_TYPE = {
  ward: "wards", "intensive-care": "wards", maternity: "wards", paediatrics: "wards",
  emergency: "emergency", "operating-rooms": "emergency", recovery: "emergency",
  pharmacy: "services", laboratory: "services", imaging: "services",
  registration: "front", outpatients: "front",
};
export const GROUPS = ["wards", "emergency", "services", "front", "others"];

/**
 * Units in groups, empty groups left out.
 * @param {Shown[]} units @returns {Array<{key: string, units: Shown[]}>}
 */
export function groupUnits(units) {
  const groupOf = (/** @type {Shown} */ unit) => GROUP_OF_TYPE[unit.b.type] ?? "others";
  return GROUPS.map((key) => ({ key, units: units.filter((unit) => groupOf(unit) === key) })).filter((group) => group.units.length > 0);
}

/** Tick or clear a whole group: it is cleared only when all of it is ticked. @param {string[]} chosen @param {string[]} group */
export const toggledGroup = (chosen, group) =>
  group.every((id) => chosen.includes(id)) ? chosen.filter((id) => !group.includes(id)) : [...new Set([...chosen, ...group])];

/** @param {DeclareDraft} draft @param {Shown} plan @param {string} [tz] the op's arguments; all units of the plan go as null, so that the server's plan decides */
export const declareArgs = (draft, plan, tz = "UTC") => ({
  incident: draft.incident, plan: draft.plan, title: draft.title, kind: draft.kind, level: draft.level, services: draft.services,
  units: sameSet(chosenUnits(draft, plan), plan.b.units ?? []) ? null : draft.units,
  ...(draft.when === "later" ? { planned_start_at: instantOf(draft.start ?? "", tz), planned_end_at: instantOf(draft.end ?? "", tz) } : {}),
});

/** Whether a draft for later has both its times. @param {DeclareDraft} draft */
export const lacksTimes = (draft) => draft.when === "later" && !(instantOf(draft.start ?? "", "UTC") && instantOf(draft.end ?? "", "UTC"));

/** @param {string[]} a @param {string[]} b */
const sameSet = (a, b) => a.length === b.length && a.every((one) => b.includes(one));

/** Result of asking: declared by us (also when asked twice), or somebody was first. @param {any} result @returns {"declared"|"by_other"|"refused"} */
export function declareOutcome(result) {
  const st = result.st === "dup" ? (result.first ?? "ok") : result.st;
  if (st === "ok" || st === "superseded") return "declared";
  return st === "conflict" ? "by_other" : "refused";
}
