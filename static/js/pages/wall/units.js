/** The command centre's wall: each unit with its progress and how far the newest update has come, trouble first. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { clockTime } from "../../lib/format.js";
import { t } from "../../lib/text.js";

/** @type {Record<string, [string, () => string]>} */
const REACHED = {
  acked: ["check", () => t("acknowledged")],
  partly: ["half", () => t("partly")],
  read: ["eye", () => t("read")],
  received: ["arrived", () => t("received")],
  none: ["open", () => t("not reached")],
};

/** As many as can be read from five metres; trouble stands first, so that what is left out is the quietest. */
const UNITS_SHOWN = 15;

/** @param {{lines: import("./rules.js").UnitLine[]}} props */
export default function Units({ lines }) {
  const rest = lines.slice(UNITS_SHOWN);
  const troubled = rest.filter(hasTrouble).length;
  return html`<ul class="wall__units">${lines.slice(0, UNITS_SHOWN).map((line) => html`<${Unit} key=${line.unit} line=${line} />`)}</ul>
    ${rest.length > 0 && html`<p class="wall__also">${t("and {n} more units, {m} of them with trouble: see the board", { n: rest.length, m: troubled })}</p>`}`;
}

/** @param {import("./rules.js").UnitLine} line */
const hasTrouble = (line) => Boolean(line.silent_since || line.blocked || line.overdue || (line.update !== null && line.reached === "none"));

/** @param {{line: import("./rules.js").UnitLine}} props */
function Unit({ line }) {
  const [icon, words] = REACHED[line.reached] ?? REACHED.none;
  return html`<li class=${line.silent_since ? "wunit wunit--silent" : "wunit"}>
    <b class="wunit__name">${line.name}</b>
    <span class="wunit__done">${t("{done} of {total}", { done: line.now_done, total: line.now_total })}</span>
    <progress class="wunit__bar" max=${Math.max(1, line.now_total)} value=${line.now_done} aria-label=${t("{done} of {total} done", { done: line.now_done, total: line.now_total })}></progress>
    <span class="wunit__say">
      ${line.silent_since && html`<span class="chip chip--saved"><${Icon} name="alone" />${t("silent {time}", { time: clockTime(line.silent_since) })}</span>`}
      ${line.blocked > 0 && html`<span class="chip chip--help"><${Icon} name="blocked" />${t("{n} help", { n: line.blocked })}</span>`}
      ${line.overdue > 0 && html`<span class="chip chip--late"><${Icon} name="late" />${t("{n} late", { n: line.overdue })}</span>`}
      ${line.update !== null && html`<span class=${line.reached === "none" ? "chip chip--late" : "chip"}><${Icon} name=${icon} />${line.update}: ${words()}</span>`}
    </span>
  </li>`;
}
