/** Below the last step: which card this is, and without contact what cannot be seen. */
import { aloneSince } from "../components/contact_words.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { inSentence, roleTitle } from "../components/place.js";
import { tone } from "../components/tone.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { contact } from "../store/state.js";
import { row } from "../store/view.js";

/** @param {{incident: {b: any}, tasks: Array<{b: any}>}} props */
export default function CardEnd({ incident, tasks }) {
  return html`<div class="phone__main">
    ${tone.value === "alone" && html`<${Note} icon="alone" tone="saved" lead=${lead(contact.value)}>${t("Before you repeat a safety step, ask aloud. If two of you do it, both are kept.")}<//>`}
    ${tasks.length > 0 && html`<${Note} icon="info" tone="plain">${origin(incident.b, tasks)}<//>`}
  </div>`;
}

/** @param {import("../components/contact_words.js").Contact} at */
const lead = (at) =>
  at.last_heard_at === null ? `${aloneSince(at)}.` : t("What others did after {time} is not shown.", { time: clockTime(at.last_heard_at) });

/** @param {any} incident @param {Array<{b: any}>} tasks */
function origin({ plan, plan_title }, tasks) {
  const roles = [...new Set(tasks.map(({ b }) => b.role))].map(roleTitle);
  const cards = roles.map((title, i) => (i > 0 ? inSentence(title) : title)).join(", ");
  const held = row("plan", plan)?.b;
  const version = held?.version ? t("version {version}", { version: String(held.version).slice(0, 7) }) : "";
  return `${[cards, label(plan_title ?? held?.title), version].filter(Boolean).join(", ")}. ${t("Same steps and codes as the paper card in the kit.")}`;
}
