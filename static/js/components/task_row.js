/** A step on the card. The same row for what is on record and what is saved here; the lit one shows what can be done. */
import { Component } from "preact";

import { withOwn } from "../lib/overlay.js";
import { label, t } from "../lib/text.js";
import { confirm } from "../phone/task_acts.js";
import { shapeOf } from "../phone/task_state.js";
import { forgetMark, markOf } from "../store/marks.js";
import { session } from "../store/state.js";
import { me } from "../store/view.js";
import HoldNote from "./hold_note.js";
import { html } from "./html.js";
import Signs from "./signs.js";
import TaskBox from "./task_box.js";
import TaskHead from "./task_head.js";
import TaskMeta from "./task_meta.js";
import TaskWork from "./task_work.js";

const SHOWN = /** @type {const} */ (["task", "shape", "late", "due", "isNext", "lit"]);
const CLOSED = ["done", "skipped"];
const INNER = "a, button:not(.task__title), input, textarea, label";

/**
 * @typedef {object} Props
 * @property {import("../lib/types.js").ViewRow} task
 * @property {import("../phone/task_state.js").Shape} shape
 * @property {boolean} late
 * @property {string} due  how late, or how soon the lit one is due; "" for the others
 * @property {boolean} isNext
 * @property {boolean} lit  the one row the light falls on
 * @property {() => void} onTick
 * @property {() => void} onOpen
 * @property {() => void} onHelp
 */

/**
 * Drawn again only when something about this step has changed: a tick on a list of hundreds must not draw them all.
 * What the hands do depends on the step and the light alone, so the hands of an earlier drawing do the same.
 * @extends {Component<Props>}
 */
export default class TaskRow extends Component {
  /** A state that is another one: a signal that the row reads has changed. @param {Readonly<Props>} next @param {object} state */
  shouldComponentUpdate(next, state) {
    const before = this.props;
    return state !== this.state || SHOWN.some((name) => next[name] !== before[name]);
  }

  componentWillUnmount() {
    forgetMark(this.props.task.id);
  }

  /** @param {Readonly<Props>} props */
  render(props) {
    return rowOf({ ...props, ...markedOf(props.task) });
  }
}

/** The step as it is with what was saved this moment. @param {Props["task"]} task @returns {Partial<Props>} */
function markedOf(task) {
  const saved = markOf(task.id).value;
  const marked = saved ? withOwn(task, saved, { id: me.value.id, name: me.value.name, device: session.value?.device }) : task;
  return marked === task ? {} : { task: marked, shape: shapeOf(marked, { now: 0 }) };
}

/** @param {Readonly<Props>} props */
function rowOf({ task, shape, late, due, isNext, lit, onTick, onOpen, onHelp }) {
  const { b } = task;
  const isClosed = CLOSED.includes(b.state);
  const open = (/** @type {any} */ event) => event.target.closest(INNER) === null && onOpen();
  const classes = ["task", shape === "held" ? "task--held" : "", isClosed ? `task--${b.state}` : "", lit ? "task--next" : ""].filter(Boolean).join(" ");
  return html`<li class=${classes} id=${`task-${task.id}`}>
    <${TaskBox} task=${task} shape=${lit && shape === "open" ? "next" : shape} onClick=${onTick} />
    <div class="task__body" onClick=${open}>
      ${!isClosed && html`<${TaskHead} task=${task} late=${late} due=${due} isNext=${isNext} lit=${lit} />`}
      <button type="button" class="task__title" aria-haspopup="dialog">${isClosed && html`<b class="task__lead">${b.code}</b> `}${label(b.title)}</button>
      ${isClosed || b.state === "blocked" ? html`<${TaskMeta} task=${task} />` : html`<${Signs} task=${task} onSign=${() => confirm(task)} />`}
      ${shape === "held" && html`<${HoldNote} b=${b} />`}
      ${task.pending && b.state === "open" && html`<p class="task__meta"><span>${t("Open again. Saved on this phone.")}</span></p>`}
    </div>
    ${lit && html`<${TaskWork} task=${task} onMore=${onOpen} onHelp=${onHelp} />`}
  </li>`;
}
