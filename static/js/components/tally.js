/** One cell a task, or one for each state where there are too many to be told apart; shape and colour tell the state, words stand beside it. */
import { now } from "../store/state.js";
import { html } from "./html.js";
import { tallyCells, tallySentence, tallyShares } from "./tally_cells.js";

/** More do not fit the width of a small phone. */
const CELLS_AT_MOST = 45;

/** @param {{tasks: Array<import("../lib/types.js").ViewRow>, nextId?: string|null, at?: number}} props */
export default function Tally({ tasks, nextId = null, at = now.value }) {
  const cells = tallyCells(tasks, { now: at, nextId });
  const drawn = cells.length > CELLS_AT_MOST ? tallyShares(cells).map(share) : cells.map((cell) => html`<i class=${cell || undefined}></i>`);
  return html`<div class="tally" role="img" aria-label=${tallySentence(cells)}>${drawn}</div>`;
}

/** @param {[cell: string, n: number]} share */
const share = ([cell, n]) => html`<i class=${cell || undefined} style=${{ flexGrow: n }}></i>`;
