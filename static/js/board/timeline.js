/** What happened, the newest first: the last few, or all of it. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { newestFirst } from "../lib/queue_rules.js";
import { label, t } from "../lib/text.js";

const SHOWN = 8;

/** @param {{events: import("./board_types.js").Shown[]}} props */
export function Timeline({ events }) {
  const [all, showAll] = useState(false);
  const sorted = newestFirst(events);
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return html`
    <section class="sheet events" aria-labelledby="tl">
      <div class="sheet__head"><h2 id="tl">${t("Timeline")}</h2><p>${t("newest first")}</p></div>
      <ol class="timeline">
        ${shown.map(({ id, b }) => html`<li key=${id} class=${b.type === "unit.silent" ? "is-silent" : null}><time>${clockTime(b.at)}</time><p>${label(b.text)}</p></li>`)}
      </ol>
      ${sorted.length === 0 && html`<p class="empty"><${Icon} name="clock" /><span>${t("Nothing has happened yet.")}</span></p>`}
      ${sorted.length > SHOWN && html`
        <button type="button" class="events__all" aria-expanded=${String(all)} onClick=${() => showAll(!all)}>
          ${all ? t("Only the last {n}", { n: SHOWN }) : t("All {n} events", { n: sorted.length })}<${Icon} name=${all ? "minus" : "chevron"} size="s" turns=${true} />
        </button>
      `}
    </section>
  `;
}
