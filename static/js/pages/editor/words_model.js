/** The plan's words in another language: written beside the draft, saved as the draft is. */
import { computed, signal } from "@preact/signals";

import { wallMs } from "../../lib/clock.js";
import { standings, textsOf, wordsToKeep } from "../../lib/plan_texts.js";
import { t } from "../../lib/text.js";
import { createApi } from "../../live/api.js";
import { autosave } from "./autosave.js";
import { forget, keep, keptOf } from "./kept.js";
import { said, tongue, value } from "./state.js";

/** @typedef {{en: string, rule: string, msg: string}} Remark */

const api = createApi();
const isWords = (/** @type {any} */ answer) => typeof answer.rev === "number" && Array.isArray(answer.found);

/** English text -> what it is, as it stands on the screen. */
export const words = signal(/** @type {Record<string, string>} */ ({}));
export const remarks = signal(/** @type {Remark[]} */ ([]));
export const wordsConflict = signal(/** @type {null|{words: Record<string, string>, rev: number, by_name: string, at: string}} */ (null));
export const wordsSaved = signal({ at: "", by_name: "" });
const before = signal(/** @type {import("../../lib/plan_texts.js").Before} */ ({}));
let rev = 0;
let plan = "";

/** Every text of the draft as it stands in the language. */
export const standing = computed(() => standings(textsOf(value.value), words.value, before.value));

const path = () => `/api/plans/${encodeURIComponent(plan)}/draft/words/${tongue.value}`;
const place = () => `${plan}.${tongue.value}`;
const saver = autosave({
  now: () => words.value,
  send: () => api.ask(path(), { rev, texts: wordsToKeep(standing.value, words.value) }, isWords),
  took,
  met: async () => meet(await api.ask(path(), undefined, isWords).catch(() => null)),
  stopped: () => wordsConflict.value !== null,
  keep: (on) => (on ? void keep(place(), { rev, value: { id: place(), words: words.value }, at: wallMs() }) : forget(place())),
});
export const { saving: wordsSaving, msg: wordsMsg, save: saveWords } = saver;

/** Show the words of a language beside the draft; "" goes back to the plan itself. @param {string} key of the plan @param {string} language */
export async function openWords(key, language) {
  if (wordsSaving.value !== "saved") await saveWords();
  if (!language) return void (tongue.value = "");
  const answer = await api.ask(`/api/plans/${encodeURIComponent(key)}/draft/words/${language}`, undefined, isWords);
  plan = key;
  tongue.value = language;
  show(answer);
  const kept = keptOf(place());
  if (!kept || JSON.stringify(kept.value.words) === JSON.stringify(answer.texts)) return forget(place());
  words.value = kept.value.words;
  if (kept.rev !== rev) return void ((wordsSaving.value = "conflict"), meet(answer));
  said.value = t("What you had typed in this browser is here again.");
  saver.schedule(0);
}

/** @param {any} answer */
function show(answer) {
  words.value = answer.texts;
  before.value = answer.before;
  took(answer);
}

/** @param {any} answer */
function took(answer) {
  rev = answer.rev;
  remarks.value = answer.found;
  wordsSaved.value = { at: answer.at ?? "", by_name: answer.by_name };
}

/** Let an English text be called something. @param {string} en @param {string} what "" is nothing yet */
export function sayIn(en, what) {
  const { [en]: _was, ...rest } = words.value;
  words.value = what ? { ...words.value, [en]: what } : rest;
  saver.changed();
}

/** @param {any} theirs @returns {boolean} whether theirs is known */
function meet(theirs) {
  if (theirs === null) return false;
  wordsConflict.value = { words: theirs.texts, rev: theirs.rev, by_name: theirs.by_name, at: theirs.at };
  said.value = t("{name} has saved these words since. Nothing of yours is written yet.", { name: theirs.by_name });
  return true;
}

/** Go on with what the colleague wrote; one's own words are let go. */
export async function takeTheirWords() {
  wordsConflict.value = null;
  forget(place());
  show(await api.ask(path(), undefined, isWords));
  wordsSaving.value = "saved";
}

/** Write one's own over what one has just been shown. */
export async function keepMyWords() {
  if (!wordsConflict.value) return;
  rev = wordsConflict.value.rev;
  wordsConflict.value = null;
  await saveWords();
}
