/** A card's texts, or the plan's own, beside what they are in another language. */
import Chip from "../../components/chip.js";
import { html } from "../../components/html.js";
import { t } from "../../lib/text.js";
import { roleName } from "./card_list.js";
import Found from "./found.js";
import { value } from "./state.js";
import { remarks, sayIn, standing } from "./words_model.js";

/** @typedef {import("../../lib/plan_texts.js").Standing} Standing */

const LETTERS_A_LINE = 30;

/** @param {{role: string, tongue: string}} props `role` "" is the plan itself */
export default function WordsForm({ role, tongue }) {
  const card = (value.value.cards ?? []).find((/** @type {any} */ one) => one.role === role);
  const mine = standing.value.filter((one) => one.role === role);
  const open = mine.filter(({ state }) => state !== "ok").length;
  return html`<section class="sheet" aria-labelledby="words"><div class="sheet__head"><h2 id="words">${card ? roleName(card) : t("The plan itself")}</h2>
      <p>${open > 0 ? t("{n} to translate", { n: open }) : t("all translated")}</p></div>
    <div class="sheet__body">${mine.length === 0 && html`<p>${t("Every text here stands on an earlier card too.")}</p>`}
      ${mine.map((one) => html`<${Pair} key=${one.place} one=${one} tongue=${tongue} />`)}</div></section>`;
}

/** @param {{one: Standing, tongue: string}} props */
function Pair({ one, tongue }) {
  const id = `t-${one.place.replaceAll("/", "-")}`;
  const found = remarks.value.filter(({ en }) => en === one.text).map(({ rule, msg }) => ({ path: [], line: 0, rule, msg }));
  const typed = (/** @type {any} */ event) => sayIn(one.text, event.target.value.replace(/\s*\n\s*/g, " "));
  const tidy = () => one.words !== one.words.trim() && sayIn(one.text, one.words.trim());
  const about = [one.was ? `${id}-was` : "", found.length > 0 ? `${id}-found` : ""].filter(Boolean).join(" ");
  return html`<div class="editor__pairing" data-state=${one.state}>
    <p class="editor__source" lang="en">${one.code && html`<b class="task__code">${one.code}</b> `}<span>${one.text}</span> <small>${kind(one.what)}</small></p>
    ${one.was && html`<p class="editor__was" id=${`${id}-was`}>${t("It was “{en}”", { en: one.was.en })}<span lang=${tongue}>: ${one.was.words}</span></p>`}
    <div class="field"><label for=${id}><span>${t("Español")}<span class="sr">: ${one.text}</span></span><small><${State} state=${one.state} /></small></label>
      <textarea id=${id} lang=${tongue} rows=${rowsFor(one)} maxlength=${one.max} value=${one.words} onInput=${typed} onBlur=${tidy} aria-describedby=${about || undefined}></textarea>
      <${Found} found=${found} id=${`${id}-found`} /></div></div>`;
}

/** Lines that hold the text on a phone too. @param {Standing} one */
const rowsFor = ({ text, words }) => Math.min(6, Math.ceil(Math.max(text.length, words.length) / LETTERS_A_LINE));

/** @param {{state: Standing["state"]}} props */
function State({ state }) {
  if (state === "ok") return html`<${Chip} tone="record" icon="check">${t("translated")}<//>`;
  return state === "outdated" ? html`<${Chip} tone="late" icon="late">${t("outdated: the plan says something else now")}<//>` : html`<${Chip} icon="open">${t("not translated")}<//>`;
}

/** @param {string} what */
function kind(what) {
  const words = /** @type {Record<string, string>} */ ({
    title: t("title"), summary: t("summary"), do_now: t("do now"), works: t("still works"), attachment: t("form"), mission: t("mission"),
    step: t("step"), hint: t("hint"), local: t("local line"), field: t("field"), choice: t("choice"),
  });
  return words[what] ?? what;
}
