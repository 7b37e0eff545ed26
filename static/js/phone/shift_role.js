/** One role of a unit: who holds it since when, and what one can do about it. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roleTitle, whom } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { me } from "../store/view.js";
import { kept } from "./task_acts.js";

/** @typedef {ReturnType<typeof import("../lib/shift_rules.js").rolesOf>[number]} Line */

/** @param {{unit: string, line: Line}} props */
export default function ShiftRole({ unit, line }) {
  const { role, mine, mayTake } = line;
  const title = roleTitle(role);
  const claim = () => kept(record("duty.claim", { unit, role }), t("On duty as {role}. Saved on this phone.", { role: title }));
  const release = () => kept(record("duty.release", { unit, role }), t("Off duty as {role}. Saved on this phone.", { role: title }));
  return html`<li class="ask">
    <p class="ask__head"><b>${title}</b><${Held} line=${line} /></p>
    <div class="row">
      ${mine && html`<a class="btn grow" href=${`/app/shift?unit=${unit}&role=${role}`}><${Icon} name="runner" size="s" />${t("Hand over")}</a>`}
      ${mine && html`<button type="button" class="btn" onClick=${release}>${t("End my duty")}</button>`}
      ${mayTake && html`<button type="button" class=${line.holders.length === 0 ? "btn btn--main grow" : "btn"} onClick=${claim}>${line.holders.length === 0 ? t("I take it") : t("I am on too")}</button>`}
    </div>
  </li>`;
}

/** @param {{line: Line}} props */
function Held({ line: { holders, required, mine } }) {
  const own = mine && !holders.some((one) => one.user === me.value.id);
  if (holders.length === 0 && !own) {
    return required ? html`<${Chip} tone="late" icon="warn">${t("nobody holds it")}<//>` : html`<${Chip} plain icon="open">${t("nobody on duty")}<//>`;
  }
  return html`${own && html`<${Chip} tone="saved" icon="saved">${t("you, saved on this phone")}<//>`}
    ${holders.map((one) => html`<${Chip} key=${one.user} tone="way" icon="person">${whom(one.user, one.name)}, <time>${clockTime(one.since)}</time><//>`)}`;
}
