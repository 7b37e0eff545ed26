/** What the QR code at a unit's door opens: say that this unit has the current updates, with or without a network. */
import Chip from "../components/chip.js";
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import IncidentLine from "../components/incident_line.js";
import Note from "../components/note.js";
import { unitName } from "../components/place.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { broadcastsOf, currentIncident, entries, row, rowsOf } from "../store/view.js";
import { bring } from "./door_row.js";

export default function Door() {
  const { unit } = route.value.params;
  const incident = currentIncident.value;
  const updates = incident ? broadcastsOf(incident.id).filter(({ b }) => b.state === "current" && concerns(b, unit)) : [];
  return html`<${Frame}>
    <${IncidentLine} />
    <main class="phone__main" id="main">
      <h1 class="title">${t("Door of {unit}", { unit: unitName(unit) })}</h1>
      ${!row("unit", unit) && html`<${Note} icon="warn">${t("This unit is not known on this phone.")}<//>`}
      ${updates.length === 0 && html`<${Note} icon="info">${t("There is nothing to bring here now.")}<//>`}
      ${updates.map((update) => html`<${Bring} key=${update.id} update=${update} unit=${unit} />`)}
    </main>
  <//>`;
}

/** @param {any} b body of an update @param {string} unit */
const concerns = (b, unit) => !b.audience?.units || b.audience.units.includes(unit);

/** @param {{update: import("../lib/types.js").ViewRow, unit: string}} props */
function Bring({ update: { id, b }, unit }) {
  const onRoute = rowsOf("runner_route").find((one) => one.b.broadcast === id && one.b.units.includes(unit));
  const isBrought = Boolean(onRoute?.b.reached?.[unit]) || entries.value.some((entry) => entry.kind === "broadcast.carry" && entry.args.broadcast === id && entry.args.unit === unit && entry.state !== "not_accepted");
  return html`<section class="sheet" aria-label=${t("Update {no}", { no: b.no })}>
    <div class="sheet__head"><h2>${t("Update {no}", { no: b.no })}</h2></div>
    <div class="sheet__body"><p><b>${b.headline}</b></p>
      ${isBrought ? html`<p class="words"><${Chip} tone="record" icon="check">${t("brought here")}<//></p>`
        : html`<button type="button" class="btn btn--main btn--wide btn--tall" onClick=${() => bring(unit, id, onRoute?.id ?? null)}><${Icon} name="runner" />${t("{unit} has update {no}", { unit: unitName(unit), no: b.no })}</button>`}
    </div></section>`;
}
