/** What became of the last try: sent, not accepted, or still a draft. Stands above the button that asked. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { row } from "../store/view.js";
import { isBackSince } from "./contact_words.js";
import { outcome } from "./send_update.js";
import { refusalWords } from "./words.js";

/** @param {{incident: string, draft: import("../lib/compose_rules.js").ComposeDraft, no: number}} props no: of the next one; what was sent before somebody else's is no news */
export function ComposeAnswer({ incident, draft, no }) {
  const last = outcome.value?.incident === incident ? outcome.value : null;
  const sent = last?.sent;
  // Another leader may have sent at the same moment: the row knows the number it got.
  const sentNo = sent ? (row("broadcast", sent.id)?.b.no ?? sent.no) : 0;
  const tried = Boolean(last?.error) || draft.asked_at !== null;
  return html`
    ${sent && sentNo >= no - 1 && html`<p class="note"><${Icon} name="record" /><span><b>${t("Update {no} sent, {time}", { no: sentNo, time: clockTime(sent.at) })}</b>${t("Who has it shows on the board.")}</span></p>`}
    ${last?.refused !== undefined && html`<p class="note note--late"><${Icon} name="refused" /><span><b>${t("Not accepted. Nothing was sent.")}</b>${last.refused}</span></p>`}
    ${tried && !sent && last?.refused === undefined && html`<${NotSent} draft=${draft} error=${last?.error} />`}
  `;
}

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, error: any}} props */
function NotSent({ draft, error }) {
  const back = isBackSince(draft.asked_at) && (!error || error.code === "no_contact");
  const when = t("It could not be sent at {time}.", { time: clockTime(draft.asked_at) });
  if (back) return html`<p class="note note--way"><${Icon} name="live" /><span><b>${t("In contact again. Send it now?")}</b>${when} ${t("Read it once more: is it still true?")}</span></p>`;
  return html`<p class="note note--saved"><${Icon} name="alone" /><span><b>${t("Nothing was sent.")}</b>${refusalWords(error)} ${t("The draft is kept on this device and asks you again when you are in contact.")}</span></p>`;
}
