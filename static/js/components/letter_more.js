/** The rest of an update: what not to do, who is affected, when it is thought to be back, whom to ask. */
import { t } from "../lib/text.js";
import { linesOf } from "../phone/incident_words.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import Note from "./note.js";
import { estimateWords, stageOfUpdate } from "./relation_words.js";

/** @param {{say: any}} props */
export function DoNot({ say }) {
  const lines = linesOf(say);
  if (lines.length === 0) return null;
  return html`<${Note} icon="refused" tone="late" lead=${t("Do not")}>${lines.map((line) => html`<p key=${line}>${line}</p>`)}<//>`;
}

/** @param {{b: any}} props */
export default function LetterMore({ b }) {
  const facts = [
    [t("How far it is"), stageOfUpdate(b.stage)], [t("Who is affected"), b.affected], [t("Expected back"), estimateWords(b.estimate)], [t("Questions"), b.contact],
  ].filter(([, words]) => words);
  if (facts.length === 0) return null;
  return html`<dl class="facts">${facts.map(([name, words]) => html`<div key=${name}><dt>${name}</dt><dd>${words}</dd></div>`)}</dl>
    ${b.nothing_new && html`<div class="words"><${Chip} plain icon="repeat">${t("Nothing new: the orders stand.")}<//></div>`}`;
}
