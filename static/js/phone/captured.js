/** What a step asks for and what was given. Pure. */
import { label, t } from "../lib/text.js";

/** @typedef {import("../components/count_field.js").Field} Field */

/** Empty is not zero: a field that was not touched is not sent. @param {Record<string, any>} values */
export const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)).map(([key, value]) => [key, typeof value === "string" ? value.trim() : value]));

/** Labels of required fields that are still empty. @param {Field[]|null|undefined} capture @param {Record<string, any>} values */
export const missing = (capture, values) => (capture ?? []).filter((field) => field.required && isEmpty(values[field.key])).map((field) => label(field.label));

/** "High-risk infusions running 12, Ticket 22-917", or "". @param {{capture?: Field[], captured?: Record<string, any>}} b of a task */
export function capturedWords({ capture, captured }) {
  return (capture ?? [])
    .filter((field) => !isEmpty(captured?.[field.key]))
    .map((field) => (field.type === "tick" ? label(field.label) : t("{label}: {value}", { label: label(field.label), value: valueWords(field, captured?.[field.key]) })))
    .join(", ");
}

/** A choice is recorded in the words of the plan and shown in those of the reader. @param {Field} field @param {any} value */
const valueWords = (field, value) => (field.type === "choice" ? label(value) : value);

/** @param {any} value */
const isEmpty = (value) => value === undefined || value === null || value === false || (typeof value === "string" && value.trim() === "");
