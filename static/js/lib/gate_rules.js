/** Which steps are locked, and by what: the server decides again. Pure. */

/** @typedef {import("./types.js").ViewRow} Task */
/** @typedef {{code: string, role: string, unit: string|null, title: any}} Lock  unit null: in more than one */

const SETTLED = ["done", "skipped"];

/**
 * Tasks with `waits`: what must be done first. Steps of other cards come from the gates, those of the own card from its tasks.
 * @param {Task[]} tasks @param {Task[]} all the tasks this phone holds @param {Array<{b: any}>} gates @returns {Task[]}
 */
export function withLocks(tasks, all, gates) {
  if (!tasks.some(({ b }) => b.gate || b.depends_on)) return tasks;
  return tasks.map((task) => {
    const waits = SETTLED.includes(task.b.state) ? [] : locksOf(task, all, gates);
    return waits.length > 0 ? { ...task, b: { ...task.b, waits } } : task;
  });
}

/** @param {Task} task @param {Task[]} all @param {Array<{b: any}>} gates @returns {Lock[]} */
function locksOf({ b }, all, gates) {
  const foreign = gates.filter(({ b: gate }) => gate.incident === b.incident && (b.gate ?? []).includes(gate.key) && !gate.open);
  const open = all.filter((other) => other.b.incident === b.incident && other.b.unit === b.unit && other.b.role === b.role && (other.b.occurrence ?? 1) === 1
    && (b.depends_on ?? []).includes(other.b.code) && !SETTLED.includes(other.b.state));
  const left = (/** @type {any} */ gate) => gate.units.filter((/** @type {any} */ one) => !SETTLED.includes(one.state));
  return [
    ...foreign.map(({ b: gate }) => ({ code: gate.code, role: gate.role, unit: left(gate).length === 1 ? left(gate)[0].unit : null, title: gate.title })),
    ...open.map(({ b: own }) => ({ code: own.code, role: own.role, unit: own.unit, title: own.title })),
  ];
}
