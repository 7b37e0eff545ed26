/** One unit: whom to call, how far its roles are, and how far each update got. */
import Chip from "../components/chip.js";
import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roleTitle, telLink } from "../components/place.js";
import { begun, reached, sums } from "../lib/board_rules.js";
import { t } from "../lib/text.js";
import { row, rowsOf } from "../store/view.js";
import { Heard } from "./heard.js";
import { openUnit } from "./unit_name.js";
import { REACHED_LOOK, reachedWords } from "./words.js";

/** @param {{board: import("./board_types.js").BoardFacts}} props */
export function UnitDrawer({ board }) {
  const line = board.lines.find(({ id }) => id === openUnit.value);
  if (!line) return null;
  const { phone, floor } = row("unit", line.id)?.b ?? {};
  return html`
    <${Drawer} title=${line.name} meta=${floor ? t("Floor {floor}", { floor }) : ""} onClose=${() => void (openUnit.value = "")}>
      <div class="sheet__body">
        <p><${Heard} line=${line} fresh=${board.fresh} /></p>
        ${phone && html`<a class="btn btn--wide btn--tall" href=${telLink(phone)}><${Icon} name="phone" />${t("Call {phone}", { phone })}</a>`}
      </div>
      <ul>${rolesOf(board.incident.id, line.id).map(({ id, b }) => html`<${Role} key=${id} b=${b} fresh=${board.fresh} />`)}</ul>
      <ul>${board.broadcasts.map((update) => html`<${Update} key=${update.id} update=${update} unit=${line.id} fresh=${board.fresh} />`)}</ul>
    <//>
  `;
}

/** @param {string} incident @param {string} unit */
const rolesOf = (incident, unit) => rowsOf("progress").filter(({ b }) => b.incident === incident && b.unit === unit);

/** @param {{b: any, fresh: boolean}} props body of a `progress` row */
function Role({ b, fresh }) {
  const { done, total } = begun(sums([{ id: "", b }]));
  return html`
    <li class="ask">
      <p class="ask__head"><b>${roleTitle(b.role)}</b><span class="chip chip--plain">${t("{n} of {m}", { n: done, m: total })}</span></p>
      <p class="words">
        ${b.overdue > 0 && html`<${Chip} tone="late" icon="late">${t("{n} late", { n: b.overdue })}<//>`}
        ${b.safety_overdue > 0 && html`<${Chip} tone="late" icon="shield">${t("Safety late: {n}", { n: b.safety_overdue })}<//>`}
        ${b.blocked > 0 && html`<${Chip} tone="help" icon="blocked">${t("Blocked: {n}", { n: b.blocked })}<//>`}
        ${b.out_of_order > 0 && html`<${Chip} tone="late" icon="flag">${t("Out of order: {n}", { n: b.out_of_order })}<//>`}
        ${b.held > 0 && html`<${Chip} plain icon="clock">${t("Not asked for yet: {n}", { n: b.held })}<//>`}
        ${!fresh && html`<${Chip} tone="saved" icon="stale">${t("as of the last contact")}<//>`}
      </p>
    </li>
  `;
}

/** @param {{update: import("./board_types.js").Shown, unit: string, fresh: boolean}} props */
function Update({ update, unit, fresh }) {
  const b = row("reach", `${update.id}:${unit}`)?.b;
  const { icon, cls } = REACHED_LOOK[reached(b)];
  const people = b ? [t("{n} of {m} people", { n: b.acked, m: b.targeted }), ...(b.names ?? [])].join(", ") : "";
  return html`
    <li class="ask">
      <p class="ask__head"><b>${t("Update {no}", { no: update.b.no })}</b><span class=${`m-ack ${fresh ? cls : "m-ack--n"}`}><span><${Icon} name=${icon} size="s" />${reachedWords(reached(b))}</span></span></p>
      ${people && html`<p class="quiet">${people}</p>`}
    </li>
  `;
}
