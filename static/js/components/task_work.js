/** The open part of the lit row: what to write down, and the buttons. */
import { useState } from "preact/hooks";

import { label, t } from "../lib/text.js";
import { missing } from "../phone/captured.js";
import { complete, confirm } from "../phone/task_acts.js";
import { signRight } from "../phone/task_state.js";
import { firstNameOf } from "../store/at_hand.js";
import { me } from "../store/view.js";
import CaptureField from "./capture_field.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import Note from "./note.js";
import { deskPhone, inSentence, roleTitle, telLink } from "./place.js";
import TaskForms from "./task_forms.js";
import WaitsNote from "./waits_note.js";
import { tone } from "./tone.js";
import { useDraft } from "./use_draft.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */

/** @param {{task: Task, onMore: () => void, onHelp: () => void}} props */
export default function TaskWork({ task, onMore, onHelp }) {
  const { b } = task;
  const [values, set, drop] = useDraft(`task:${firstNameOf(task.id)}`, /** @type {Record<string, any>} */ ({}));
  const [warned, warn] = useState(false);
  const lacking = missing(b.capture, values);
  const right = signRight(task, me.value);
  const isSecond = b.state === "half";
  const done = async () => {
    if (lacking.length > 0 && !warned) return warn(true);
    if (await (isSecond ? confirm(task) : complete(task, values))) drop();
  };
  return html`<div class="task__wide">
    ${b.hint && html`<p>${label(b.hint)}</p>`}
    <${TaskForms} b=${b} />
    ${b.local && html`<p><b>${label(b.local)}</b></p>`}
    ${!isSecond && b.capture?.length > 0 && html`<div class="counts">
      ${b.capture.map((/** @type {any} */ field) => html`<${CaptureField} key=${field.key} id=${`f-${task.id}-${field.key}`} field=${field} value=${values[field.key]}
        onChange=${(/** @type {any} */ value) => set({ ...values, [field.key]: value })} />`)}
    </div>`}
    <div role="status">${warned && lacking.length > 0 && html`<${Note} icon="late" tone="late" lead=${t("Still empty: {fields}", { fields: lacking.join(", ") })} />`}</div>
    ${right.why === "waits" && html`<${WaitsNote} waits=${b.waits} />`}
    ${!right.ok && right.why !== "waits" && html`<${Note} icon="two">${t("Only these may sign: {roles}.", { roles: right.roles.map((role) => inSentence(roleTitle(role))).join(", ") })}<//>`}
    <div class="row">
      ${right.ok && html`<button type="button" class="btn btn--main grow" onClick=${done}><${Icon} name="check" />${doneWords(isSecond, warned && lacking.length > 0)}</button>`}
      <${HelpButton} onHelp=${onHelp} />
      <button type="button" class="btn btn--tall btn--square" aria-haspopup="dialog" aria-label=${t("More: skip, note, this step is wrong")} onClick=${onMore}><${Icon} name="more" /></button>
    </div>
  </div>`;
}

/** @param {boolean} isSecond @param {boolean} without what is asked for */
const doneWords = (isSecond, without) => (isSecond ? t("Sign as second") : without ? t("Done without it") : t("Done"));

/** Without contact nobody would see the request in time: then the phone on the wall is the way. @param {{onHelp: () => void}} props */
function HelpButton({ onHelp }) {
  const phone = deskPhone();
  if (phone && tone.value === "alone") {
    return html`<a class="btn btn--tall btn--help" href=${telLink(phone)}><${Icon} name="phone" />${t("Call {phone}", { phone })}</a>`;
  }
  return html`<button type="button" class="btn btn--tall btn--help" aria-haspopup="dialog" onClick=${onHelp}><${Icon} name="hand" />${t("Need help")}</button>`;
}
