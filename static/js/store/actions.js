/** What people do. Recording is never refused; asking the server may be. */

import { t } from "../lib/text.js";
import { keep, makeOp, person, reloadOps } from "./ledger.js";
import { parts, wake } from "./parts.js";
import { contact, ops, toast } from "./state.js";
import { said } from "./view.js";

export { go } from "./address.js";
export { askServer } from "./ask.js";
export { signIn, signOut } from "./signing.js";

const TOAST_MS = 10_000;
const REOPENED_BY = ["task.complete", "task.skip", "task.block", "task.confirm"];

/** @type {ReturnType<typeof setTimeout>|undefined} */
let toastTimer;

/** Resolves when the op is stored on this phone. @param {string} kind @param {any} args @returns {Promise<import("../lib/types.js").Op>} */
export async function record(kind, args) {
  const entry = await keep(makeOp(kind, args));
  void wake();
  return entry;
}

/**
 * Take an entry back: one that never left the phone is dropped, another is answered by reopening its task.
 * @param {string} opId @returns {Promise<boolean>} whether anything could be taken back
 */
export async function undo(opId) {
  person();
  if (toast.value?.undo === opId) say("");
  const entry = ops.value.find((op) => op.id === opId);
  if (await parts.outbox?.withdraw(opId)) {
    await reloadOps();
    parts.channel.post({ kind: "ops", user: parts.outbox?.user });
    return true;
  }
  if (!entry || !REOPENED_BY.includes(entry.kind)) return false;
  await record("task.reopen", { task: entry.args.task, reason: t("Taken back") });
  return true;
}

/** An update was opened, not only received. Repeating it records nothing new. @param {string} broadcastId */
export async function markRead(broadcastId) {
  if (!said("broadcast.receive", broadcastId, true)) await record("broadcast.receive", { broadcast: broadcastId, read: true });
}

/** Show a short message. @param {string} text "" takes it away @param {string} [undoId] the op that can be taken back */
export function say(text, undoId) {
  clearTimeout(toastTimer);
  toast.value = text ? { text, ...(undoId ? { undo: undoId } : {}) } : null;
  if (text) toastTimer = setTimeout(() => say(""), TOAST_MS);
}

/** Talk to the server now, because somebody asks for it. @returns {Promise<string>} the state of contact after it, in the tab that talks */
export async function tryNow() {
  await wake();
  return contact.value.state;
}

/** Half-written things, kept on this phone until they are sent or dropped. */
export const drafts = {
  /** @param {string} name @returns {Promise<any>} undefined when there is none */
  load: async (name) => parts.outbox?.loadDraft(name),
  /** @param {string} name @param {unknown} value */
  save: async (name, value) => void (await parts.outbox?.saveDraft(name, value)),
  /** @param {string} name */
  drop: async (name) => void (await parts.outbox?.dropDraft(name)),
};
