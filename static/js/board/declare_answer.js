/** What came back: no contact, somebody was first, or not accepted. Stands where the button is, so that nobody scrolls for it. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { declareOutcome } from "../lib/declare_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { incidents } from "../store/view.js";
import { isBackSince } from "./contact_words.js";
import { refusalWords } from "./words.js";

/** @typedef {import("../lib/declare_rules.js").DeclareDraft} DeclareDraft */

/** @param {{answer: {error?: any, result?: any}|null, draft: DeclareDraft}} props answer null: tried at an earlier visit */
export function DeclareAnswer({ answer, draft }) {
  const { error, result } = answer ?? {};
  if (!result) return html`<${NotSent} error=${error} draft=${draft} />`;
  return declareOutcome(result) === "by_other" ? html`<${WasFirst} result=${result} draft=${draft} />` : html`<${Refused} result=${result} />`;
}

/** @param {{result: any, draft: DeclareDraft}} props */
function WasFirst({ result, draft }) {
  const theirs = incidents.value.find(({ b }) => b.plan === draft.plan && b.kind === draft.kind && b.lead === result.by);
  const who = result.by_name ?? t("Another leader");
  return html`
    <section class="note note--way">
      <${Icon} name="first" />
      <div>
        <b>${theirs ? t("Already declared #{no} by {name}", { no: theirs.b.no, name: who }) : t("Already declared by {name}", { name: who })}</b>
        <p>${theirs ? t("Declared once, at {time}. Yours was not added.", { time: clockTime(result.at) }) : result.msg}</p>
      </div>
    </section>
  `;
}

/** @param {{result: any}} props */
function Refused({ result }) {
  return html`<section class="note note--late"><${Icon} name="refused" /><div><b>${t("Not accepted. Nothing is declared.")}</b><p>${result.msg}</p></div></section>`;
}

/** @param {{error: any, draft: DeclareDraft}} props */
function NotSent({ error, draft }) {
  if (isBackSince(draft.asked_at) && (!error || error.code === "no_contact")) return html`
    <section class="note note--way"><${Icon} name="live" /><div><b>${t("In contact again. Declare now?")}</b><p>${t("It could not be sent at {time}. Nothing is declared.", { time: clockTime(draft.asked_at) })}</p></div></section>
  `;
  return html`
    <section class="note note--saved">
      <${Icon} name="alone" />
      <div><b>${t("Nothing is declared yet.")}</b><p>${refusalWords(error)} ${t("The draft is kept on this phone and asks you again when you are in contact. Until then declare by telephone or radio.")}</p></div>
    </section>
  `;
}
