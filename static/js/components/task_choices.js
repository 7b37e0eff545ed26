/** What can be done with a step in its present state. */
import { t } from "../lib/text.js";
import { complete, confirm } from "../phone/task_acts.js";
import { signRight } from "../phone/task_state.js";
import { me } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */
/** @typedef {{name: string, icon: string, words: string, small: string, act?: () => unknown}} Choice */

/** @param {{task: Task, onChoose: (form: string) => void, onDone: () => void}} props */
export default function TaskChoices({ task, onChoose, onDone }) {
  const act = async (/** @type {Choice} */ choice) => {
    if (!choice.act) return onChoose(choice.name);
    await choice.act();
    onDone();
  };
  return html`<div>${choicesFor(task).map((choice) => html`<${Pick} key=${choice.name} choice=${choice} onClick=${() => act(choice)} />`)}</div>`;
}

/** @param {{choice: Choice, onClick: () => void}} props */
function Pick({ choice, onClick }) {
  return html`<button type="button" class="pick" onClick=${onClick}>
    <span class="pick__icon"><${Icon} name=${choice.icon} /></span>
    <span><b>${choice.words}</b><small>${choice.small}</small></span>
    <${Icon} name=${choice.act ? "check" : "chevron"} turns=${true} />
  </button>`;
}

/** @param {Task} task @returns {Choice[]} */
function choicesFor(task) {
  const isClosed = ["done", "skipped"].includes(task.b.state);
  const again = { name: "reopen", icon: "undo", words: t("Open it again"), small: t("with a reason; what was signed stays on record") };
  const always = [
    { name: "note", icon: "pen", words: t("Add a note"), small: t("no names, no record numbers") },
    { name: "wrong", icon: "flag", words: t("This step is wrong"), small: t("tells the owner of the plan; do what is safe") },
  ];
  if (isClosed) return [again, ...always];
  return [...signing(task), ...asking(task), ...(task.b.state === "open" ? [] : [again]), ...always];
}

/** @param {Task} task @returns {Choice[]} */
function signing(task) {
  if (!signRight(task, me.value).ok) return [];
  if (task.b.state === "half") return [{ name: "confirm", icon: "two", words: t("Sign as second"), small: t("you have seen it done"), act: () => confirm(task) }];
  const isAsking = task.b.capture?.length > 0;
  const small = isAsking ? t("with what it asks for") : task.b.two_person ? t("a second person signs after you") : t("your name and the time now");
  if (task.b.held) return [{ name: "early", icon: "check", words: t("Done all the same"), small: t("kept, and marked as out of order"), act: () => complete(task) }];
  const done = { name: "fill", icon: "check", words: t("Done"), small, ...(isAsking ? {} : { act: () => complete(task) }) };
  return [done, { name: "earlier", icon: "clock", words: t("Done earlier, or on paper"), small: t("give the real time") }];
}

/** @param {Task} task @returns {Choice[]} */
function asking(task) {
  const help = { name: "help", icon: "hand", words: t("Need help"), small: t("stays open, the board sees it") };
  const hand = { name: "hand", icon: "runner", words: t("Hand to another role"), small: t("yours until somebody takes it") };
  const skip = { name: "skip", icon: "skip", words: t("Skip, with a reason"), small: t("counts as skipped, not as done") };
  return task.b.state === "blocked" ? [skip] : [help, ...(task.b.held ? [] : [hand]), skip];
}
