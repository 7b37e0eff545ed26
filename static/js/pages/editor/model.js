/** Changing the draft: each change is shown at once, kept in this browser, and saved a moment after the last key. */
import { wallMs } from "../../lib/clock.js";
import { t } from "../../lib/text.js";
import { createApi } from "../../live/api.js";
import { forget, keep, keptOf } from "./kept.js";
import { choices, conflict, findings, openCard, removed, rev, said, saved, saving, taken, value } from "./state.js";

const AFTER_TYPING_MS = 700;
const AGAIN_MS = 5_000;
const DEADLINE_CODES = ["no_contact", "not_ours", "try_later"];

const api = createApi();
let path = "";
let plan = "";
let timer = 0;
let busy = false;

const isDraft = (/** @type {any} */ answer) => typeof answer.rev === "number";

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
  if (kept.rev !== draft.rev) return meet(draft);
  said.value = t("What you had typed in this browser is here again.");
  schedule(0);
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
  saved.value = { at: draft.at, by_name: draft.by_name, msg: "" };
  saving.value = "saved";
}

/** Let the plan say something else. @param {(now: any) => any} change @param {string} [words] for a screen reader */
export function edit(change, words = "") {
  value.value = change(value.value);
  if (words) said.value = words;
  if (conflict.value) return;
  saving.value = "typing";
  keep(plan, { rev: rev.value, value: value.value, at: wallMs() });
  schedule(AFTER_TYPING_MS);
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

/** @param {number} ms */
function schedule(ms) {
  clearTimeout(timer);
  timer = window.setTimeout(save, ms);
}

/** Save what stands there now; resolves when it is saved or cannot be. */
export async function save() {
  clearTimeout(timer);
  if (busy || conflict.value) return;
  busy = true;
  const sent = value.value;
  saving.value = "saving";
  try {
    const answer = await api.ask(path, { rev: rev.value, value: sent }, isDraft);
    took(answer);
    if (value.value === sent) forget(plan);
    else edit((now) => now);
  } catch (error) {
    await failed(/** @type {any} */ (error));
  } finally {
    busy = false;
    if (wasRefused() && value.value !== sent) schedule(AFTER_TYPING_MS);
  }
}

const wasRefused = () => saving.value === "refused";

/** @param {{code: string, msg: string, status?: number}} error */
async function failed(error) {
  if (error.code === "changed_meanwhile") return meet(await api.ask(path, undefined, isDraft).catch(() => null));
  if (DEADLINE_CODES.includes(error.code)) {
    saving.value = "kept";
    return schedule(AGAIN_MS);
  }
  saved.value = { ...saved.value, msg: error.msg };
  saving.value = error.status === 401 ? "sign_in" : "refused";
}

/** A colleague has saved since: show both, write nothing. @param {any} theirs */
function meet(theirs) {
  if (theirs === null) {
    saving.value = "kept";
    return schedule(AGAIN_MS);
  }
  saving.value = "conflict";
  conflict.value = { value: theirs.value, rev: theirs.rev, by_name: theirs.by_name, at: theirs.at };
  said.value = t("{name} has saved this draft since. Nothing of yours is written yet.", { name: theirs.by_name });
}

/** Go on with what the colleague wrote; one's own text is let go. */
export async function takeTheirs() {
  conflict.value = null;
  forget(plan);
  show(await api.ask(path, undefined, isDraft));
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
