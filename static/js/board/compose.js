/** Writing the next update on a phone. On the board the same form stands beside the units. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { broadcastsOf, currentIncident, may, row } from "../store/view.js";
import { ComposeForm } from "./compose_form.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { LeaderBars } from "./leader_bars.js";
import { IncidentBand } from "./incident_band.js";
import { StaleBar } from "./stale_bar.js";

export default function Compose() {
  const asked = route.value.params.incident;
  const incident = (asked && row("incident", asked)) || currentIncident.value;
  const allowed = may("broadcast.send");
  return html`
    <${Frame} exercise=${incident?.b.kind === "exercise"}>
      <${Crumb} href="/app/board" back=${t("Board")} />
      ${incident && html`<${IncidentBand} incident=${incident} />`}
      <${StaleBar} />
      <main class="phone__main" id="main">
        ${!incident && html`<${Nothing} title=${t("Nothing is down")} say=${t("Updates belong to an incident. Declare first.")} />`}
        ${incident && !allowed && html`<${Nothing} title=${t("Updates are written by leaders")} say=${t("Call the service desk with what you know.")} />`}
        ${incident && allowed && html`
          <${LeaderBars} incident=${incident} broadcasts=${broadcastsOf(incident.id)} />
          <${ComposeForm} key=${incident.id} incident=${incident} broadcasts=${broadcastsOf(incident.id)} heading="h1" />
        `}
      </main>
    <//>
  `;
}

/** @param {{title: string, say: string}} props */
function Nothing({ title, say }) {
  return html`<h1 class="title">${title}</h1><p class="note note--plain"><${Icon} name="info" /><span>${say}</span></p>`;
}
