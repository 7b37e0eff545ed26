/** When a unit was last heard: in contact, a while ago, or silent. Without contact of our own, only a time is true. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { heardMin, isOld } from "../lib/board_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";

/** @param {{line: import("../lib/board_rules.js").UnitLine, fresh: boolean}} props */
export function Heard({ line, fresh }) {
  const at = line.heardAt === null ? t("never heard") : t("last {time}", { time: clockTime(line.heardAt) });
  if (!fresh) return html`<span class="m-heard m-heard--old"><${Icon} name="stale" size="s" />${at}</span>`;
  if (line.silentMin !== null) return html`
    <span class="m-heard m-heard--silent"><${Icon} name="alone" size="s" /><span><b>${t("Silent {n} min", { n: line.silentMin })}</b><small>${at}</small></span></span>
  `;
  const minutes = heardMin(line, now.value);
  const words = line.connected || minutes === 0 ? t("just now") : minutes === null ? t("never heard") : t("{n} min ago", { n: minutes });
  if (isOld(line, now.value)) return html`<span class="m-heard m-heard--old"><${Icon} name="stale" size="s" />${words}</span>`;
  return html`<span class="m-heard">${words}</span>`;
}
