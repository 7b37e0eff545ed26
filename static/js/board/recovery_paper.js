/** What is still on paper, in numbers: entered back, compared, different. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { unitShort } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { paperSums } from "../lib/recovery_rules.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

/** @param {{incident: import("./board_types.js").Shown, fresh: boolean}} props */
export function RecoveryPaper({ incident, fresh }) {
  const own = rowsOf("backlog").filter(({ b }) => b.incident === incident.id).sort((a, b) => b.b.left - a.b.left);
  const sum = paperSums(own, incident.id);
  return html`
    <section class="sheet" aria-labelledby="paper">
      <div class="sheet__head"><h2 id="paper">${t("Still on paper")}</h2><p>${fresh ? t("{n} of {m} units counted", { n: sum.units, m: (incident.b.units ?? []).length }) : t("as of the last contact")}</p></div>
      ${own.length === 0 ? html`<p class="empty"><${Icon} name="record" /><span>${t("No unit has counted its paper yet.")}</span></p>` : html`
        <div class="sheet__body"><p><b>${t("{n} of {m} entries left", { n: sum.left, m: sum.total })}</b> · ${t("compared {n} of {m}, different {w}", { n: sum.sampled, m: sum.sample, w: sum.wrong })}</p>
          <dl class="deal">${own.map(({ id, b }) => html`<div key=${id}><dt>${unitShort(b.unit)}</dt><dd>${t("{n} of {m} entries left", { n: b.left, m: b.total })}
            <small>${t("compared {n} of {m}, different {w}", { n: b.sampled, m: b.sample, w: b.wrong })}, ${clockTime(b.at)}</small></dd></div>`)}</dl></div>`}
    </section>
  `;
}
