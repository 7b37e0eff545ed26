/** The newest updates on the first screen. */
import { html } from "../components/html.js";
import UpdateRow, { needsAnswer } from "../components/update_row.js";
import { t } from "../lib/text.js";
import { broadcastsOf } from "../store/view.js";

const SHOWN = 4;

/** @param {{incident: {id: string}}} props */
export default function UpdatesSheet({ incident }) {
  const updates = broadcastsOf(incident.id);
  const due = updates.filter(needsAnswer).length;
  return html`<section class="sheet" aria-labelledby="upd">
    <div class="sheet__head"><h2 id="upd">${t("Updates")}</h2>${due > 0 && html`<p><b>${due}</b> ${t("to acknowledge")}</p>`}</div>
    ${updates.length === 0 && html`<div class="sheet__body"><p>${t("No update has been sent yet.")}</p></div>`}
    <ul>${updates.slice(0, SHOWN).map((update) => html`<${UpdateRow} key=${update.id} update=${update} />`)}</ul>
    ${updates.length > SHOWN && html`<div class="sheet__body"><a class="btn btn--wide" href="/app/updates">${t("All {n} updates", { n: updates.length })}</a></div>`}
  </section>`;
}
