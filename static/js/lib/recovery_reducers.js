/**
 * What a look at a unit and a count of its paper do before the server has answered. Pure.
 *
 * @typedef {import("./reducers.js").Reducer} Reducer
 */

/** The newest word about a check stands; only the server says that a unit has become confirmed. @type {Reducer} */
export function check(b, op, actor) {
  const { incident, unit, check: key, works, note = "" } = op.args;
  if (b?.checks?.[key]?.at > op.at) return null;
  const said = { works, note, by: actor.id, by_name: actor.name, at: op.at };
  const changed_at = b?.changed_at > op.at ? b.changed_at : op.at;
  return { incident, unit, checks: { ...b?.checks, [key]: said }, confirmed: works && Boolean(b?.confirmed), changed_at };
}

/** The newest count stands; the rest is measured by the most there ever was. @type {Reducer} */
export function count(b, op, actor) {
  const { incident, unit, counts, sampled, wrong } = op.args;
  if (b?.at > op.at) return null;
  const kinds = Object.keys({ ...b?.first, ...counts });
  const first = Object.fromEntries(kinds.map((kind) => [kind, Math.max(b?.first[kind] ?? 0, counts[kind] ?? 0)]));
  return { sample: 0, ...b, incident, unit, counts, first, left: sum(counts), total: sum(first), sampled, wrong, by: actor.id, by_name: actor.name, at: op.at };
}

/** @param {Record<string, number>} numbers */
const sum = (numbers) => Object.values(numbers).reduce((all, one) => all + one, 0);
