/** What an update can also say: how far it is, what not to do, who is affected, when it is back, whom to ask, what it takes back. */
import { html } from "../components/html.js";
import RadioRow from "../components/radio_row.js";
import { confidenceWords, replacesWords, stageOfUpdate } from "../components/relation_words.js";
import TextField from "../components/text_field.js";
import { t } from "../lib/text.js";

const STAGES = ["", "investigating", "confirmed", "workaround", "restoring", "restored", "all_clear", "closed"];
const LONG = 400;
const SHOWN = 8;

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */

/** @param {{draft: ComposeDraft, set: (patch: any) => void, broadcasts: import("../lib/compose_rules.js").Shown[]}} props broadcasts newest first */
export function ComposeMore({ draft, set, broadcasts }) {
  const text = (/** @type {"what_down"|"do_not"|"affected"|"contact"} */ name, /** @type {string} */ label, /** @type {string} */ warning) =>
    html`<${TextField} id=${`cm-${name}`} label=${label} warning=${warning} rows=${1} max=${LONG} value=${draft[name]} onInput=${(/** @type {string} */ value) => set({ [name]: value })} />`;
  return html`<details class="more" open=${Boolean(draft.relation)}><summary class="btn btn--plain">${t("More: do not, estimate, correction…")}</summary>
    <div class="field"><label for="cm-stage">${t("How far it is")}</label>
      <select class="input" id="cm-stage" value=${draft.stage} onChange=${(/** @type {any} */ event) => set({ stage: event.target.value })}>
        ${STAGES.map((stage) => html`<option key=${stage} value=${stage} selected=${stage === draft.stage}>${stageOfUpdate(stage) || "–"}</option>`)}</select></div>
    ${text("do_not", t("Do not"), t("one a line"))}
    ${text("what_down", t("What is down"), t("one a line"))}
    ${text("affected", t("Who is affected"), t("no patient names"))}
    <${Estimate} draft=${draft} set=${set} />
    ${text("contact", t("Questions to"), t("a number or a place"))}
    <${Relation} draft=${draft} set=${set} broadcasts=${broadcasts} />
  </details>`;
}

/** @param {{draft: ComposeDraft, set: (patch: any) => void}} props */
function Estimate({ draft, set }) {
  return html`<div class="field"><span class="label">${t("Back")}<small>${t("“not known yet” is allowed")}</small></span>
    <label class="sr" for="cm-at">${t("Time when it is thought to be back")}</label>
    <input class="input" id="cm-at" type="time" value=${draft.est_at} onInput=${(/** @type {any} */ event) => set({ est_at: event.target.value.slice(0, 5) })} />
    <label class="sr" for="cm-sure">${t("How sure")}</label>
    <select class="input" id="cm-sure" value=${draft.est_sure} onChange=${(/** @type {any} */ event) => set({ est_sure: event.target.value })}>
      ${["unknown", "low", "likely", "confirmed"].map((sure) => html`<option key=${sure} value=${sure} selected=${sure === draft.est_sure}>${confidenceWords(sure)}</option>`)}</select></div>`;
}

/** @param {{draft: ComposeDraft, set: (patch: any) => void, broadcasts: import("../lib/compose_rules.js").Shown[]}} props */
function Relation({ draft, set, broadcasts }) {
  if (broadcasts.length === 0) return null;
  const ways = [{ value: "", words: t("It replaces") }, { value: "corrects", words: t("It corrects") }, { value: "cancels", words: t("It cancels") }];
  const choose = (/** @type {string} */ relation) => set({ relation, refers_to: relation ? (draft.refers_to ?? broadcasts[0].b.no) : null });
  return html`<div class="field"><span class="label">${t("To earlier updates")}</span>
    <${RadioRow} label=${t("To earlier updates")} choices=${ways} value=${draft.relation} onChange=${choose} />
    ${draft.relation && html`<label class="sr" for="cm-no">${t("Which update")}</label>
      <select class="input" id="cm-no" value=${String(draft.refers_to)} onChange=${(/** @type {any} */ event) => set({ refers_to: Number(event.target.value) })}>
        ${broadcasts.slice(0, SHOWN).map(({ id, b }) => html`<option key=${id} value=${String(b.no)} selected=${b.no === draft.refers_to}>${replacesWords(draft.relation, b.no)}: ${b.headline}</option>`)}</select>`}
  </div>`;
}
