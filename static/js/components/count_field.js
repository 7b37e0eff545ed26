/** A number without a keyboard. A dash until it is touched: empty is not zero. */
import { label, t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @typedef {{key: string, label: string, type: string, choices?: string[], min?: number, max?: number, required?: boolean}} Field */

/** @param {{id: string, field: Field, value: number|undefined, onChange: (value: number|undefined) => void}} props */
export default function CountField({ id, field, value, onChange }) {
  const step = (/** @type {number} */ by) => onChange(within(field, (value ?? (by > 0 ? 0 : 1)) + by));
  const typed = (/** @type {any} */ event) => {
    const digits = event.target.value.replace(/\D/g, "").slice(0, 4);
    onChange(digits === "" ? undefined : within(field, Number(digits)));
  };
  return html`<div class="count">
    <label class="count__label" for=${id}>${label(field.label)}</label>
    <span class="count__set">
      <button type="button" aria-label=${t("{label}: one less", { label: label(field.label) })} onClick=${() => step(-1)}><${Icon} name="minus" /></button>
      <input id=${id} inputmode="numeric" autocomplete="off" value=${value ?? ""} placeholder="–" onInput=${typed} />
      <button type="button" aria-label=${t("{label}: one more", { label: label(field.label) })} onClick=${() => step(1)}><${Icon} name="plus" /></button>
    </span>
  </div>`;
}

/** @param {Field} field @param {number} value */
const within = ({ min, max }, value) => Math.min(max ?? 9999, Math.max(min ?? 0, value));
