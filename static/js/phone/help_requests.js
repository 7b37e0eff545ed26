/** What the unit has asked for, and who is on it. The newest open one first; answered ones stay to be read. */
import Chip from "../components/chip.js";
import ClockTime from "../components/clock_time.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { askIcon } from "../board/ask_words.js";
import { firstName, myUnits, unitShort, whom } from "../components/place.js";
import { label, t } from "../lib/text.js";
import { row, rowsOf } from "../store/view.js";

/** @typedef {import("../lib/types.js").ViewRow} Request */

/** @param {{incident: {id: string}|null}} props */
export default function HelpRequests({ incident }) {
  const requests = incident ? requestsOf(incident.id, myUnits()) : [];
  if (requests.length === 0) return null;
  const units = myUnits().map(unitShort).join(", ");
  return html`<section class="sheet" aria-labelledby="asked">
    <div class="sheet__head"><h2 id="asked">${t("{unit} has asked", { unit: units })}</h2></div>
    <ul>${requests.map((request) => html`<${Row} key=${request.id} request=${request} />`)}</ul>
  </section>`;
}

/** @param {string} incident @param {string[]} units @returns {Request[]} */
export function requestsOf(incident, units) {
  const closed = (/** @type {Request} */ one) => (one.b.state === "closed" ? 1 : 0);
  return rowsOf("help")
    .filter(({ b }) => b.incident === incident && units.includes(b.unit))
    .sort((a, b) => closed(a) - closed(b) || (a.b.at < b.b.at ? 1 : -1));
}

/** @param {{request: Request}} props */
function Row({ request: { b, pending } }) {
  const code = b.task && row("task", b.task)?.b.code;
  return html`<li class="msg"><${Icon} name=${b.state === "closed" ? "check" : askIcon(b.what)} />
    <span><span class="msg__title">${label(b.text)}${code && ` (${code})`}</span>
      <span class="msg__meta">
        ${pending && html`<${Chip} tone="saved" icon="saved">${t("Saved on this phone")}<//>`}
        <span>${t("asked by {name}", { name: whom(b.by, b.by_name) })} <${ClockTime} at=${b.at} /></span><${State} b=${b} /></span></span>
  </li>`;
}

/** @param {{b: any}} props */
function State({ b }) {
  const owner = firstName(b.owner_name ?? "");
  if (b.state === "closed") return html`<span><b>${t("{name} answered", { name: owner })}</b>, <${ClockTime} at=${b.closed_at} />${b.answer && `: “${b.answer}”`}</span>`;
  if (b.state === "taken") return html`<span><b>${t("{name} has it", { name: owner })}</b>, <${ClockTime} at=${b.taken_at} /></span>`;
  return html`<${Chip} tone="help" icon="hand">${t("nobody has taken it yet")}<//>`;
}
