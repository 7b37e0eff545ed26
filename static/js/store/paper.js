/** What this phone holds of sheets, and rows of paper as entries. */
import { iso } from "../lib/clock.js";
import { cardsIn, sheetsOf } from "../lib/paper_rules.js";
import { record } from "./actions.js";
import { workOf } from "./at_hand.js";
import { me, rowsOf, units } from "./view.js";

/** @typedef {import("../lib/paper_rules.js").Sheet} Sheet */

/** @param {{b: any}} row */
const isMine = ({ b }) => me.value.units.includes(b.unit);

/** Steps of the person's units in what runs. */
export const stepsAtHand = () => rowsOf("task").filter((task) => isMine(task) && workOf(task.b.incident));

/** @param {string} code @returns {Sheet[]} */
export const knownSheets = (code) =>
  sheetsOf(code, { units: units.value.filter(({ id }) => me.value.units.includes(id)), plans: rowsOf("plan"), cards: rowsOf("card"), tasks: stepsAtHand() });

/** Every card of the person's units in what runs, for whoever cannot read the code. @returns {Sheet[]} */
export const cardsToChoose = () => cardsIn(stepsAtHand()).map((card) => ({ kind: "card", old: false, ...card }));

/** Colleagues of a unit, for initials. @param {string} unit @returns {Array<{id: string, name: string}>} */
export const colleagues = (unit) => rowsOf("duty").find(({ b }) => b.unit === unit)?.b.people ?? [];

/**
 * A row of the sheet: saved here at once, like a tick.
 * @param {{task: string, captured: Record<string, any>, sheet: string, about: number, signed: import("../lib/paper_entry.js").Signer[]}} row
 */
export const recordRow = ({ task, captured, sheet, about, signed }) => record("task.complete", { task, captured, note: "", paper: { sheet, about: iso(about), signed } });
