/** Who has a request and since when, or for how long nobody has. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { isOverdue, waits } from "../lib/queue_rules.js";
import { t } from "../lib/text.js";

/** @param {{b: any, at: number, pending: string|null, fresh: boolean}} props without contact nobody knows who still waits */
export function AskWho({ b, at, pending, fresh }) {
  if (b.state !== "taken" && !fresh) return html`<span class="chip chip--saved"><${Icon} name="stale" size="s" />${t("asked {time}", { time: clockTime(b.at) })}</span>`;
  if (b.state !== "taken" && isOverdue(b, at)) return html`<span class="chip chip--late"><${Icon} name="late" size="s" />${t("late, waits {n} min", { n: waits(b, at) })}</span>`;
  if (b.state !== "taken") return html`<span class="chip chip--help"><${Icon} name="hand" size="s" />${t("waits {n} min", { n: waits(b, at) })}</span>`;
  if (pending) return html`<span class="chip chip--saved"><${Icon} name="saved" size="s" />${t("{name}, saved here", { name: b.owner_name })}</span>`;
  return html`<span class="chip chip--way"><${Icon} name="person" size="s" />${b.owner_name}, <time>${clockTime(b.taken_at)}</time></span>`;
}
