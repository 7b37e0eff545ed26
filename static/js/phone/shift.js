/** My shift: what I hold, who holds what in my units, and handing over in three taps. */
import Frame from "../components/frame.js";
import { html } from "../components/html.js";
import Note from "../components/note.js";
import { unitName } from "../components/place.js";
import ShiftOffers from "../components/shift_offers.js";
import { rolesOf } from "../lib/shift_rules.js";
import { t } from "../lib/text.js";
import { route } from "../store/state.js";
import { me, row } from "../store/view.js";
import HandOver from "./hand_over.js";
import OwnOffers from "./own_offers.js";
import ShiftRole from "./shift_role.js";

export default function Shift() {
  const { unit, role } = route.value.params;
  if (unit && role) return html`<${HandOver} key=${`${unit}|${role}`} unit=${unit} role=${role} />`;
  return html`<${Frame}>
    <main class="phone__main" id="main">
      <h1 class="title">${t("My shift")}</h1>
      <${ShiftOffers} />
      ${me.value.units.length === 0 && html`<${Note} icon="info">${t("You belong to no unit yet.")}<//>`}
      ${me.value.units.map((id) => html`<${UnitShift} key=${id} unit=${id} />`)}
      <${OwnOffers} />
    </main>
  <//>`;
}

/** @param {{unit: string}} props */
function UnitShift({ unit }) {
  const roles = rolesOf(row("duty", `duty:${unit}`)?.b ?? null, me.value, unit);
  return html`<section class="sheet" aria-labelledby=${`u-${unit}`}>
    <div class="sheet__head"><h2 id=${`u-${unit}`}>${unitName(unit)}</h2></div>
    <ul>${roles.map((line) => html`<${ShiftRole} key=${line.role} unit=${unit} line=${line} />`)}</ul>
    ${roles.length === 0 && html`<p class="empty"><span>${t("No roles are known here yet.")}</span></p>`}
  </section>`;
}
