/**
 * What own words about objectives and operational periods show before the server has answered.
 *
 * @typedef {import("./reducers.js").Reducer} Reducer
 */

/** @type {Reducer} */
export function setObjective(b, op, actor) {
  const { incident, text, owner, period = 1 } = op.args;
  const who = { by: actor.id, by_name: actor.name, at: op.at, changed_by_name: actor.name, changed_at: op.at };
  return b ?? { incident, text, owner, period, state: "open", note: "", closed_in: null, ...who };
}

/** @type {Reducer} the newest word stands */
export function changeObjective(b, op, actor) {
  if (b.state === op.args.to || b.changed_at > op.at) return null;
  return { ...b, state: op.args.to, note: op.args.note ?? "", changed_by_name: actor.name, changed_at: op.at };
}

/** @type {Reducer} whoever began it stays; they may change its end */
export function beginPeriod(b, op, actor) {
  if (b && b.by !== actor.id) return null;
  const { incident, no, ends_at = null, note = "" } = op.args;
  return { incident, no, starts_at: op.at, ended_at: null, by: actor.id, by_name: actor.name, ...b, ends_at, note, changed_at: op.at };
}
