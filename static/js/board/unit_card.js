/** One unit on a phone: what the table's row says, in words. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { Heard } from "./heard.js";
import { Strip } from "./strip.js";
import { UnitName } from "./unit_name.js";
import { REACHED_LOOK, reachedWords } from "./words.js";

/** @typedef {import("../lib/board_rules.js").UnitLine} UnitLine */

/** @param {{line: UnitLine, broadcasts: import("./board_types.js").Shown[], fresh: boolean}} props */
export function UnitCard({ line, broadcasts, fresh }) {
  const isOld = line.silentMin !== null || !fresh;
  return html`
    <li class=${isOld ? "ask note--saved" : "ask"}>
      <p class="ask__head"><span class="grow"><${UnitName} line=${line} /></span><span class="chip chip--plain">${t("{n} of {m}", { n: line.done, m: line.total })}</span></p>
      <${Strip} line=${line} fresh=${!isOld} />
      <p class="words">
        <${Heard} line=${line} fresh=${fresh} />
        ${line.late > 0 && html`<span class="m-num m-num--late"><${Icon} name="late" size="s" />${line.safetyLate ? t("{n} late, {m} safety", { n: line.late, m: line.safetyLate }) : t("{n} late", { n: line.late })}</span>`}
        ${line.asks > 0 && html`<span class="m-num m-num--help"><${Icon} name="hand" size="s" />${t("Asks for help: {n}", { n: line.asks })}</span>`}
        ${broadcasts.length > 0 && html`<${Last} line=${line} no=${broadcasts[0].b.no} fresh=${!isOld} />`}
      </p>
    </li>
  `;
}

/** @param {{line: UnitLine, no: number, fresh: boolean}} props */
function Last({ line, no, fresh }) {
  const { icon, cls } = REACHED_LOOK[line.lastAck];
  return html`<span class=${`m-ack ${fresh ? cls : "m-ack--n"}`}><span><${Icon} name=${icon} size="s" />${t("Update {no}", { no })}: ${reachedWords(line.lastAck)}</span></span>`;
}
