/** A short text. Free text always carries its warning: there is no place for a patient in Wardlight. */
import { t } from "../lib/text.js";
import { html } from "./html.js";

/** @param {{id: string, label: string, value: string, onInput: (value: string) => void, rows?: number, max?: number, warning?: string}} props */
export default function TextField({ id, label, value, onInput, rows = 1, max = 200, warning = t("Numbers only, no names.") }) {
  const typed = (/** @type {any} */ event) => onInput(event.target.value);
  return html`<div class="field">
    <label for=${id}><span>${label}</span><small id=${`${id}-warning`}>${warning}</small></label>
    <textarea id=${id} rows=${rows} maxlength=${max} autocomplete="off" aria-describedby=${`${id}-warning`} value=${value} onInput=${typed}></textarea>
  </div>`;
}
