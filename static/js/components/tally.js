/** One cell a task; shape and colour tell the state, words stand beside it. */
import { now } from "../store/state.js";
import { html } from "./html.js";
import { tallyCells, tallySentence } from "./tally_cells.js";

/** @param {{tasks: Array<import("../lib/types.js").ViewRow>, nextId?: string|null}} props */
export default function Tally({ tasks, nextId = null }) {
  const cells = tallyCells(tasks, { now: now.value, nextId });
  return html`<div class="tally" role="img" aria-label=${tallySentence(cells)}>${cells.map((cell) => html`<i class=${cell || undefined}></i>`)}</div>`;
}
