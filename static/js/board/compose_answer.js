/** What became of the last try: sent, not accepted, or still a draft. Stands above the button that asked. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { firstName } from "../components/place.js";
import { ago, clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { row } from "../store/view.js";
import { isBackSince } from "./contact_words.js";
import { outcome } from "./send_update.js";
import { refusalWords } from "./words.js";

/** @param {{incident: string, draft: import("../lib/compose_rules.js").ComposeDraft, no: number, overtaken: any}} props no: of the next one; what was sent before somebody else's is no news */
export function ComposeAnswer({ incident, draft, no, overtaken }) {
  const last = outcome.value?.incident === incident ? outcome.value : null;
  const sent = last?.sent;
  // Another leader may have sent at the same moment: the row knows the number it got.
  const sentNo = sent ? (row("broadcast", sent.id)?.b.no ?? sent.no) : 0;
  const first = overtaken ?? last?.overtaken;
  const isAnswered = Boolean(sent || last?.waits || last?.overtaken || last?.refused !== undefined);
  const tried = Boolean(last?.error) || draft.asked_at !== null;
  return html`
    ${sent && sentNo >= no - 1 && html`<p class="note"><${Icon} name="record" /><span><b>${t("Update {no} sent, {time}", { no: sentNo, time: clockTime(sent.at) })}</b>${t("Who has it shows on the board.")}</span></p>`}
    ${last?.waits && html`<p class="note note--way"><${Icon} name="two" /><span><b>${t("It waits for a second leader.")}</b>${t("It gets its number when it is approved.")}</span></p>`}
    ${first && html`<p class="note note--late"><${Icon} name="two" /><span><b>${t("{name} sent update {no} {ago}. Yours is not sent yet.", { name: firstName(first.by_name), no: no - 1, ago: ago(first.at, now.value) })}</b>${t("Read it first. Then send yours as update {no}?", { no })}</span></p>`}
    ${last?.refused !== undefined && html`<p class="note note--late"><${Icon} name="refused" /><span><b>${t("Not accepted. Nothing was sent.")}</b>${last.refused}</span></p>`}
    ${tried && !isAnswered && html`<${NotSent} draft=${draft} error=${last?.error} />`}
  `;
}

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, error: any}} props */
function NotSent({ draft, error }) {
  const back = isBackSince(draft.asked_at) && (!error || error.code === "no_contact");
  const when = t("It could not be sent at {time}.", { time: clockTime(draft.asked_at) });
  if (back) return html`<p class="note note--way"><${Icon} name="live" /><span><b>${t("In contact again. Send it now?")}</b>${when} ${t("Read it once more: is it still true?")}</span></p>`;
  return html`<p class="note note--saved"><${Icon} name="alone" /><span><b>${t("Nothing was sent.")}</b>${refusalWords(error)} ${t("The draft is kept on this device and asks you again when you are in contact.")}</span></p>`;
}
