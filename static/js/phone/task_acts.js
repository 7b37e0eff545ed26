/** What a person does with a step, as ops; each says in the toast what was kept. */
import { t } from "../lib/text.js";
import { record, say } from "../store/actions.js";
import { given } from "./captured.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */

/** @param {Task} task @param {Record<string, any>} [captured] @param {string} [note] */
export const complete = (task, captured = {}, note = "") =>
  once(task, () => kept(record("task.complete", { task: task.id, captured: given(captured), note }), t("{code} ticked, saved here", { code: task.b.code }), true));

/** @param {Task} task */
export const confirm = (task) =>
  once(task, () => kept(record("task.confirm", { task: task.id }), t("{code} signed, saved here", { code: task.b.code }), true));

/** @param {Task} task @param {string} reason */
export const skip = (task, reason) =>
  kept(record("task.skip", { task: task.id, reason }), t("{code} skipped, saved here", { code: task.b.code }), true);

/** @param {Task} task @param {string} note */
export const needHelp = (task, note) =>
  kept(record("task.block", { task: task.id, note }), t("{code} needs help, saved here", { code: task.b.code }), true);

/** @param {Task} task @param {string} reason */
export const reopen = (task, reason) =>
  kept(record("task.reopen", { task: task.id, reason }), t("{code} is open again, saved here", { code: task.b.code }));

/** @param {Task} task @param {string} text */
export const flagStep = (task, text) => kept(record("step.flag", { task: task.id, text }), t("Told to the owner of the plan. Do what is safe."));

/** @param {Task} task @param {string} text */
export const addNote = (task, text) =>
  kept(record("note.add", { incident: task.b.incident, unit: task.b.unit, text: `${task.b.code}: ${text}` }), t("Note saved on this phone."));

/** Steps whose tick or signature is on its way into the storage and the picture. @type {Set<string>} */
const underWay = new Set();

/** A thumb that trembles taps twice: while the first tap is on its way, a second one is none. @param {Task} task @param {() => Promise<boolean>} act */
async function once({ id }, act) {
  if (underWay.has(id)) return false;
  underWay.add(id);
  return act().finally(() => underWay.delete(id));
}

/**
 * Recording is refused only when no storage at all takes it; then the person must know, and write it on paper.
 * @param {Promise<{id: string}>} op @param {string} words @param {boolean} [canUndo]
 */
export async function kept(op, words, canUndo = false) {
  try {
    const { id } = await op;
    say(words, canUndo ? id : undefined);
    return true;
  } catch {
    say(t("This phone could not keep it. Write it on paper."));
    return false;
  }
}
