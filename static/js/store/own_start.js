/** Starting the cards of a plan without anybody's leave: in an incident that runs elsewhere, or by itself. */

import { now } from "../lib/clock.js";
import { running } from "../lib/order.js";
import { cardsFor, freshStart, shiftOf } from "../lib/own_start.js";
import { record } from "./actions.js";
import { workOf } from "./at_hand.js";
import { row, rowsOf } from "./rows.js";
import { session } from "./state.js";
import { me } from "./view.js";

/** @typedef {import("../lib/types.js").ViewRow} ViewRow */

/** Plans with a card for a unit, those for a sudden failure first. @param {string|undefined} unit @returns {ViewRow[]} */
export function plansFor(unit) {
  const type = row("unit", unit ?? "")?.b.type;
  const planned = (/** @type {ViewRow} */ { b }) => (b.kind === "planned" ? 1 : 0);
  return rowsOf("plan")
    .filter(({ id }) => cardsFor(rowsOf("card"), id, type).length > 0)
    .sort((a, b) => planned(a) - planned(b) || a.b.title.localeCompare(b.b.title));
}

/** Units of the person for which a plan has a card. @param {string} [plan] any plan when not given */
export const unitsToStart = (plan) => me.value.units.filter((unit) => plansFor(unit).some(({ id }) => !plan || id === plan));

/** The running real incident of a plan that does not name the unit. @param {string} plan @param {string} unit @returns {ViewRow|null} */
export const runsElsewhere = (plan, unit) =>
  running(rowsOf("incident")).find(({ b }) => b.kind === "real" && b.plan === plan && b.units && !b.units.includes(unit)) ?? null;

/** Resolves when it is kept on this phone; needs no server. @param {{unit: string, plan: string}} what */
export function startCards({ unit, plan }) {
  const incident = runsElsewhere(plan, unit)?.id ?? null;
  const args = { unit, plan, incident, started: null, ...shiftOf(now(), session.value?.site.tz), version: row("plan", plan)?.b.version };
  return record("run.start", freshStart(args, isOver));
}

/** Whether an earlier start of this name is over: its ticks must not be taken for new ones. @param {string} run */
function isOver(run) {
  const b = row("local_run", run)?.b;
  return Boolean(b) && b.state !== "local" && workOf(b.adopted_into) === null;
}
