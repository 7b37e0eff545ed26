/** What stands in the row: about when, whose initials, what was counted. */
import { useState } from "preact/hooks";

import CaptureField from "../components/capture_field.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Initials from "../components/initials.js";
import Note from "../components/note.js";
import { clockTime, dayOf } from "../lib/format.js";
import { areTwo } from "../lib/paper_entry.js";
import { areInitials, atClock } from "../lib/paper_rules.js";
import { t } from "../lib/text.js";
import { colleagues } from "../store/paper.js";
import { now } from "../store/state.js";
import { missing } from "./captured.js";

/** @typedef {import("./paper_sheet.js").Carry} Carry */
const MINUTE_MS = 60_000;
const STEPS_MIN = [-15, -5, 5, 15];

/** @param {{task: import("../lib/types.js").ViewRow, carry: Carry, onEnter: (carry: Carry, values: Record<string, any>) => Promise<void>}} props */
export default function PaperForm({ task, carry, onEnter }) {
  const { b } = task;
  const [row, set] = useState(carry);
  const [values, fill] = useState(/** @type {Record<string, any>} */ ({}));
  const [warned, warn] = useState(false);
  const lacks = lackWords(row, b);
  const lacking = missing(b.capture, values);
  const people = colleagues(b.unit);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (lacks || (lacking.length > 0 && !warned)) return warn(true);
    return onEnter(row, values);
  };
  const sign = (/** @type {number} */ i) => (/** @type {string} */ initials, /** @type {string|null} */ person) => set({ ...row, initials: row.initials.with(i, initials), people: row.people.with(i, person) });
  return html`<form class="task__wide" onSubmit=${submit}>
    <${About} id=${task.id} at=${row.about} onChange=${(/** @type {number} */ about) => set({ ...row, about })} />
    ${(b.two_person ? [t("Initials, first"), t("Initials, second")] : [t("Initials on the sheet")]).map((words, i) => html`<${Initials} key=${i} id=${`i-${task.id}-${i}`} label=${words} value=${row.initials[i]} person=${row.people[i]} people=${people} onChange=${sign(i)} />`)}
    ${b.capture?.length > 0 && html`<div class="counts">${b.capture.map((/** @type {any} */ field) => html`<${CaptureField} key=${field.key} id=${`p-${task.id}-${field.key}`} field=${field} value=${values[field.key]} onChange=${(/** @type {any} */ value) => fill({ ...values, [field.key]: value })} />`)}</div>`}
    <div role="status">${warned && (lacks || lacking.length > 0) && html`<${Note} icon="late" tone="late" lead=${lacks || t("Still empty: {fields}", { fields: lacking.join(", ") })} />`}</div>
    <button type="submit" class="btn btn--main btn--wide"><${Icon} name="check" />${buttonWords(row, b, warned && !lacks && lacking.length > 0)}</button>
  </form>`;
}

/** @param {Carry} row @param {any} b @param {boolean} without */
const buttonWords = (row, b, without) =>
  without ? t("Done without it") : t("{code} done, about {time}", { code: b.code, time: clockTime(row.about) });

/** What keeps the row from being entered, or "". @param {Carry} row @param {any} b */
function lackWords(row, b) {
  const letters = row.initials.slice(0, b.two_person ? 2 : 1);
  if (!letters.every(areInitials)) return b.two_person ? t("Enter the initials of both people.") : t("Enter the initials on the sheet: letters, at most six.");
  const signed = letters.map((initials, i) => ({ initials: initials.trim(), person: row.people[i] }));
  return b.two_person && !areTwo(signed) ? t("Two different people sign this step.") : "";
}

/** @param {{id: string, at: number, onChange: (at: number) => void}} props */
function About({ id, at, onChange }) {
  const move = (/** @type {number} */ minutes) => onChange(Math.min(now.value, at + minutes * MINUTE_MS));
  const typed = (/** @type {any} */ event) => event.target.value && onChange(atClock(event.target.value, at, now.value));
  const day = dayOf(at) === dayOf(now.value) ? "" : dayOf(at);
  return html`<div class="field"><label for=${`a-${id}`}>${t("About when")} ${day && html`<small>${day}</small>`}</label>
    <div class="row"><input class="input grow" id=${`a-${id}`} type="time" value=${clockTime(at)} onChange=${typed} />
      ${STEPS_MIN.map((minutes) => html`<button type="button" key=${minutes} class="btn" aria-label=${minutes < 0 ? t("{n} minutes earlier", { n: -minutes }) : t("{n} minutes later", { n: minutes })} onClick=${() => move(minutes)}>${minutes > 0 ? `+${minutes}` : `−${-minutes}`}</button>`)}</div></div>`;
}
