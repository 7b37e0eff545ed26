/** Who and where the person is, in the words of the hospital. */
import { label, t } from "../lib/text.js";
import { me, row } from "../store/view.js";

/** "ICU", or the code while the list of units has not arrived. @param {string} unit */
export const unitShort = (unit) => row("unit", unit)?.b.short ?? row("unit", unit)?.b.name ?? unit;

/** @param {string} unit */
export const unitName = (unit) => row("unit", unit)?.b.name ?? unit;

/** @param {string} role */
export const roleTitle = (role) => label(row("role", role)?.b.title) || role;

/** A title inside a sentence: "charge nurse", but "IT lead". @param {string} title */
export const inSentence = (title) => (/^\p{Lu}\p{Ll}/u.test(title) ? title[0].toLowerCase() + title.slice(1) : title);

/** @param {string} name */
export const firstName = (name) => name.split(" ")[0];

/** "You", or the first name. @param {string|null|undefined} by @param {string|null|undefined} name */
export const who = (by, name) => (by && by === me.value.id ? t("You") : firstName(name ?? "") || t("Somebody"));

/** The same inside a sentence. @param {string|null|undefined} by @param {string|null|undefined} name */
export const whom = (by, name) => (by && by === me.value.id ? t("you") : who(by, name));

/** The units of the person, the own first. */
export const myUnits = () => me.value.units;

/** The number to call when the network is gone. @returns {string} */
export function deskPhone() {
  return row("contact", "call-service-desk")?.b.phone ?? row("unit", "service-desk")?.b.phone ?? "";
}

/** @param {string} phone a number as people write it */
export const telLink = (phone) => `tel:${phone.replace(/[^\d+*#]/g, "")}`;
