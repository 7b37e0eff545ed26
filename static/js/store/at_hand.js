/**
 * What the person's unit works on: a declared incident, or what the unit has begun by itself, in the shape of one, so
 * that Now, the card and the help screen need not know the difference.
 */

import { computed } from "@preact/signals";

import { toMs } from "../lib/clock.js";
import { areAwaited } from "../lib/awaited.js";
import { running } from "../lib/order.js";
import { places, row, rowsOf } from "./rows.js";
import { now, ops } from "./state.js";
import { position } from "./tables.js";
import { currentIncident, me } from "./view.js";

/** @typedef {import("../lib/types.js").ViewRow} ViewRow */
const ON_ITS_WAY_MS = 10 * 60_000;

/** Own starts of the person's units that nobody has declared, the one they began themselves first, then the oldest. */
export const ownRuns = computed(() => {
  const mine = (/** @type {ViewRow} */ { b }) => (b.starts.some((/** @type {any} */ start) => start.by === me.value.id) ? 0 : 1);
  return rowsOf("local_run")
    .filter((run) => me.value.units.includes(run.b.unit) && (run.b.state === "local" || isOnItsWay(run)))
    .sort((a, b) => mine(a) - mine(b) || toMs(a.b.started_at) - toMs(b.b.started_at))
    .map(asIncident);
});

/**
 * What is shown first: something real before an exercise, the declared before the own. A declaration that takes in an own
 * start reaches the phone in two parts, the incident and the unit's tasks: until both are here, what was there stays.
 * @type {import("@preact/signals").ReadonlySignal<ViewRow|null>}
 */
export const atHand = computed(() => {
  const incident = currentIncident.value;
  const replaced = ownRuns.value.find(({ b }) => b.plan === incident?.b.plan && incident?.b.units?.includes(b.unit));
  if (incident && replaced && !rowsOf("task").some(({ b }) => b.incident === incident.id && b.unit === replaced.b.unit)) return replaced;
  return incident?.b.kind === "real" ? incident : (ownRuns.value[0] ?? incident);
});

/** Taken in by an incident that this phone has not heard of yet. @param {ViewRow} run */
const isOnItsWay = ({ b }) =>
  b.state === "adopted" && now.value - toMs(b.adopted_at) < ON_ITS_WAY_MS && !row("incident", b.adopted_into) && !row("local_run", b.adopted_into);

/** One that runs, declared or own, by its id. @param {string|undefined} id @returns {ViewRow|null} */
export const workOf = (id) => [...running(rowsOf("incident")), ...ownRuns.value].find((one) => one.id === id) ?? null;

/** @param {ViewRow} run @returns {ViewRow} */
function asIncident(run) {
  const { b } = run;
  const clocks = { T0: b.started_at, TD: b.started_at };
  return { ...run, id: b.adopted_into ?? run.id, b: { ...b, state: "local", no: null, title: b.plan_title, level: null, services: row("plan", b.plan)?.b.services ?? [], clocks, units: [b.unit], lead: b.by, lead_name: b.by_name } };
}

/** Whether steps of a unit, or of any of the person's, may still be on their way to this phone. @param {ViewRow} work @param {string} [unit] */
export const stepsAwaited = (work, unit) => (unit ? [unit] : me.value.units).some((one) => areAwaited(work, one, position.value.pulled));

/** Whether the server has ever told this phone what there is; until then nothing is known, not even that all is quiet. */
export const isInformed = () => Object.keys(position.value.cursors).length > 0;

/** Own starts that an incident has taken in, of the person's units, the oldest first. @param {string} incident @returns {ViewRow[]} */
export const takenInBy = (incident) =>
  rowsOf("local_run").filter(({ b }) => b.adopted_into === incident && me.value.units.includes(b.unit)).sort((a, b) => toMs(a.b.started_at) - toMs(b.b.started_at));

/** How many of the person's own entries went along. @param {ViewRow} run */
export const entriesOf = (run) =>
  ops.value.filter(({ kind, args }) => kind !== "run.start" && (args.incident === run.id || (args.task && places.value.has(args.task)))).length;

/** The present name of a task that an entry names. @param {string|undefined} id */
export const taskNow = (id) => row("task", places.value.get(id ?? "") ?? id ?? "");

/** Its first name, which stays the same when a declaration takes it in: what is half written down is kept under it. @param {string} id */
export const firstNameOf = (id) => [...places.value].find(([, place]) => place === id)?.[0] ?? id;
