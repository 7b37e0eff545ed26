/** The matrix in a hand: one card a unit, the least reached first. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { reached } from "../lib/board_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { needWords, pathsWords, stepWords } from "./reach_words.js";
import { REACHED_LOOK, reachedWords } from "./words.js";

const NAME = { textAlign: "start", minBlockSize: "var(--target)", inlineSize: "100%", fontWeight: 700 };

/** @param {{shown: any}} props */
export function ReachList({ shown }) {
  return html`<section class="sheet" aria-labelledby="list">
    <div class="sheet__head"><h2 id="list">${t("Units, least reached first")}</h2></div>
    <ul>${shown.lines.map((/** @type {any} */ line) => html`<${Card} key=${line.id} line=${line} shown=${shown} />`)}</ul></section>`;
}

/** @param {{line: import("../lib/reach_rules.js").ReachLine, shown: any}} props */
function Card({ line, shown }) {
  const { b } = line;
  const isOld = Boolean(b.silent_since) || !shown.fresh;
  const { icon, cls } = REACHED_LOOK[reached(b)];
  const counts = t("{received} received, {read} read, {acked} acknowledged of {n}", { received: b.received, read: b.read, acked: b.acked, n: b.targeted });
  const step = stepWords(line.escalation);
  return html`<li class=${isOld ? "ask note--saved" : "ask"}>
    <p class="ask__head"><button type="button" class="grow" style=${NAME} aria-haspopup="dialog" onClick=${() => shown.open(line.id)}>${line.name}</button>
      <span class=${`m-ack ${isOld ? "m-ack--n" : cls}`}><span><${Icon} name=${icon} size="s" />${reachedWords(reached(b))}</span></span></p>
    <p class="quiet">${counts}${b.late > 0 && `, ${t("{n} late", { n: b.late })}`}</p>
    <p class="quiet">${[needWords(b), pathsWords(b) !== "–" && t("came by: {paths}", { paths: pathsWords(b) }), b.silent_since && t("silent since {time}", { time: clockTime(b.silent_since) }), step].filter(Boolean).join(" · ")}</p>
  </li>`;
}
