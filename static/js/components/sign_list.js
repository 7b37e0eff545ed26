/** Everybody who did something with a step: who, what, when, when it arrived. A later one is kept beside the first. */
import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { initialsOf } from "../lib/paper_entry.js";
import { t } from "../lib/text.js";
import { html } from "./html.js";
import { firstName, who } from "./place.js";

/** @typedef {import("../lib/types.js").Sign} Sign */

const WORTH_SAYING_MS = 120_000;

/** @type {Record<string, () => string>} */
const WHAT = { complete: () => t("ticked"), confirm: () => t("signed as second"), skip: () => t("skipped"), block: () => t("asked for help"), reopen: () => t("opened it again") };

/** @param {{signs: Sign[]}} props */
export default function SignList({ signs }) {
  if (signs.length === 0) return null;
  return html`<ol aria-label=${t("Who did what")}>
    ${signs.map((sign, i) => html`<li class="entry" key=${`${sign.by}${sign.at}`}>
      <time>${clockTime(sign.at)}</time>
      <div class="entry__body"><p class="entry__what">${sign.paper ? t("{initials}, from paper, entered by {name}", { initials: initialsOf(sign.paper.signed), name: sign.by_name }) : `${who(sign.by, sign.by_name)} ${WHAT[sign.what]?.() ?? sign.what}`}</p>
        ${remarks(sign, firstBefore(signs, i)).map((words) => html`<p class="entry__say">${words}</p>`)}</div>
    </li>`)}
  </ol>`;
}

/** The sign that settled it before this one. @param {Sign[]} signs @param {number} i */
const firstBefore = (signs, i) => signs.slice(0, i).findLast((sign) => sign.st === "ok");

/** @param {Sign} sign @param {Sign|undefined} first @returns {string[]} */
function remarks(sign, first) {
  const arrived = toMs(sign.received_at) - toMs(sign.at);
  return [
    sign.st === "superseded" && first ? t("{name} was first, {time}. Done once, with both your names on it.", { name: firstName(first.by_name), time: clockTime(first.at) }) : "",
    arrived > WORTH_SAYING_MS && sign.paper ? t("Typed in later, on record {time}.", { time: clockTime(sign.received_at) }) : "",
    arrived > WORTH_SAYING_MS && !sign.paper ? t("Made without contact, on record {time}.", { time: clockTime(sign.received_at) }) : "",
    sign.uncertain ? t("The clock of that phone was wrong: time uncertain.") : "",
    sign.out_of_order ? t("Out of order: the card did not ask for it yet.") : "",
    sign.late ? t("Had left the unit when it arrived.") : "",
  ].filter(Boolean);
}
