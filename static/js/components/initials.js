/** Initials as they stand on the sheet; whose they may be is offered, never demanded. */
import { whoMayBe } from "../lib/paper_rules.js";
import { t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";

const OFFERED = 4;

/** @param {{id: string, label: string, value: string, person: string|null, people: Array<{id: string, name: string}>, onChange: (initials: string, person: string|null) => void}} props */
export default function Initials({ id, label, value, person, people, onChange }) {
  const offered = whoMayBe(value, people).slice(0, OFFERED);
  const typed = (/** @type {any} */ event) => onChange(event.target.value.toUpperCase(), null);
  return html`<div class="field"><label for=${id}>${label} <small>${t("of staff, never of a patient")}</small></label>
    <input class="input" id=${id} autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="6" value=${value} onInput=${typed} />
    ${offered.length > 0 && html`<div class="row" role="group" aria-label=${t("Who is it?")}>${offered.map((one) => html`<button type="button" class="btn" key=${one.id} aria-pressed=${one.id === person ? "true" : "false"} onClick=${() => onChange(value, one.id === person ? null : one.id)}>
      <${Icon} name=${one.id === person ? "check" : "person"} size="s" />${one.name}</button>`)}</div>`}
  </div>`;
}
