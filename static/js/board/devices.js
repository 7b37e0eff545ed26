/** Phones and tablets: which hold entries that are not on record, which have lost some. Quiet when all is well. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { deviceLines, isTroubled } from "../lib/device_rules.js";
import { t } from "../lib/text.js";
import { now, session } from "../store/state.js";
import { rowsOf } from "../store/view.js";
import { DeviceRow } from "./device_row.js";

/** @param {{fresh: boolean}} props without contact it is as old as everything else here */
export function Devices({ fresh }) {
  const [all, showAll] = useState(false);
  const lines = deviceLines(rowsOf("device_state"), now.value, session.value?.app?.ver);
  const troubled = lines.filter(isTroubled);
  if (lines.length === 0) return null;
  return html`
    <section class="sheet" style=${{ gridColumn: "1 / -1" }} aria-labelledby="devices">
      <div class="sheet__head"><h2 id="devices">${t("Devices")}</h2><p role="status">${fresh ? headWords(troubled.length, lines.length) : t("as of the last contact")}</p></div>
      ${(all ? lines : troubled).length > 0 && html`<ul>${(all ? lines : troubled).map((line) => html`<${DeviceRow} key=${line.id} line=${line} />`)}</ul>`}
      <button type="button" class="events__all" style=${{ inlineSize: "100%" }} aria-expanded=${String(all)} onClick=${() => showAll(!all)}>
        ${all ? t("Only those with trouble") : t("All {n} devices", { n: lines.length })}<${Icon} name=${all ? "minus" : "chevron"} size="s" turns=${true} />
      </button>
    </section>
  `;
}

/** @param {number} troubled @param {number} all */
function headWords(troubled, all) {
  if (troubled === 0) return all === 1 ? t("1 device, nothing waits on it") : t("{n} devices, nothing waits on them", { n: all });
  return troubled === 1 ? t("1 needs a look") : t("{n} need a look", { n: troubled });
}
