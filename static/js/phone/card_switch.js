/** My card or the whole unit, and whose card of the unit. Each choice is an address, so that the way back works. */
import { html } from "../components/html.js";
import { myUnits, roleTitle, unitShort } from "../components/place.js";
import RadioRow from "../components/radio_row.js";
import { t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { atHand } from "../store/at_hand.js";
import { myTasks, unitTasks } from "../store/view.js";

/** @param {{incident: {id: string}, unit?: string, role?: string}} props */
export default function CardSwitch({ incident, unit = "", role }) {
  const mine = myTasks(incident.id);
  const units = myUnits().filter((id) => unitTasks(incident.id, id).length > 0);
  const isWhole = units.length === 1 && unitTasks(incident.id, units[0]).length === mine.length;
  if (units.length === 0 || (isWhole && !unit)) return null;
  const choices = [{ value: "", words: t("My card") }, ...units.map((id) => ({ value: id, words: t("All of {unit}", { unit: unitShort(id) }) }))];
  return html`<div class="phone__main">
    <${RadioRow} label=${t("Whose card")} value=${unit} choices=${choices} onChange=${(/** @type {string} */ id) => go(cardPath(incident.id, id))} />
    ${unit && html`<${RoleChoice} incident=${incident} unit=${unit} role=${role} />`}
  </div>`;
}

/** @param {{incident: {id: string}, unit: string, role?: string}} props */
function RoleChoice({ incident, unit, role = "" }) {
  const roles = [...new Set(unitTasks(incident.id, unit).map(({ b }) => b.role))];
  if (roles.length < 2) return null;
  const choose = (/** @type {any} */ event) => go(cardPath(incident.id, unit, event.target.value));
  return html`<div class="field"><label for="role">${t("Whose steps")}</label>
    <select id="role" class="select" value=${role} onChange=${choose}>
      <option value="">${t("Everybody’s")}</option>
      ${roles.map((code) => html`<option key=${code} value=${code} selected=${code === role}>${roleTitle(code)}</option>`)}
    </select></div>`;
}

/** The address of a card; it goes on naming a work that is not the first one at hand. @param {string} work @param {string} unit @param {string} [role] */
function cardPath(work, unit, role) {
  const query = new URLSearchParams({ ...(role ? { role } : {}), ...(work === atHand.value?.id ? {} : { in: work }) }).toString();
  return `/app/card${unit ? `/${unit}` : ""}${query ? `?${query}` : ""}`;
}
