/** Positions that the level asks for and nobody holds: said until somebody does, one tap calls the successors. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Note from "../components/note.js";
import { label, t } from "../lib/text.js";
import { chartNow } from "../phone/command_facts.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { may, isLeader } from "../store/view.js";
import { isFresh } from "./contact_words.js";

/** @param {{incident: {id: string, b: any}|null, link?: boolean}} props */
export function VacantBar({ incident, link = false }) {
  const vacant = isLeader.value && isFresh() ? chartNow(incident).filter((line) => line.vacant) : [];
  if (!incident || vacant.length === 0) return null;
  const waiting = vacant.filter(({ offer }) => offer === null);
  const call = () => kept(record("position.call", { position: null, incident: incident.id }), t("Called. Saved on this phone."));
  return html`<${Note} icon="warn" tone="late" role="status" lead=${t("{n} positions of command are vacant", { n: vacant.length })}>
    <p>${vacant.map(({ b }) => label(b.title)).join(", ")}</p>
    <div class="row">${waiting.length > 0 && may("position.call") && html`<button type="button" class=${link ? "btn" : "btn grow"} onClick=${call}><${Icon} name="phone" size="s" />${t("Call the successors")}</button>`}
      ${link && html`<a class="btn" href=${`/app/command?incident=${incident.id}`}>${t("Incident command")}</a>`}</div>
  <//>`;
}
