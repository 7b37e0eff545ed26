/** Coming back as ordered work: gates, units that confirm, paper in numbers, two signatures. Restored is not all-clear. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { currentIncident, may, row } from "../store/view.js";
import { isFresh } from "./contact_words.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { IncidentBand } from "./incident_band.js";
import { RecoveryGates } from "./recovery_gates.js";
import { RecoveryPaper } from "./recovery_paper.js";
import { RecoverySign } from "./recovery_sign.js";
import { RecoveryUnits } from "./recovery_units.js";
import { StaleBar } from "./stale_bar.js";

export default function Recovery() {
  const incident = row("incident", route.value.params.incident) ?? currentIncident.value;
  const fresh = isFresh();
  return html`
    <${Frame} exercise=${incident?.b.kind === "exercise"}>
      <${Crumb} href="/app/board" back=${t("Board")} />
      ${incident && html`<${IncidentBand} incident=${incident} />`}
      <${StaleBar} />
      <main class="phone__main" id="main">
        <h1 class="title">${t("Recovery")}</h1>
        ${!incident || !may("board.view") ? html`<p>${t("Nothing is coming back now, or this is for leaders.")}</p>` : html`
          ${incident.b.state === "declared" && html`<p class="note note--plain"><${Icon} name="info" /><span>${t("It begins when IT says that it is restored.")}</span></p>`}
          <${RecoveryGates} incident=${incident} fresh=${fresh} />
          <${RecoveryUnits} incident=${incident} fresh=${fresh} />
          <${RecoverySign} incident=${incident} />
          <${RecoveryPaper} incident=${incident} fresh=${fresh} />
          ${may("incident.advance") && html`<a class="btn btn--wide" href=${`/app/advance?incident=${incident.id}`}>${t("Other steps…")}</a>`}
        `}
      </main>
    <//>
  `;
}
