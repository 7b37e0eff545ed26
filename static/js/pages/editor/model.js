/** Changing the draft: each change is shown at once, kept in this browser, and saved a moment after the last key. */
import { wallMs } from "../../lib/clock.js";
import { t } from "../../lib/text.js";
import { createApi } from "../../live/api.js";
import { autosave } from "./autosave.js";
import { forget, keep, keptOf } from "./kept.js";
import { choices, conflict, findings, openCard, removed, rev, said, saved, taken, value } from "./state.js";

const api = createApi();
let path = "";
let plan = "";

const isDraft = (/** @type {any} */ answer) => typeof answer.rev === "number";
const saver = autosave({
  now: () => value.value,
  send: (sent) => api.ask(path, { rev: rev.value, value: sent }, isDraft),
  took,
  met: async () => meet(await api.ask(path, undefined, isDraft).catch(() => null)),
  stopped: () => conflict.value !== null,
  keep: (on) => (on ? void keep(plan, { rev: rev.value, value: value.value, at: wallMs() }) : forget(plan)),
});
export const { saving, msg, save } = saver;

/** Show the draft, with what this browser has kept of it. Rejects with `{code, msg}`. @param {string} key of the plan */
export async function open(key) {
  plan = key;
  path = `/api/plans/${encodeURIComponent(key)}/draft`;
  const draft = await api.ask(path, undefined, isDraft);
  taken.value = draft.taken;
  choices.value = draft;
  show(draft);
  openCard.value = draft.value.cards?.[0]?.role ?? "";
  const kept = keptOf(key);
  if (!kept || JSON.stringify(kept.value) === JSON.stringify(draft.value)) return forget(key);
  value.value = kept.value;
  if (kept.rev !== draft.rev) return void ((saving.value = "conflict"), meet(draft));
  said.value = t("What you had typed in this browser is here again.");
  saver.schedule(0);
}

/** @param {any} draft as the server has it */
function show(draft) {
  value.value = draft.value;
  took(draft);
}

/** @param {any} draft */
function took(draft) {
  rev.value = draft.rev;
  findings.value = draft.findings;
  saved.value = { at: draft.at, by_name: draft.by_name };
}

/** Let the plan say something else. @param {(now: any) => any} change @param {string} [words] for a screen reader */
export function edit(change, words = "") {
  value.value = change(value.value);
  if (words) said.value = words;
  saver.changed();
}

/** Take something away, so that it can be put back. @param {(now: any) => any} change @param {(now: any) => any} put @param {string} words */
export function takeAway(change, put, words) {
  edit(change, words);
  removed.value = { words, put };
}

export function putBack() {
  const last = removed.value;
  if (!last) return;
  removed.value = null;
  edit(last.put, t("It is back."));
}

/** A colleague has saved since: show both, write nothing. @param {any} theirs @returns {boolean} whether theirs is known */
function meet(theirs) {
  if (theirs === null) return false;
  conflict.value = { value: theirs.value, rev: theirs.rev, by_name: theirs.by_name, at: theirs.at };
  said.value = t("{name} has saved this draft since. Nothing of yours is written yet.", { name: theirs.by_name });
  return true;
}

/** Go on with what the colleague wrote; one's own text is let go. */
export async function takeTheirs() {
  conflict.value = null;
  forget(plan);
  show(await api.ask(path, undefined, isDraft));
  saving.value = "saved";
}

/** Write one's own over what one has just been shown. */
export async function keepMine() {
  if (!conflict.value) return;
  rev.value = conflict.value.rev;
  conflict.value = null;
  await save();
}

/** Send it to review. @returns {Promise<string>} what stands against it, "" when it went */
export async function submit() {
  if (saving.value !== "saved") await save();
  if (saving.value !== "saved") return t("It is not saved yet.");
  try {
    await api.ask(`${path}/submit`, { rev: rev.value }, (answer) => typeof answer.version === "string");
    forget(plan);
    return "";
  } catch (error) {
    return /** @type {any} */ (error).msg || t("No contact with the server. Try once more.");
  }
}
