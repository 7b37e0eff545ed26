/** A step, opened: the whole text, who did what, and what else can be done with it. */
import { useState } from "preact/hooks";

import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { capturedWords } from "../phone/captured.js";
import { signRight } from "../phone/task_state.js";
import { me } from "../store/view.js";
import Drawer from "./drawer.js";
import HoldNote from "./hold_note.js";
import { html } from "./html.js";
import Note from "./note.js";
import SignList from "./sign_list.js";
import { roleTitle } from "./place.js";
import TaskChoices from "./task_choices.js";
import TaskForm from "./task_form.js";
import TaskForms from "./task_forms.js";
import WaitsNote from "./waits_note.js";
import { Saved } from "./task_meta.js";

/**
 * @param {{task: import("../lib/types.js").ViewRow, start?: string, onFill: () => void, onClose: () => void}} props
 * `start`: the form to open with, "" for the choices; `onFill`: what it asks for is written on the card itself
 */
export default function TaskDrawer({ task, start = "", onFill, onClose }) {
  const [form, open] = useState(start);
  const { b } = task;
  const title = `${b.code} · ${label(b.title)}`;
  if (form) {
    return html`<${Drawer} title=${title} meta=${metaOf(b)} closeWords=${start ? t("Close") : t("Back")} onClose=${() => (start ? onClose() : open(""))}>
      <${TaskForm} key=${form} form=${form} task=${task} onDone=${onClose} />
    <//>`;
  }
  return html`<${Drawer} title=${title} meta=${metaOf(b)} onClose=${onClose}>
    ${b.held && b.state === "open" && html`<div class="sheet__body"><${HoldNote} b=${b} /></div>`}
    ${b.waits?.length > 0 && html`<div class="sheet__body"><${WaitsNote} waits=${b.waits} /></div>`}
    ${b.forms && html`<div class="sheet__body"><${TaskForms} b=${b} /></div>`}
    <${Details} task=${task} />
    <${SignList} signs=${b.signs ?? []} />
    <${TaskChoices} task=${task} onChoose=${(/** @type {string} */ name) => (name === "fill" ? onFill() : open(name))} onDone=${onClose} />
  <//>`;
}

/** @param {any} b */
const metaOf = (b) =>
  [b.safety && t("Safety"), b.two_person && t("Two people"), roleTitle(b.role), b.due_at && t("by {time}", { time: clockTime(b.due_at) })].filter(Boolean).join(" · ");

/** @param {{task: import("../lib/types.js").ViewRow}} props */
function Details({ task }) {
  const { b } = task;
  const said = [label(b.hint), label(b.local), capturedWords(b), b.note && `“${b.note}”`, b.reason && !["shift_ended", "plan_amended"].includes(b.reason) && `“${b.reason}”`].filter(Boolean);
  const again = ["half", "open"].includes(b.state) && signRight(task, me.value).why === "same_person";
  if (!task.pending && said.length === 0 && !again) return null;
  return html`<div class="sheet__body">
    ${task.pending && html`<p class="words"><${Saved} pending=${task.pending} /></p>`}
    ${said.map((words) => html`<p>${words}</p>`)}
    ${again && html`<${Note} icon="two">${t("You have signed this step. It needs a second person.")}<//>`}
  </div>`;
}
