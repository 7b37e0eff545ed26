/** All updates of the running incident, or of the last one. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import IncidentLine from "../components/incident_line.js";
import Note from "../components/note.js";
import UpdateRow from "../components/update_row.js";
import { t } from "../lib/text.js";
import { broadcastsOf, currentIncident, incidents, toAcknowledge } from "../store/view.js";
import { incidentName, incidentNo } from "./incident_words.js";

export default function Updates() {
  const incident = currentIncident.value ?? incidents.value[0];
  const updates = incident ? broadcastsOf(incident.id) : [];
  const due = toAcknowledge.value.length;
  return html`<${Frame}>
    <${IncidentLine} />
    <main class="phone__main" id="main">
      <h1 class="title">${t("Updates")}</h1>
      ${due > 0 && html`<p>${t("{n} to acknowledge", { n: due })}</p>`}
      ${incident && !currentIncident.value && html`<p>${t("Nothing is down. These were the updates of {incident}.", { incident: `${incidentNo(incident.b)} ${incidentName(incident.b)}` })}</p>`}
      ${updates.length === 0 && html`<${Note} icon="updates">${t("No update has been sent yet.")}<//>`}
      ${updates.length > 0 && html`<section class="sheet" aria-label=${t("Updates, newest first")}><ul>
        ${updates.map((update) => html`<${UpdateRow} key=${update.id} update=${update} />`)}
      </ul></section>`}
    </main>
  <//>`;
}
