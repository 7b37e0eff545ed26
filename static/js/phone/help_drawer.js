/** One request: for which unit, in how few words. Without contact it says that nobody has seen it yet. */
import { useState } from "preact/hooks";

import { toneOf } from "../components/contact_words.js";
import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { deskPhone, myUnits, unitShort } from "../components/place.js";
import RadioRow from "../components/radio_row.js";
import ReasonForm from "../components/reason_form.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { contact, now } from "../store/state.js";
import { kept } from "./task_acts.js";

/** @type {Record<string, () => string[]>} */
const SUGGESTIONS = {
  printing: () => [t("Out of toner"), t("Out of forms"), t("Printer does not print")],
  runner: () => [t("Specimens to the lab"), t("Orders to the pharmacy"), t("Results to us"), t("STAT doses")],
  hands: () => [t("One more nurse"), t("A second person to sign"), t("A clerk")],
  it: () => [t("Phones"), t("Workstations"), t("Medication cabinet"), t("Downtime viewer")],
  other: () => [],
  question: () => [],
};

/** What only the person can say. */
const OWN_WORDS = ["other", "question"];

/** @param {{need: import("./help.js").Need, incident: {id: string}, onClose: () => void}} props */
export default function HelpDrawer({ need, incident, onClose }) {
  const units = myUnits();
  const [unit, choose] = useState(units[0]);
  const isAlone = toneOf(contact.value, now.value) === "alone";
  const submit = async (/** @type {string} */ text) => {
    await kept(record("help.ask", { incident: incident.id, unit: unit ?? null, text: asText(need, text), what: need.name === "question" ? "question" : "help" }), t("Asked for help. Saved on this phone."));
    onClose();
  };
  return html`<${Drawer} title=${need.words} meta=${unit ? t("for {unit}", { unit: unitShort(unit) }) : ""} onClose=${onClose}>
    ${isAlone && html`<div class="sheet__body"><${Note} icon="alone" tone="saved" lead=${t("Nobody sees this before there is contact.")}>${t("Call {phone}, or send a runner.", { phone: deskPhone() })}<//></div>`}
    ${units.length > 1 && html`<div class="sheet__body"><${RadioRow} label=${t("For which unit")} value=${unit} onChange=${choose} choices=${units.map((id) => ({ value: id, words: unitShort(id) }))} /></div>`}
    <${ReasonForm} label=${need.name === "question" ? t("What do you want to know?") : t("What, and how many?")} suggestions=${SUGGESTIONS[need.name]()} optional=${!OWN_WORDS.includes(need.name)} button=${need.name === "question" ? t("Ask") : t("Ask for help")} icon=${need.icon} onSubmit=${submit} />
  <//>`;
}

/** The board reads the need first. @param {import("./help.js").Need} need @param {string} text */
const asText = (need, text) => (OWN_WORDS.includes(need.name) ? text : [need.words, text].filter(Boolean).join(": "));
