/** Incident command: my position, what is vacant, objectives, the period, the chart. For leaders and whoever holds a position. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import ShiftOffers from "../components/shift_offers.js";
import Toast from "../components/toast.js";
import { t } from "../lib/text.js";
import { chartNow, isInCommand, mayAssume } from "../phone/command_facts.js";
import { route } from "../store/state.js";
import { currentIncident, isLeader, me, row } from "../store/view.js";
import { CommandChart } from "./command_chart.js";
import { CommandObjectives } from "./command_objectives.js";
import { CommandPeriod } from "./command_period.js";
import { CommandPosition } from "./command_position.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { IncidentBand } from "./incident_band.js";
import { StaleBar } from "./stale_bar.js";
import { VacantBar } from "./vacant_bar.js";
import { useWide } from "./wide.js";

export default function Command() {
  const wide = useWide();
  const incident = row("incident", route.value.params.incident) ?? currentIncident.value;
  const lines = chartNow(incident);
  const back = isLeader.value ? { href: "/app/board", back: t("Board") } : { href: "/app/", back: t("Now") };
  return html`<${Frame} kind=${wide ? "desk" : "phone"} exercise=${incident?.b.kind === "exercise"}>
    <div><${Crumb} ...${back} />${incident && html`<${IncidentBand} incident=${incident} />`}<${StaleBar} /></div>
    <main class="phone__main command" id="main">
      <h1 class="title">${t("Incident command")}</h1>
      <div class="command__col"><${ShiftOffers} /><${VacantBar} incident=${incident} />
        ${mine(lines).map((line) => html`<${CommandPosition} key=${line.code} line=${line} />`)}
        ${isInCommand() && html`<${CommandChart} lines=${lines} />`}
        ${lines.length === 0 && html`<p class="empty"><${Icon} name="info" /><span>${t("This hospital has no command chart yet.")}</span></p>`}</div>
      <div class="command__col">${incident && isInCommand() && html`<${CommandObjectives} incident=${incident} lines=${lines} /><${CommandPeriod} incident=${incident} />
        <a class="btn btn--wide" href=${`/print/command/${incident.id}`}><${Icon} name="printer" />${t("Print the chart")}</a>
        <a class="btn btn--wide" href=${`/print/action-plan/${incident.id}`}><${Icon} name="printer" />${t("Print the action plan")}</a>`}</div>
    </main>
    <${Toast} />
  <//>`;
}

/** What I hold, and what I may take while nobody holds it. @param {import("../lib/command_rules.js").Line[]} lines */
const mine = (lines) => lines.filter(({ code, holders }) => holders.some((one) => one.user === me.value.id) || (mayAssume(code) && holders.length === 0));
