/** What is down and what still works; green only while it is known to be true now. */
import { t } from "../lib/text.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @param {{down: string[], works: string[], tense: "now"|"past"|"exercise"|"back"|"own"}} props */
export default function Facts({ down, works, tense }) {
  const [downWords, worksWords] = WORDS[tense]();
  if (down.length + works.length === 0) return null;
  return html`<dl class="facts">
    ${down.length > 0 && html`<div class=${tense === "back" ? undefined : "facts__down"}><dt><${Icon} name=${tense === "back" ? "info" : "down"} size="s" />${downWords}</dt>${down.map((one) => html`<dd>${one}</dd>`)}</div>`}
    ${works.length > 0 && html`<div class=${["past", "own"].includes(tense) ? undefined : "facts__works"}><dt><${Icon} name="works" size="s" />${worksWords}</dt>${works.map((one) => html`<dd>${one}</dd>`)}</div>`}
  </dl>`;
}

/** @type {Record<"now"|"past"|"exercise"|"back"|"own", () => [string, string]>} */
const WORDS = {
  now: () => [t("Down"), t("Still works")],
  past: () => [t("Down then"), t("Worked then")],
  exercise: () => [t("Down, pretended"), t("Works in the exercise")],
  back: () => [t("Was down"), t("Works")],
  own: () => [t("Down, says your unit"), t("Works, by the plan")],
};
