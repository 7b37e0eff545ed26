/** Which incident this screen is about, in one line. */
import { html } from "../components/html.js";
import { t } from "../lib/text.js";
import { incidentName, incidentNo } from "../phone/incident_words.js";
import { incidentLine } from "./words.js";

/** @param {{incident: import("./board_types.js").Shown}} props */
export function IncidentBand({ incident }) {
  return html`
    <section class="band band--slim" data-ground="night" aria-label=${t("Incident")}>
      <p class="band__line"><b class="band__no">${incidentNo(incident.b)}</b><span><b>${incidentName(incident.b)}</b> · ${incidentLine(incident.b)}</span></p>
    </section>
  `;
}
