/** Texts that are ready to be sent: one tap fills the form, and every word can still be changed. */
import { html } from "../components/html.js";
import { deskPhone } from "../components/place.js";
import { stageOfUpdate } from "../components/relation_words.js";
import { clockTime } from "../lib/format.js";
import { draftOfText } from "../lib/ready_text.js";
import { language, t } from "../lib/text.js";
import { row, rowsOf, units } from "../store/view.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";

/** @param {{set: (patch: any) => void, incident: import("../lib/compose_rules.js").Shown, no: number, at: number|null}} props */
export function ComposeReady({ set, incident, no, at }) {
  const texts = rowsOf("ready_text").filter(({ b }) => b.lang === language()).sort((a, b) => a.b.order - b.b.order);
  if (texts.length === 0) return null;
  const take = (/** @type {string} */ id) => {
    const found = texts.find((text) => text.id === id);
    if (found) set(draftOfText(found.b, placesOf(incident, no, at), units.value.filter((unit) => (incident.b.units ?? []).includes(unit.id))));
  };
  return html`<div class="field">
    <label for="ready">${t("Ready texts")}<small>${t("fills the form, change what you like")}</small></label>
    <select class="input" id="ready" onChange=${(/** @type {any} */ event) => { take(event.target.value); event.target.value = ""; }}>
      <option value="">${t("Choose a text…")}</option>
      ${texts.map(({ id, b }) => html`<option key=${id} value=${id}>${stageOfUpdate(b.stage)}: ${b.title}</option>`)}
    </select></div>`;
}

/** @param {import("../lib/compose_rules.js").Shown} incident @param {number} no @param {number|null} at */
const placesOf = (incident, no, at) => ({
  incident: `${incidentNo(incident.b)} ${incidentName(incident.b)}`, no, phone: deskPhone(), since: clockTime(incident.b.clocks?.T0 ?? incident.b.clocks?.TD),
  services: (incident.b.services ?? []).map((/** @type {string} */ code) => row("service", code)?.b.title ?? code).join(", "), next: at === null ? "" : clockTime(at),
});
