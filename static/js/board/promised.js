/** The one lit thing for a leader: when the next word was promised. Missed, it turns late. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { promise } from "../lib/incident_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { row } from "../store/view.js";

const MINUTE_MS = 60_000;
/** On a phone the box is as wide as the screen. */
const APART = { justifyContent: "space-between" };

/** How well the promises were kept so far. @param {{id: string}} props */
function Punctuality({ id }) {
  const b = row("promise", `promise:${id}`)?.b;
  if (!b?.promised) return null;
  const late = Math.round(b.mean_late_s / 60);
  return html`<small>${t("{n} of {m} promises kept", { n: b.kept, m: b.promised })}${late > 0 && `, ${t("{n} min late on average", { n: late })}`}</small>`;
}

/** @param {{incident: import("./board_types.js").Shown, broadcasts: import("./board_types.js").Shown[], fresh: boolean, cls: string}} props without contact nobody knows whether it was kept */
export function Promised({ incident, broadcasts, fresh, cls }) {
  const owed = promise(incident.b, broadcasts, now.value);
  if (!owed) return html`<p class="quiet">${t("No update is promised.")}</p>`;
  const words = owed.no === 1 ? t("Update 1 is owed") : t("Update {no} is promised", { no: owed.no });
  if (!fresh) return html`<div class="promise"><${Icon} name="clock" /><p><b>${words}</b>${t("as of the last contact")}</p><time class="promise__at">${clockTime(owed.at)}</time></div>`;
  const left = owed.missed ? t("{n} min late", { n: minutes(now.value - owed.at) }) : t("in {n} min", { n: minutes(owed.at - now.value) });
  return html`
    <div class=${owed.missed ? `${cls} ${cls}--missed` : cls} style=${APART}>
      <p>${words}<b>${left}</b><${Punctuality} id=${incident.id} /></p>
      <time class="promise__at">${clockTime(owed.at)}</time>
    </div>
  `;
}

/** Never "0 min": a minute that has begun counts. @param {number} ms */
const minutes = (ms) => Math.max(1, Math.ceil(ms / MINUTE_MS));
