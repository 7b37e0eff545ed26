/** One thing a step asks for: a count, a time, a word, a choice, a colleague's name, a tick. */
import { label, t } from "../lib/text.js";
import CountField from "./count_field.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import RadioRow from "./radio_row.js";
import TextField from "./text_field.js";

/** @typedef {import("./count_field.js").Field} Field */
/** @typedef {{id: string, field: Field, value: any, onChange: (value: any) => void}} FieldProps */

/** @type {Record<string, (props: FieldProps) => any>} */
const KINDS = {
  count: CountField,
  time: TimeField,
  choice: ChoiceField,
  tick: TickField,
  text: ({ id, field, value, onChange }) => html`<${TextField} id=${id} label=${label(field.label)} value=${value ?? ""} onInput=${onChange} />`,
  person: ({ id, field, value, onChange }) =>
    html`<${TextField} id=${id} label=${label(field.label)} value=${value ?? ""} onInput=${onChange} max=${60} warning=${t("A colleague, never a patient.")} />`,
};

/** @param {FieldProps} props */
export default function CaptureField(props) {
  const kind = props.field.type;
  const field = html`<${KINDS[kind] ?? KINDS.text} ...${props} />`;
  return kind === "count" ? field : html`<div class="count">${field}</div>`;
}

/** @param {FieldProps} props */
function TimeField({ id, field, value, onChange }) {
  return html`<div class="field"><label for=${id}>${label(field.label)}</label>
    <input class="input" id=${id} type="time" value=${value ?? ""} onInput=${(/** @type {any} */ event) => onChange(event.target.value || undefined)} /></div>`;
}

/** @param {FieldProps} props */
function ChoiceField({ field, value, onChange }) {
  const choices = (field.choices ?? []).map((choice) => ({ value: choice, words: label(choice) }));
  return html`<div class="field"><span class="label" aria-hidden="true">${label(field.label)}</span><${RadioRow} label=${label(field.label)} choices=${choices} value=${value} onChange=${onChange} /></div>`;
}

/** @param {FieldProps} props */
function TickField({ field, value, onChange }) {
  return html`<button type="button" class="pick" role="checkbox" aria-checked=${value ? "true" : "false"} onClick=${() => onChange(!value)}>
    <span class="pick__tick"><${Icon} name="check" /></span><span><b>${label(field.label)}</b></span>
  </button>`;
}
