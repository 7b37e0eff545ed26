/** Moving the incident on: restored, all-clear, stood down, cancelled. One step at a time, each read before it is sent. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import Play from "../components/play.js";
import { nextSteps } from "../lib/incident_rules.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { currentIncident, may, row } from "../store/view.js";
import { Amend } from "./amend.js";
import { AdvanceConfirm } from "./advance_confirm.js";
import { stepLook, stepWords } from "./advance_words.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { IncidentBand } from "./incident_band.js";
import { StaleBar } from "./stale_bar.js";

export default function Advance() {
  const { incident: asked, to } = route.value.params;
  const incident = (asked ? row("incident", asked) : null) ?? currentIncident.value;
  const steps = incident && may("incident.advance") ? nextSteps(incident.b.state) : [];
  const chosen = steps.includes(to) ? to : "";
  const exercise = incident?.b.kind === "exercise";
  return html`
    <${Frame} exercise=${exercise}>
      <${Crumb} href=${incident && chosen ? `/app/advance?incident=${incident.id}` : "/app/board"} back=${chosen ? t("Steps") : t("Board")} />
      ${incident && html`<${IncidentBand} incident=${incident} />`}
      <${StaleBar} />
      ${exercise && steps.length > 0 && html`<${Play} incident=${incident} />`}
      ${steps.length === 0 ? html`<${NoStep} incident=${incident} />` : chosen ? html`<${AdvanceConfirm} key=${chosen} incident=${incident} to=${chosen} />` : html`<${Choose} incident=${incident} steps=${steps} />`}
    <//>
  `;
}

/** @param {{incident: import("./board_types.js").Shown, steps: string[]}} props the usual next step is lit */
function Choose({ incident, steps }) {
  return html`
    <main class="phone__main" id="main">
      <h1 class="title">${t("What is next?")}</h1>
      <div class="sheet">
        ${steps.map((to, i) => html`
          <a key=${to} class=${i === 0 ? "pick pick--hint" : "pick"} href=${to === "all_clear" ? `/app/recovery?incident=${incident.id}` : `/app/advance?incident=${incident.id}&to=${to}`}>
            <span class="pick__icon"><${Icon} name=${stepLook(to)} /></span>
            <span><b>${stepWords(to).title}</b><small>${stepWords(to).hint}</small></span>
            <${Icon} name="chevron" turns=${true} />
          </a>
        `)}
      </div>
      <${Amend} incident=${incident} />
    </main>
  `;
}

/** @param {{incident: import("./board_types.js").Shown|null}} props */
function NoStep({ incident }) {
  const over = incident?.b.state === "cancelled" ? t("This incident is cancelled") : incident && ["closed"].includes(incident.b.state) ? t("This incident is stood down") : null;
  return html`
    <main class="phone__main" id="main">
      <h1 class="title">${over ?? (incident ? t("Next steps are for leaders") : t("Nothing is down"))}</h1>
      ${incident?.b.note && html`<p>${incident.b.note}</p>`}
      <p class="note note--plain"><${Icon} name="info" /><span>${t("The record stays. It is in the timeline.")}</span></p>
    </main>
  `;
}
