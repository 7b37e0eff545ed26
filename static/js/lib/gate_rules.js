/** Which steps are locked, and by what: the server decides again. Pure. */

/** @typedef {import("./types.js").ViewRow} Task */
/** @typedef {{code: string, role: string, unit: string|null, title: any}} Lock  unit null: in more than one */

const SETTLED = ["done", "skipped"];

/**
 * Tasks with `waits`: the steps of other cards that must be done first.
 * @param {Task[]} tasks @param {Array<{b: any}>} gates @returns {Task[]}
 */
export function withLocks(tasks, gates) {
  if (!tasks.some(({ b }) => b.gate)) return tasks;
  return tasks.map((task) => {
    const waits = SETTLED.includes(task.b.state) ? [] : locksOf(task, gates);
    return waits.length > 0 ? { ...task, b: { ...task.b, waits } } : task;
  });
}

/** @param {Task} task @param {Array<{b: any}>} gates @returns {Lock[]} */
function locksOf({ b }, gates) {
  const foreign = gates.filter(({ b: gate }) => gate.incident === b.incident && (b.gate ?? []).includes(gate.key) && !gate.open);
  const left = (/** @type {any} */ gate) => gate.units.filter((/** @type {any} */ one) => !SETTLED.includes(one.state));
  return foreign.map(({ b: gate }) => ({ code: gate.code, role: gate.role, unit: left(gate).length === 1 ? left(gate)[0].unit : null, title: gate.title }));
}
