/** A day and a time on the hospital's clock. */
import { html } from "../components/html.js";

/** @param {{id: string, label: string, value: string, onInput: (value: string) => void}} props */
export const TimeField = ({ id, label, value, onInput }) => html`<div class="field">
  <label for=${id}><span>${label}</span></label>
  <input id=${id} type="datetime-local" value=${value} onInput=${(/** @type {any} */ event) => onInput(event.target.value)} />
</div>`;
