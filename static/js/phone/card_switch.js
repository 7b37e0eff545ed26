/** My card or the whole unit, and whose card of the unit. Links, so that the way back works. */
import { html } from "../components/html.js";
import { myUnits, roleTitle, unitShort } from "../components/place.js";
import { t } from "../lib/text.js";
import { go } from "../store/actions.js";
import { myTasks, unitTasks } from "../store/view.js";

/** @param {{incident: {id: string}, unit?: string, role?: string}} props */
export default function CardSwitch({ incident, unit, role }) {
  const mine = myTasks(incident.id);
  const units = myUnits().filter((id) => unitTasks(incident.id, id).length > 0);
  if (units.length === 0) return null;
  const isWhole = units.length === 1 && unitTasks(incident.id, units[0]).length === mine.length;
  if (isWhole && !unit) return null;
  return html`<nav class="phone__main card-switch" aria-label=${t("Whose card")}>
    <div class="switch">
      <a href="/app/card" aria-current=${unit ? undefined : "true"}>${t("My card")}</a>
      ${units.map((id) => html`<a key=${id} href=${`/app/card/${id}`} aria-current=${unit === id ? "true" : undefined}>${t("All of {unit}", { unit: unitShort(id) })}</a>`)}
    </div>
    ${unit && html`<${RoleChoice} incident=${incident} unit=${unit} role=${role} />`}
  </nav>`;
}

/** @param {{incident: {id: string}, unit: string, role?: string}} props */
function RoleChoice({ incident, unit, role = "" }) {
  const roles = [...new Set(unitTasks(incident.id, unit).map(({ b }) => b.role))];
  if (roles.length < 2) return null;
  const choose = (/** @type {any} */ event) => go(`/app/card/${unit}${event.target.value ? `?role=${event.target.value}` : ""}`);
  return html`<div class="field"><label for="role">${t("Whose steps")}</label>
    <select id="role" class="select" value=${role} onChange=${choose}>
      <option value="">${t("Everybody’s")}</option>
      ${roles.map((code) => html`<option key=${code} value=${code} selected=${code === role}>${roleTitle(code)}</option>`)}
    </select></div>`;
}
