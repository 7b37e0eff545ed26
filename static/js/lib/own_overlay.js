/**
 * What own starts show before the server has answered: the run, its tasks, and the incident that a unit joins. What the
 * base holds wins, as it is what everybody sees. Pure.
 *
 * @typedef {import("./types.js").Entry} Entry
 * @typedef {import("./types.js").Row} Row
 * @typedef {import("./types.js").ViewRow} ViewRow
 * @typedef {import("./types.js").Actor} Actor
 * @typedef {Array<{op: Entry, pending: "saved"|"sent"}>} Live
 * @typedef {(type: string) => Map<string, ViewRow>} Find  rows of the base by id
 */

import { madeAt } from "./overlay.js";
import { cardsFor, ownTasks, runOf } from "./own_start.js";

/** @type {Record<string, (live: Live, find: Find, actor: Actor) => Map<string, ViewRow>>} the types of rows that these ops change */
const RULES = { local_run: runs, task: tasks, incident: joined };
const KINDS = ["run.start", "run.merge", "run.end"];

/** @param {string} type @param {Live} live @param {Find} find @param {Actor} actor @returns {Map<string, ViewRow>} rows that differ from the base */
export function ownRows(type, live, find, actor) {
  const concerned = live.filter(({ op }) => KINDS.includes(op.kind));
  return concerned.length > 0 && RULES[type] ? RULES[type](concerned, find, actor) : new Map();
}

/** An op that names what a declared incident has taken in, as it is called now. @param {Entry} op @param {Find} find @param {Map<string, string>} places of the tasks @returns {Entry} */
export function placed(op, find, places) {
  const { task, incident } = op.args;
  if (task && places.has(task)) return { ...op, args: { ...op.args, task: places.get(task) } };
  const into = incident && find("local_run").get(incident)?.b.adopted_into;
  return into ? { ...op, args: { ...op.args, incident: into } } : op;
}

/** @param {Live} live @param {Find} find @param {Actor} actor */
function runs(live, find, actor) {
  /** @type {Map<string, ViewRow>} */
  const shown = new Map();
  for (const { op, pending } of live) {
    if (op.kind === "run.start" && op.args.incident) continue;
    const id = op.kind === "run.start" ? runOf(op.args) : op.args.run;
    const before = shown.get(id) ?? find("local_run").get(id);
    const b = AFTER[op.kind](before?.b ?? null, op, actor, find);
    if (b) shown.set(id, { ...(before ?? { id, t: "local_run", scope: `unit:${b.unit}`, seq: 0 }), b, pending });
  }
  return shown;
}

/** @type {Record<string, (b: any, op: Entry, actor: Actor, find: Find) => any>} the run's body after an op, null when nothing is to be seen */
const AFTER = {
  "run.start": (b, op, actor, find) => {
    const start = { by: actor.id, by_name: actor.name, at: startedAt(op) };
    if (!b) return begun(op, start, find);
    return b.state !== "local" || b.starts.some((/** @type {any} */ one) => one.by === actor.id) ? null : { ...b, starts: [...b.starts, start] };
  },
  "run.end": (b, op) => (b?.state === "local" ? { ...b, state: "closed", ended_at: madeAt(op) } : null),
  "run.merge": (b, op) => (b?.state === "local" ? { ...b, merge_with: null, joining: op.args.into } : null),
};

/** @param {Entry} op @param {{by: string, by_name: string, at: string}} start @param {Find} find */
function begun({ args }, start, find) {
  const plan = find("plan").get(args.plan)?.b;
  return {
    unit: args.unit, plan: args.plan, plan_title: plan?.title ?? args.plan, kind: "real", day: args.day, shift: args.shift,
    started_at: start.at, by: start.by, by_name: start.by_name, starts: [start], state: "local", adopted_into: null, into_run: null,
    adopted_at: null, merge_with: null, ended_at: null, do_now: plan?.do_now ?? "", works: plan?.works ?? [],
  };
}

/** Tasks that the base does not hold yet; none once the run was taken in, as then others stand in their place. @param {Live} live @param {Find} find */
function tasks(live, find) {
  /** @type {Map<string, ViewRow>} */
  const shown = new Map();
  for (const { op } of live) {
    if (op.kind !== "run.start" || find("local_run").get(runOf(op.args))?.b.into_run) continue;
    for (const { id, b } of tasksOf(op, find)) {
      if (!find("task").has(id)) shown.set(id, { id, t: "task", scope: `unit:${b.unit}`, seq: 0, b, pending: null });
    }
  }
  return shown;
}

/** @param {Entry} op @param {Find} find */
function tasksOf(op, find) {
  const { unit, plan, incident } = op.args;
  const [run, into] = [runOf(op.args), incident && find("incident").get(incident)?.b];
  const type = find("unit").get(unit)?.b.type;
  if (incident && !into) return [];
  const began = find("local_run").get(run)?.b.started_at ?? startedAt(op);
  const clocks = into ? into.clocks : { T0: began, TD: began };
  return ownTasks({ run, unit, plan, incident: incident ?? run, kind: into?.kind ?? "real", clocks, cards: cardsFor(find("card").values(), plan, type) });
}

/** An incident has one more unit. @param {Live} live @param {Find} find */
function joined(live, find) {
  /** @type {Map<string, ViewRow>} */
  const shown = new Map();
  for (const { op, pending } of live) {
    const { incident, unit } = op.args;
    const before = op.kind === "run.start" && incident ? (shown.get(incident) ?? find("incident").get(incident)) : null;
    if (before && !before.b.units?.includes(unit)) shown.set(incident, { ...before, b: { ...before.b, units: [...(before.b.units ?? []), unit] }, pending });
  }
  return shown;
}

/** @param {Entry} op */
const startedAt = (op) => (op.args.started && op.args.started < madeAt(op) ? op.args.started : madeAt(op));
