/** One workaround: at most seven lines, what to stop, and until when it is safe by the hospital's clock. */
import { clockTime, dayAndTime } from "../lib/format.js";
import { safety } from "../lib/workaround_rules.js";
import { label, t } from "../lib/text.js";
import { now } from "../store/state.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import Icon from "./icon.js";

const DAY_MS = 24 * 3600_000;

/** @param {{title: any, entry: import("../lib/workaround_rules.js").Entry, times?: {since: string, safe_until: string}, open?: boolean, onToggle?: (open: boolean) => void}} props without `times` nothing is down */
export default function Instead({ title, entry, times, open = false, onToggle }) {
  const toggled = (/** @type {any} */ event) => onToggle?.(event.currentTarget.open);
  return html`<details class="tuck" open=${open} onToggle=${toggled}>
    <summary><${Icon} name="down-chevron" /><b>${label(title)}</b>${times ? html`<${Until} times=${times} />` : html`<${Chip} plain icon="clock">${t("safe for {time}", { time: spanWords(entry.safe_min) })}<//>`}</summary>
    ${times && html`<${Warning} times=${times} owner=${entry.owner} />`}
    <${Lines} entry=${entry} />
  </details>`;
}

/** @param {{entry: import("../lib/workaround_rules.js").Entry}} props */
export function Lines({ entry }) {
  return html`<ol class="instead">${entry.do.map((line, at) => html`<li key=${at}>${label(line)}</li>`)}</ol>
    <p class="tuck__part">${t("Stop")}</p>
    <ul class="instead instead--stop">${entry.stop.map((line, at) => html`<li key=${at}><${Icon} name="refused" size="s" />${label(line)}</li>`)}</ul>
    <p class="tuck__say">${t("Owner: {owner} · safe for {time}", { owner: entry.owner, time: spanWords(entry.safe_min) })}</p>`;
}

/** @param {{times: {since: string, safe_until: string}}} props */
export function Until({ times }) {
  const state = safety(times, now.value);
  const time = moment(times.safe_until);
  if (state === "over") return html`<${Chip} tone="late" icon="late">${t("safe time over since {time}", { time })}<//>`;
  return html`<${Chip} tone=${state === "soon" ? "late" : ""} plain=${state === "safe"} icon=${state === "soon" ? "warn" : "clock"}>${t("safe until {time}", { time })}<//>`;
}

/** @param {{times: {since: string, safe_until: string}, owner: string}} props */
function Warning({ times, owner }) {
  const state = safety(times, now.value);
  if (state === "safe") return null;
  const words = state === "over" ? t("Longer than this is safe. Ask your lead what to do now. Owner: {owner}.", { owner }) : t("Its safe time ends soon. Tell your lead now.");
  return html`<p class="tuck__warn" role="status"><${Icon} name="warn" size="s" />${words}</p>`;
}

/** The day only when it is another one. @param {string} at */
const moment = (at) => (Math.abs(Date.parse(at) - now.value) < DAY_MS / 2 ? clockTime(at) : dayAndTime(at));

/** @param {number} minutes */
export const spanWords = (minutes) => (minutes % 60 > 0 || minutes < 60 ? t("{n} min", { n: minutes }) : minutes >= 2880 ? t("{n} days", { n: Math.round(minutes / 1440) }) : t("{n} h", { n: minutes / 60 }));
