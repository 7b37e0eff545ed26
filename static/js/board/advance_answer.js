/** Why the incident has not moved on. Stands above the button that asked. */
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { t } from "../lib/text.js";
import { isBackSince } from "./contact_words.js";
import { lastTry } from "./advance_send.js";
import { refusalWords } from "./words.js";

/** @param {{incident: string, to: string, before: string}} props before: what is said while nothing has been tried */
export function AdvanceAnswer({ incident, to, before }) {
  const last = lastTry.value?.incident === incident && lastTry.value.to === to ? lastTry.value : null;
  if (last?.error) return html`<${NotSent} tried=${last} />`;
  if (last?.refused === undefined) return html`<p>${before}</p>`;
  return html`<p class="note note--late"><${Icon} name="refused" /><span><b>${t("Not accepted. Nothing has changed.")}</b>${last.refused}</span></p>`;
}

/** @param {{tried: {error?: any, at: number}}} props */
function NotSent({ tried }) {
  const back = isBackSince(tried.at) && tried.error.code === "no_contact";
  if (back) return html`<p class="note note--way"><${Icon} name="live" /><span><b>${t("In contact again. Do it now?")}</b>${t("Nothing has changed so far.")}</span></p>`;
  return html`<p class="note note--saved"><${Icon} name="alone" /><span><b>${t("Nothing has changed.")}</b>${refusalWords(tried.error)} ${t("This step needs the server now. Tell the units by telephone or runner.")}</span></p>`;
}
