/** What stands above the editor: which plan, whether it is saved, and where it can go from here. */
import { useState } from "preact/hooks";

import Chip from "../../components/chip.js";
import ClockTime from "../../components/clock_time.js";
import Drawer from "../../components/drawer.js";
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import Note from "../../components/note.js";
import { t } from "../../lib/text.js";
import { FAULT } from "./finding_words.js";
import { msg, saving, submit } from "./model.js";
import { findings, pane, saved, tongue, value } from "./state.js";
import { saveWords, wordsMsg, wordsSaved, wordsSaving } from "./words_model.js";

/** @param {{plan: string, code: import("./editor.js").Code}} props */
export default function Bar({ plan, code }) {
  const [drawer, open] = useState(false);
  const [refusal, refuse] = useState("");
  const faults = findings.value.filter(({ rule }) => rule === FAULT).length;
  const send = async () => {
    if (wordsSaving.value !== "saved") await saveWords();
    const against = wordsSaving.value === "saved" ? await submit() : t("It is not saved yet.");
    if (against) refuse(against);
    else location.assign(`/office/plans/${plan}`);
  };
  return html`<header class="editor__bar" data-ground="night">
    <a class="btn btn--square" href=${`/office/plans/${plan}`} aria-label=${t("The plan’s page")}><${Icon} name="back" turns=${true} /></a>
    <div class="editor__what"><h1>${value.value.title || plan}</h1><${Saved} /></div>
    <button type="button" class="btn editor__turn" aria-pressed=${pane.value === "preview"} onClick=${turn}><${Icon} name="mobile" /><span>${t("Preview")}</span></button>
    <button type="button" class="btn editor__turn editor__turn--wide" aria-haspopup="dialog" onClick=${() => open(true)}><${Icon} name="qr" /><span>${t("Try it on a phone")}</span></button>
    <button type="button" class="btn" disabled=${faults > 0} onClick=${send}><${Icon} name="sent" />${faults > 0 ? t("{n} faults first", { n: faults }) : t("Send to review")}</button>
    <div role="alert">${refusal && html`<${Note} icon="refused" tone="late" lead=${refusal} />`}</div>
    ${drawer && html`<${TryDrawer} code=${code} onClose=${() => open(false)} />`}
  </header>`;
}

/** On a narrow screen: from the form to the phone, and back. */
function turn() {
  pane.value = pane.value === "preview" ? "form" : "preview";
  scrollTo(0, 0);
}

/** Where the words are now: on the server, or only here. */
function Saved() {
  const ofWords = saving.value === "saved" && (tongue.value || wordsSaving.value !== "saved");
  const [state, at, against] = ofWords ? [wordsSaving.value, wordsSaved.value.at, wordsMsg.value] : [saving.value, saved.value.at, msg.value];
  if (state === "saved") return html`<p class="editor__saved" role="status"><${Chip} tone="record" icon="check">${t("Saved")} ${at && html`<${ClockTime} at=${at} />`}<//></p>`;
  if (state === "typing" || state === "saving") return html`<p class="editor__saved"><${Chip} icon="sent">${t("Saving")}<//></p>`;
  const words = { kept: t("No contact: kept in this browser only"), sign_in: t("Sign in again. What you wrote is kept in this browser."), refused: against, conflict: t("Not saved: a colleague was faster") }[state];
  return html`<p class="editor__saved" role="status"><${Chip} tone=${state === "kept" ? "saved" : "late"} icon=${state === "kept" ? "saved" : "warn"}>${words}<//>
    ${state === "sign_in" && html`<a class="btn btn--plain" href=${`/login?next=${encodeURIComponent(location.pathname)}`}>${t("Sign in")}</a>`}</p>`;
}

/** @param {{code: import("./editor.js").Code, onClose: () => void}} props */
function TryDrawer({ code, onClose }) {
  return html`<${Drawer} title=${t("Try it on a phone")} meta=${t("for anybody with a role here")} onClose=${onClose}>
    <div class="editor__try">
      <svg class="qr" viewBox=${`0 0 ${code.size} ${code.size}`} role="img" aria-label=${t("QR code of the address below")}><path fill="none" stroke="currentColor" d=${code.path} /></svg>
      <p>${t("The phone shows the draft as a card that can be ticked. Nothing of it is recorded.")}</p>
      <a class="btn btn--wide" href=${code.address}>${code.address}</a>
    </div>
  <//>`;
}
