/** The one send button, what became of it, and "nothing new". */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roundedIn } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { ComposeAnswer } from "./compose_answer.js";
import { outcome, sendQuiet, sending, sendUpdate } from "./send_update.js";

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */

/** @param {{draft: ComposeDraft, incident: import("../lib/compose_rules.js").Shown, no: number, standing: any, missing: string, overtaken: any}} props overtaken: body of what somebody else has sent meanwhile, or null */
export function ComposeSend({ draft, incident, no, standing, missing, overtaken }) {
  const quietAt = clockTime(roundedIn(now.value, 30));
  const sendWords = overtaken || outcome.value?.overtaken ? t("Send mine as update {no}", { no }) : t("Send update {no}", { no });
  return html`
    <div role="status"><${ComposeAnswer} incident=${incident.id} draft=${draft} no=${no} overtaken=${overtaken} />${missing && html`<p class="quiet" id="why">${missingWords(missing)}</p>`}</div>
    <button type="button" class="btn btn--main btn--wide" disabled=${missing !== ""} aria-describedby=${missing ? "why" : null} aria-busy=${String(sending.value === "update")} onClick=${() => sendUpdate(incident.id, draft, no)}>
      <${Icon} name="updates" />${sending.value === "update" ? t("Sending…") : sendWords}
    </button>
    <button type="button" class="btn btn--wide" aria-busy=${String(sending.value === "quiet")} onClick=${() => sendQuiet(incident.id, draft, no, standing)}>
      <${Icon} name="clock" size="s" />${sending.value === "quiet" ? t("Sending…") : t("Nothing new, next at {time}", { time: quietAt })}
    </button>
  `;
}

/** @param {string} what */
const missingWords = (what) => /** @type {Record<string, string>} */ ({
  headline: t("Write a headline first."), long: t("Shorten the headline: 140 letters fit on a locked phone."), time: t("Say when the next update comes."),
  units: t("Choose at least one unit."), roles: t("Choose at least one role."),
  services: t("Choose at least one service."), people: t("Choose at least one person."), refers: t("Say which update it is about."),
})[what];
