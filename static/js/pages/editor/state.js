/** The draft on the screen: what it says, which save it is, and what was found in it. One owner: model.js changes it. */
import { signal } from "@preact/signals";

/**
 * @typedef {{path: Array<string|number>, line: number, rule: string, msg: string}} Finding
 * @typedef {{roles: Array<{code: string, title: any}>, unit_types: Array<{code: string, title: any}>,
 *   units: Array<{id: string, name: string, type: string}>, services: Array<{code: string, title: string}>}} Choices
 * @typedef {"saved"|"typing"|"saving"|"kept"|"sign_in"|"refused"|"conflict"} Saving  `kept`: only in this browser
 */

/** What the plan says now: groups, lists and texts. */
export const value = signal(/** @type {any} */ (null));
/** The server's save that it was made on. */
export const rev = signal(0);
export const findings = signal(/** @type {Finding[]} */ ([]));
/** When it was saved last, and by whom. */
export const saved = signal({ at: "", by_name: "" });
export const choices = signal(/** @type {Choices} */ ({ roles: [], unit_types: [], units: [], services: [] }));
export const taken = signal(/** @type {Record<string, string[]>} */ ({}));
/** What a colleague has saved meanwhile; nothing is written until somebody decides. */
export const conflict = signal(/** @type {null|{value: any, rev: number, by_name: string, at: string}} */ (null));
/** The last thing that was taken away, and how to put it back. */
export const removed = signal(/** @type {null|{words: string, put: (value: any) => any}} */ (null));
/** What a screen reader hears. */
export const said = signal("");
/** Role of the card that is open; "" is the plan itself. */
export const openCard = signal("");
/** Code of the step whose form is open. */
export const openStep = signal("");
/** Unit that the preview stands for; "" is any. */
export const unit = signal("");
/** On a narrow screen: the form or the preview. */
export const pane = signal(/** @type {"form"|"preview"} */ ("form"));
/** The language whose words are written; "" is the plan itself, in English. */
export const tongue = signal("");
