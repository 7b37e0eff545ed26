/** The matrix on a desk: one row a unit, the least reached first. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { reached } from "../lib/board_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { needWords, pathsWords, stepWords } from "./reach_words.js";
import { REACHED_LOOK, reachedWords } from "./words.js";

const NAME = { display: "grid", alignContent: "center", minBlockSize: "var(--target)", inlineSize: "100%", fontWeight: 700 };
const AUTO = { tableLayout: "auto" };

/** @param {{shown: any}} props */
export function ReachTable({ shown }) {
  return html`<section class="sheet units" aria-labelledby="matrix"><h2 class="sr" id="matrix">${t("Units, least reached first")}</h2>
    <table class="matrix" style=${AUTO} aria-labelledby="matrix">
      <thead><tr>${[t("Unit"), t("Acknowledged"), t("Targeted"), t("Received"), t("Read"), t("Answers"), t("Needs"), t("Silent since"), t("Came by"), t("Followed up")].map((words) => html`<th key=${words} scope="col">${words}</th>`)}</tr></thead>
      <tbody>${shown.lines.map((/** @type {any} */ line) => html`<${Row} key=${line.id} line=${line} shown=${shown} />`)}</tbody>
    </table></section>`;
}

/** @param {{line: import("../lib/reach_rules.js").ReachLine, shown: any}} props */
function Row({ line, shown }) {
  const { b } = line;
  const isOld = Boolean(b.silent_since) || !shown.fresh;
  const { icon, cls } = REACHED_LOOK[reached(b)];
  return html`<tr class=${isOld ? "is-silent" : null}>
    <th scope="row"><button type="button" style=${NAME} aria-haspopup="dialog" onClick=${() => shown.open(line.id)}>${line.name}</button></th>
    <td class=${`m-ack ${isOld ? "m-ack--n" : cls}`}><span><${Icon} name=${icon} size="s" />${reachedWords(reached(b))}</span></td>
    <td class="num">${b.targeted}</td><td class="num">${b.received}</td><td class="num">${b.read}</td>
    <td class="num">${b.acked}${b.late > 0 && html` <small>${t("{n} late", { n: b.late })}</small>`}</td>
    <td>${needWords(b)}</td><td>${b.silent_since ? clockTime(b.silent_since) : "–"}</td><td>${pathsWords(b)}</td><td>${stepWords(line.escalation) || "–"}</td>
  </tr>`;
}
