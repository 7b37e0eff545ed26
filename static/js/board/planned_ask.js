/** What a leader asks the server about a planned downtime, one at a time; the answer stands beside the button. */
import { signal } from "@preact/signals";

import { hasMoved } from "../lib/advance_rules.js";
import { askServer } from "../store/actions.js";
import { refusalWords } from "./words.js";

export const asking = signal("");
/** @type {import("@preact/signals").Signal<{kind: string, incident: string, words: string}|null>} why the last one was not done */
export const refused = signal(null);

/** @param {string} kind @param {any} args @returns {Promise<boolean>} whether it is done, by us or by somebody who was first */
export async function ask(kind, args) {
  if (asking.value) return false;
  asking.value = kind;
  refused.value = null;
  try {
    const result = await askServer(kind, args);
    if (!hasMoved(result)) refused.value = { kind, incident: args.incident, words: result.msg ?? "" };
    return hasMoved(result);
  } catch (error) {
    refused.value = { kind, incident: args.incident, words: refusalWords(error) };
    return false;
  } finally {
    asking.value = "";
  }
}
