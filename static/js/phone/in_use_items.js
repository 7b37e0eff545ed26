/** What the person does instead, of what is down in their units now. */
import { itemsAlone, pick } from "../lib/workaround_rules.js";
import { stoppedWith } from "../lib/blast.js";
import { me, row, rowsOf, services } from "../store/view.js";
import { isOwn } from "./own_words.js";

/** @typedef {import("../lib/workaround_rules.js").Item & {unit: string, title: any, entry: import("../lib/workaround_rules.js").Entry}} Instead */

/** @param {import("../lib/types.js").ViewRow} incident @returns {Instead[]} in the hospital's order of services, each once */
export function insteadOf(incident) {
  const units = me.value.units.filter((unit) => (incident.b.units ?? []).includes(unit));
  const found = units.flatMap((unit) => pickByService(itemsOf(incident, unit), rolesIn(unit)).flatMap((item) => withWords(item, unit)));
  return found.filter((item, at) => found.findIndex((other) => other.service === item.service && other.code === item.code) === at);
}

/** @param {string} unit */
export const rolesIn = (unit) => me.value.places.filter((place) => place.unit === unit).map((place) => place.role);

/** @param {string} service @returns {import("../lib/workaround_rules.js").Entry[]} */
export const entriesOf = (service) => row("workaround", `workaround:${service}`)?.b.entries ?? [];

/** @param {import("../lib/types.js").ViewRow} incident @param {string} unit @returns {import("../lib/workaround_rules.js").Item[]} */
function itemsOf(incident, unit) {
  if (!isOwn(incident.b)) return row("in_use", `in_use:${incident.id}:${unit}`)?.b.items ?? [];
  const type = row("unit", unit)?.b.type ?? "";
  const stopped = stoppedWith(incident.b.services ?? [], rowsOf("service"));
  const used = (/** @type {any} */ b) => !b.used_by || b.used_by.includes(unit) || b.used_by.includes(type);
  const codes = services.value.filter(({ b }) => stopped.has(b.code) && used(b)).map(({ b }) => b.code);
  return itemsAlone({ services: codes, since: incident.b.clocks.T0, unit, type, entriesOf });
}

/** @param {import("../lib/workaround_rules.js").Item[]} items @param {string[]} roles */
function pickByService(items, roles) {
  const codes = [...new Set(items.map(({ service }) => service))];
  return codes.flatMap((code) => pick(items.filter(({ service }) => service === code), roles));
}

/** @param {import("../lib/workaround_rules.js").Item} item @param {string} unit @returns {Instead[]} none while the words have not arrived */
function withWords(item, unit) {
  const entry = entriesOf(item.service).find(({ code }) => code === item.code);
  return entry ? [{ ...item, unit, entry, title: row("workaround", `workaround:${item.service}`)?.b.title }] : [];
}
