/** The gates in their order: what opens what, and how many units are through. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import { roleTitle, unitShort } from "../components/place.js";
import { gatesOf } from "../lib/recovery_rules.js";
import { label, t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

const SETTLED = ["done", "skipped"];

/** @param {{incident: import("./board_types.js").Shown, fresh: boolean}} props */
export function RecoveryGates({ incident, fresh }) {
  const gates = gatesOf(rowsOf("gate"), incident.id);
  return html`
    <section class="sheet" aria-labelledby="gates">
      <div class="sheet__head"><h2 id="gates">${t("Gates, in order")}</h2><p>${fresh ? t("{n} of {m} open", { n: gates.filter(({ b }) => b.open).length, m: gates.length }) : t("as of the last contact")}</p></div>
      <ol>${gates.map((gate) => html`<${Gate} key=${gate.id} b=${gate.b} fresh=${fresh} />`)}</ol>
      ${gates.length === 0 && html`<p class="empty"><span>${t("The plan of this incident has no gates.")}</span></p>`}
    </section>
  `;
}

/** @param {{b: any, fresh: boolean}} props body of a `gate` row */
function Gate({ b, fresh }) {
  const left = b.units.filter((/** @type {any} */ one) => !SETTLED.includes(one.state)).map((/** @type {any} */ one) => unitShort(one.unit));
  const look = !fresh ? { tone: "saved", icon: "stale" } : b.open ? { tone: "way", icon: "check" } : { tone: "", icon: "lock" };
  return html`<li class="ask">
    <p class="ask__head"><b>${b.code}</b>${roleTitle(b.role)}<${Chip} plain=${fresh && !b.open} tone=${look.tone} icon=${look.icon}>${b.open ? t("open") : t("closed")}, ${b.done}/${b.total}<//></p>
    <p>${label(b.title)}</p>
    ${left.length > 0 && html`<p class="quiet">${t("Still to do: {units}", { units: left.join(", ") })}</p>`}
    ${b.waits_for.length > 0 && html`<p class="quiet">${t("Waits for: {steps}", { steps: b.waits_for.map((/** @type {string} */ key) => `${roleTitle(key.split("/")[0])} ${key.split("/")[1]}`).join(", ") })}</p>`}
  </li>`;
}
