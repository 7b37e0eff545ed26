/** One door of a route: where it is, and the tap that says that the unit has it. */
import Chip from "../components/chip.js";
import ClockTime from "../components/clock_time.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName, unitName } from "../components/place.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { row } from "../store/view.js";
import { kept } from "./task_acts.js";

/** @param {{unit: string, broadcast: string, route: string|null, reached: any}} props */
export default function DoorRow({ unit, broadcast, route, reached }) {
  const floor = row("unit", unit)?.b.floor;
  const name = unitName(unit);
  return html`<li class="ask">
    <p class="ask__head"><b>${name}</b>${floor && html`<span class="chip chip--plain">${t("Floor {floor}", { floor })}</span>`}</p>
    ${reached
      ? html`<p class="words"><${Chip} tone="record" icon="check">${t("brought by {name}", { name: firstName(reached.by_name) })} <${ClockTime} at=${reached.at} /><//></p>`
      : html`<button type="button" class="btn btn--main btn--wide" onClick=${() => bring(unit, broadcast, route)}><${Icon} name="runner" />${t("{unit} has it", { unit: name })}</button>`}
  </li>`;
}

/** Recorded as by the runner, never as the unit's own word. @param {string} unit @param {string} broadcast @param {string|null} route */
export const bring = (unit, broadcast, route) =>
  kept(record("broadcast.carry", { broadcast, unit, path: "runner", taken_by: "", route }), t("{unit}: saved on this phone.", { unit: unitName(unit) }));
