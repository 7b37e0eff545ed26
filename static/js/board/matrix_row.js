/** One unit of the table. Without contact nothing in it stays green. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { Heard } from "./heard.js";
import { REACHED_LOOK, reachedWords } from "./words.js";
import { Strip } from "./strip.js";
import { UnitName } from "./unit_name.js";

/** @typedef {import("../lib/board_rules.js").UnitLine} UnitLine */

/** @param {{line: UnitLine, older: number[], newest: number|null, fresh: boolean}} props */
export function MatrixRow({ line, older, newest, fresh }) {
  const isSilent = line.silentMin !== null || !fresh;
  return html`
    <tr class=${isSilent ? "is-silent" : null}>
      <th scope="row"><${UnitName} line=${line} /></th>
      <td><div class="m-tally"><${Strip} line=${line} fresh=${!isSilent} /><span class="num">${t("{n} of {m}", { n: line.done, m: line.total })}</span></div></td>
      <td><${Few} n=${line.late} cls="m-num--late" icon="late" more=${line.safetyLate ? t("{n} safety", { n: line.safetyLate }) : ""} /></td>
      <td><${Few} n=${line.asks} cls="m-num--help" icon="hand" /></td>
      <td><${Heard} line=${line} fresh=${fresh} /></td>
      ${older.map((no) => html`<${AckCell} key=${no} no=${no} reached=${line.acks.get(no) ?? "not_asked"} fresh=${!isSilent} />`)}
      ${newest === null ? html`<td><${None} /></td>` : html`<${LastCell} reached=${line.lastAck} fresh=${!isSilent} />`}
    </tr>
  `;
}

/** @param {{n: number, cls: string, icon: string, more?: string}} props */
function Few({ n, cls, icon, more }) {
  if (!n) return html`<${None} />`;
  return html`<span class=${`m-num ${cls}`}><${Icon} name=${icon} size="s" />${n}${more && html`<span class="sr">, ${more}</span>`}</span>`;
}

const None = () => html`<span class="m-none" aria-hidden="true">–</span><span class="sr">${t("none")}</span>`;

/** Green belongs to what is on record and fresh. @param {import("../lib/board_rules.js").Reached} reached @param {boolean} fresh */
const ackClass = (reached, fresh) => `m-ack ${fresh ? REACHED_LOOK[reached].cls : "m-ack--n"}`;

/** @param {{no: number, reached: import("../lib/board_rules.js").Reached, fresh: boolean}} props */
function AckCell({ no, reached, fresh }) {
  return html`
    <td class=${ackClass(reached, fresh)}><${Icon} name=${REACHED_LOOK[reached].icon} size="s" /><span class="sr">${t("Update {no}", { no })}: ${reachedWords(reached)}</span></td>
  `;
}

/** @param {{reached: import("../lib/board_rules.js").Reached, fresh: boolean}} props */
function LastCell({ reached, fresh }) {
  const words = reached === "partly" ? t("Partly") : reachedWords(reached);
  return html`<td class=${ackClass(reached, fresh)}><span><${Icon} name=${REACHED_LOOK[reached].icon} size="s" />${words}</span></td>`;
}
