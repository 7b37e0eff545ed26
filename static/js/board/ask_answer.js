/** Answer a request; what everybody should know becomes the draft of the next update with one tap. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import TextField from "../components/text_field.js";
import { t } from "../lib/text.js";
import { go, record } from "../store/actions.js";
import { broadcastsOf, may, row } from "../store/view.js";
import { prefill } from "./compose_draft.js";

/** @param {{request: any, onDone: () => void}} props */
export function AskAnswer({ request, onDone }) {
  const [text, setText] = useState("");
  const answer = async () => {
    if (!text.trim()) return;
    await record("help.close", { help: request.id, answer: text.trim() });
    onDone();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void answer();
  };
  return html`
    <form onSubmit=${submit}>
      <${TextField} id=${`an-${request.id}`} label=${t("Answer to the unit")} rows=${2} value=${text} onInput=${setText} />
      <div class="row">
        <button type="submit" class="btn btn--help grow" disabled=${!text.trim()}>${t("Answer and close")}</button>
        ${may("broadcast.send") && html`<button type="button" class="btn grow" disabled=${!text.trim()} onClick=${() => answer().then(() => toUpdate(request.b.incident, text.trim()))}>${t("Answer, then tell everybody")}</button>`}
        <button type="button" class="btn" onClick=${onDone}>${t("Back")}</button>
      </div>
    </form>
  `;
}

/** The answer as the headline of the next update; a leader reads it before it goes out. @param {string} incident @param {string} answer */
export async function toUpdate(incident, answer) {
  await prefill(incident, broadcastsOf(incident)[0]?.b ?? row("incident", incident)?.b ?? {}, { headline: answer });
  go(`/app/compose?incident=${incident}`);
}
