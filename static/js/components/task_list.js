/** The steps of one phase: what is long done folds together, what waits for a clock folds away. */
import { toMs } from "../lib/clock.js";
import { t } from "../lib/text.js";
import { byPhase, isWaiting, phaseTime, phaseTitle } from "../phone/phases.js";
import { isHeld } from "../phone/task_state.js";
import { dueWords, isLate, shapeOf } from "../phone/task_state.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { whom } from "./place.js";
import Steady from "./steady.js";
import TaskRow from "./task_row.js";
import { shared } from "./use_room.js";
import { FOLD_AFTER_MS, useTurn } from "./use_turn.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */
/** @typedef {{nextId: string|null, litId: string|null, tick: (task: Task) => void, open: (task: Task) => void, help: (task: Task) => void}} Hands */

const FOLD_FROM = 3;

/** @param {{tasks: Task[], clocks: Record<string, string>, hands: Hands, prefix?: string, room: number}} props `prefix`: whose card, when several are shown; `room`: how many steps are drawn by now */
export default function TaskList({ tasks, clocks, hands, prefix = "", room }) {
  const phases = byPhase(tasks);
  const drawn = shared(phases.map(({ tasks: own }) => own.length), room);
  return phases.map(({ phase, tasks: own }, i) => {
    if (drawn[i] === 0) return null;
    const [nextId, litId] = [hands.nextId, hands.litId].map((id) => (own.some((task) => task.id === id) ? id : null));
    const props = { phase, tasks: own, clocks, prefix, room: drawn[i], hands: { ...hands, nextId, litId } };
    return html`<${Steady} key=${prefix + phase} draw=${Phase} list=${own} same=${[nextId, litId, clocks, drawn[i]]} props=${props} />`;
  });
}

/** @param {{phase: string, tasks: Task[], clocks: Record<string, string>, hands: Hands, prefix: string, room: number}} props */
function Phase({ phase, tasks, clocks, hands, prefix, room }) {
  const at = useTurn(tasks, clocks, hands.litId);
  const id = `phase-${prefix}-${phase}`.replace(/[^\w-]+/g, "-");
  const closed = tasks.filter(({ b }) => ["done", "skipped"].includes(b.state)).length;
  const asked = tasks.filter((task) => !isHeld(task)).length;
  const words = [phaseTime(phase, clocks, at), t("{done} of {total} closed", { done: closed, total: asked })].filter(Boolean).join(" · ");
  const title = prefix ? `${prefix} · ${phaseTitle(phase)}` : phaseTitle(phase);
  const rows = html`<ol class="tasks">${runsOf(tasks, hands.litId, at).slice(0, room).map((run) => html`<${Run} key=${rowKey(run[0])} tasks=${run} hands=${hands} at=${at} />`)}</ol>`;
  return html`<section class="task-group" aria-labelledby=${id}>
    <div class="phase"><h2 id=${id}>${title}</h2><p>${words}</p></div>
    ${isWaiting(phase, clocks) && closed === 0 ? html`<${Folded} icon="clock" words=${tasks.length === 1 ? t("1 step, shown when its time comes") : t("{n} steps, shown when their time comes", { n: tasks.length })}>${rows}<//>` : rows}
  </section>`;
}

/** @param {{tasks: Task[], hands: Hands, at: number}} props */
function Run({ tasks, hands, at }) {
  const rows = tasks.map((task) => html`<${TaskRow} key=${rowKey(task)} ...${shownOf(task, hands, at)}
    onTick=${() => hands.tick(task)} onOpen=${() => hands.open(task)} onHelp=${() => hands.help(task)} />`);
  if (tasks.length < FOLD_FROM) return rows;
  const names = [...new Set(tasks.map(({ b }) => whom(b.by, b.by_name)))].join(", ");
  return html`<li class="task task--fold"><details>
    <summary><${Icon} name="check" /><span><b>${tasks.map(({ b }) => b.code).join(", ")}</b> ${t("done by {names}", { names })}</span><${Icon} name="down-chevron" /></summary>
    <ol>${rows}</ol>
  </details></li>`;
}

/** What a row shows of its step then, as values that can be compared. @param {Task} task @param {Hands} hands @param {number} at ms */
function shownOf(task, { nextId, litId }, at) {
  const [late, lit] = [isLate(task, at), task.id === litId];
  return { task, late, lit, shape: shapeOf(task, { now: at, nextId }), due: late || lit ? dueWords(task, at) : "", isNext: task.id === nextId };
}

/** @param {{icon: string, words: string, children?: any}} props */
function Folded({ icon, words, children }) {
  return html`<details class="tasks"><summary class="fold"><${Icon} name=${icon} /><span>${words}</span><${Icon} name="down-chevron" /></summary>${children}</details>`;
}

/** Neighbours that are long done and on record stay together, everything else stands alone. @param {Task[]} tasks @param {string|null} litId @param {number} at ms @returns {Task[][]} */
export function runsOf(tasks, litId, at) {
  const isOld = (/** @type {Task} */ task) => task.b.state === "done" && task.pending === null && task.id !== litId && at - toMs(task.b.at) > FOLD_AFTER_MS;
  /** @type {Task[][]} */
  const runs = [];
  for (const task of tasks) {
    const last = runs[runs.length - 1];
    if (isOld(task) && last && isOld(last[0])) last.push(task);
    else runs.push([task]);
  }
  return runs.flatMap((run) => (run.length >= FOLD_FROM ? [run] : run.map((task) => [task])));
}

/** The same step keeps its place on screen when a declaration gives its task another id. @param {Task} task */
const rowKey = ({ b }) => `${b.unit}/${b.role}/${b.code}/${b.occurrence}`;
