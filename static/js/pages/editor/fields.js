/** The small parts of the form: a word above, the place to write, and what the check says about it. */
import { html } from "../../components/html.js";
import Found from "./found.js";
import { within } from "./finding_words.js";
import { findings } from "./state.js";

/** @typedef {Array<string|number>} Place */
/** @typedef {{place: Place, label: string, hint?: string, value: any, onChange: (value: any) => void}} Props */

const idOf = (/** @type {Place} */ place) => `w-${place.join("-")}`;
const found = (/** @type {Place} */ place) => within(findings.value, place);
const wrong = (/** @type {Place} */ place) => (found(place).length > 0 ? { "aria-invalid": "true", "aria-describedby": `${idOf(place)}-found` } : {});

/** @param {{place: Place, label: string, hint?: string, children?: any}} props */
export function Labelled({ place, label, hint = "", children }) {
  return html`<div class=${found(place).length > 0 ? "field field--wrong" : "field"}>
    <label for=${idOf(place)}><span>${label}</span>${hint && html`<small>${hint}</small>`}</label>${children}<${Found} found=${found(place)} id=${`${idOf(place)}-found`} /></div>`;
}

/** One line or a few. @param {Props & {rows?: number, max?: number}} props */
export function Words({ rows = 1, max = 300, ...props }) {
  const typed = (/** @type {any} */ event) => props.onChange(event.target.value.replace(/\s*\n\s*/g, " "));
  return html`<${Labelled} ...${props}>${rows > 1
    ? html`<textarea id=${idOf(props.place)} rows=${rows} maxlength=${max} value=${props.value ?? ""} onInput=${typed} ...${wrong(props.place)}></textarea>`
    : html`<input class="input" id=${idOf(props.place)} maxlength=${max} autocomplete="off" value=${props.value ?? ""} onInput=${typed} ...${wrong(props.place)} />`}<//>`;
}

/** One of a few; "" is none. @param {Props & {options: Array<{value: string, words: string}>, none?: string}} props */
export function Choice({ options, none, ...props }) {
  const known = options.some((option) => option.value === props.value) || !props.value;
  return html`<${Labelled} ...${props}><select class="input" id=${idOf(props.place)} value=${props.value ?? ""} onChange=${(/** @type {any} */ event) => props.onChange(event.target.value)} ...${wrong(props.place)}>
    ${none !== undefined && html`<option value="">${none}</option>`}${!known && html`<option value=${props.value}>${props.value}</option>`}
    ${options.map((option) => html`<option key=${option.value} value=${option.value}>${option.words}</option>`)}</select><//>`;
}

/** Yes, or nothing said. @param {Props} props */
export const Yes = ({ place, label, value, onChange }) => html`<label class="choice"><input type="checkbox" id=${idOf(place)} checked=${value === "true"} onChange=${(/** @type {any} */ event) => onChange(event.target.checked ? "true" : "")} /> <span>${label}</span></label>`;

/** Some of many. @param {Props & {options: Array<{value: string, words: string}>}} props */
export function Several({ place, label, value, onChange, options }) {
  const held = /** @type {string[]} */ (value ?? []);
  const toggle = (/** @type {string} */ one, /** @type {boolean} */ on) => onChange(on ? [...held, one] : held.filter((other) => other !== one));
  const shown = [...options, ...held.filter((one) => !options.some((option) => option.value === one)).map((one) => ({ value: one, words: one }))];
  return html`<fieldset class="field"><legend class="label">${label}</legend><div class="editor__several">${shown.map((option) => html`<label class="choice" key=${option.value}>
    <input type="checkbox" checked=${held.includes(option.value)} onChange=${(/** @type {any} */ event) => toggle(option.value, event.target.checked)} /> <span>${option.words}</span></label>`)}</div><${Found} found=${found(place)} /></fieldset>`;
}

/** A list, one entry a line. @param {Props & {rows?: number}} props */
export function Lines({ rows = 3, ...props }) {
  const typed = (/** @type {any} */ event) => props.onChange(event.target.value.split("\n"));
  const tidy = () => props.onChange((props.value ?? []).map((/** @type {string} */ line) => line.trim()).filter(Boolean));
  return html`<${Labelled} ...${props}><textarea id=${idOf(props.place)} rows=${rows} maxlength="2000" value=${(props.value ?? []).join("\n")} onInput=${typed} onBlur=${tidy} ...${wrong(props.place)}></textarea><//>`;
}
