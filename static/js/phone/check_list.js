/** The checks of one unit: works or fails, one tap each. The newest word stands. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { unitName, whom } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { row } from "../store/view.js";
import { kept } from "./task_acts.js";

/** @param {{incident: {id: string}, unit: string}} props */
export default function CheckList({ incident, unit }) {
  const found = row("unit_check", `check:${incident.id}:${unit}`);
  const say = (/** @type {string} */ check, /** @type {boolean} */ works) =>
    kept(record("unit.check", { incident: incident.id, unit, check, works, note: "" }), t("Saved on this phone."));
  return html`<section class="sheet" aria-labelledby="checks">
    <div class="sheet__head"><h2 id="checks">${t("Check in {unit}", { unit: unitName(unit) })}</h2>${found?.pending && html`<p>${t("Saved on this phone")}</p>`}</div>
    <ul>${(row("recovery", "recovery")?.b.checks ?? []).map((/** @type {any} */ check) => html`<${Check} key=${check.key} check=${check} said=${found?.b.checks?.[check.key]} onSay=${(/** @type {boolean} */ works) => say(check.key, works)} />`)}</ul>
  </section>`;
}

/** @param {{check: any, said: any, onSay: (works: boolean) => void}} props */
function Check({ check, said, onSay }) {
  return html`<li class="ask">
    <p class="ask__head"><b>${label(check.title)}</b>${said && html`<${Chip} tone=${said.works ? "way" : "late"} icon=${said.works ? "check" : "warn"}>${said.works ? t("works") : t("fails")}, ${whom(said.by, said.by_name)}, ${clockTime(said.at)}<//>`}</p>
    <div class="row" role="group" aria-label=${label(check.title)}>
      <button type="button" class="btn grow" aria-pressed=${String(said?.works === true)} onClick=${() => onSay(true)}><${Icon} name="check" size="s" />${t("Works")}</button>
      <button type="button" class="btn grow" aria-pressed=${String(said?.works === false)} onClick=${() => onSay(false)}><${Icon} name="warn" size="s" />${t("Fails")}</button>
    </div></li>`;
}
