/** Who was reached by an update: units by received, read, acknowledged, the path that worked, and what is done about the rest. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import { useWide } from "./wide.js";
import { reachLines } from "../lib/reach_rules.js";
import { t } from "../lib/text.js";
import { now, route } from "../store/state.js";
import { broadcastsOf, currentIncident, may, row, rowsOf, units } from "../store/view.js";
import { isFresh } from "./contact_words.js";
import { Crumb } from "./crumb.js";
import { Frame } from "./frame.js";
import { IncidentBand } from "./incident_band.js";
import { LeaderBars } from "./leader_bars.js";
import { ReachDrawer } from "./reach_drawer.js";
import { ReachList } from "./reach_list.js";
import { ReachSums } from "./reach_sums.js";
import { ReachTable } from "./reach_table.js";
import { StaleBar } from "./stale_bar.js";

export default function Reach() {
  const wide = useWide();
  const [unit, open] = useState("");
  const asked = route.value.params.broadcast ? row("broadcast", route.value.params.broadcast) : null;
  const incident = asked ? row("incident", asked.b.incident) : currentIncident.value;
  const updates = incident ? broadcastsOf(incident.id) : [];
  const update = asked ?? updates[0] ?? null;
  if (!may("board.view") || !incident || !update) return html`<${Nothing} leader=${may("board.view")} />`;
  const lines = reachLines({ reach: rowsOf("reach"), escalations: rowsOf("escalation"), units: units.value }, update.id);
  const shown = { update, lines, fresh: isFresh(), now: now.value, open };
  return html`<${Frame} kind=${wide ? "desk" : "phone"} exercise=${incident.b.kind === "exercise"}>
    <div><${Crumb} href="/app/board" back=${t("Board")} /><${IncidentBand} incident=${incident} /><${StaleBar} /></div>
    <main class="phone__main" id="main">
      <${LeaderBars} incident=${incident} broadcasts=${updates} />
      <${ReachSums} shown=${shown} updates=${updates} />
      ${wide ? html`<${ReachTable} shown=${shown} />` : html`<${ReachList} shown=${shown} />`}
    </main>
    ${unit && html`<${ReachDrawer} line=${lines.find(({ id }) => id === unit)} update=${update} fresh=${shown.fresh} onClose=${() => open("")} />`}
  <//>`;
}

/** @param {{leader: boolean}} props */
function Nothing({ leader }) {
  return html`<${Frame}><${Crumb} href=${leader ? "/app/board" : "/app/"} back=${leader ? t("Board") : t("Now")} />
    <main class="phone__main" id="main"><h1 class="title">${leader ? t("No update yet") : t("The board is for leaders")}</h1>
      <p>${leader ? t("Who is reached shows here as soon as an update is sent.") : t("Your own card and updates are on Now.")}</p></main><//>`;
}
