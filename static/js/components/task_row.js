/** A step on the card. The same row for what is on record and what is saved here; the lit one shows what can be done. */
import { label, t } from "../lib/text.js";
import { confirm } from "../phone/task_acts.js";
import { shapeOf } from "../phone/task_state.js";
import { now } from "../store/state.js";
import HoldNote from "./hold_note.js";
import { html } from "./html.js";
import Signs from "./signs.js";
import TaskBox from "./task_box.js";
import TaskHead from "./task_head.js";
import TaskMeta from "./task_meta.js";
import TaskWork from "./task_work.js";

const CLOSED = ["done", "skipped"];
const INNER = "a, button:not(.task__title), input, textarea, label";

/**
 * @param {{task: import("../lib/types.js").ViewRow, nextId: string|null, lit: boolean,
 *   onTick: () => void, onOpen: () => void, onHelp: () => void}} props `lit`: the one row the light falls on
 */
export default function TaskRow({ task, nextId, lit, onTick, onOpen, onHelp }) {
  const { b } = task;
  const shape = shapeOf(task, { now: now.value, nextId });
  const isClosed = CLOSED.includes(b.state);
  const open = (/** @type {any} */ event) => event.target.closest(INNER) === null && onOpen();
  const classes = ["task", shape === "held" ? "task--held" : "", isClosed ? `task--${b.state}` : "", lit ? "task--next" : ""].filter(Boolean).join(" ");
  return html`<li class=${classes} id=${`task-${task.id}`}>
    <${TaskBox} task=${task} shape=${lit && shape === "open" ? "next" : shape} onClick=${onTick} />
    <div class="task__body" onClick=${open}>
      ${!isClosed && html`<${TaskHead} task=${task} isNext=${task.id === nextId} lit=${lit} />`}
      <button type="button" class="task__title" aria-haspopup="dialog">${isClosed && html`<b class="task__lead">${b.code}</b> `}${label(b.title)}</button>
      ${isClosed || b.state === "blocked" ? html`<${TaskMeta} task=${task} />` : html`<${Signs} task=${task} onSign=${() => confirm(task)} />`}
      ${shape === "held" && html`<${HoldNote} b=${b} />`}
      ${task.pending && b.state === "open" && html`<p class="task__meta"><span>${t("Open again. Saved on this phone.")}</span></p>`}
    </div>
    ${lit && html`<${TaskWork} task=${task} onMore=${onOpen} onHelp=${onHelp} />`}
  </li>`;
}
