/**
 * A row of a sheet as an entry: what the overlay shows before the server has answered (ADR 36). Pure.
 *
 * @typedef {{initials: string, person: string|null}} Signer
 * @typedef {{sheet: string, about: string, signed: Signer[]}} PaperEntry
 */

/** JK, or JK + MB. @param {Signer[]} signed */
export const initialsOf = (signed) => signed.map(({ initials }) => initials).join(" + ");

/** Two different people, by who they are or by their letters. @param {Signer[]} signed */
export const areTwo = (signed) => new Set(signed.map(({ initials, person }) => person ?? initials.toUpperCase())).size > 1;

/** @type {import("./reducers.js").Reducer} */
export function fromPaper(b, op, actor) {
  const { about, sheet, signed } = /** @type {PaperEntry} */ (op.args.paper);
  const at = about < op.at ? about : op.at;
  const isSettled = ["done", "skipped"].includes(b.state);
  const sign = { by: actor.id, by_name: actor.name, what: "complete", at, st: isSettled ? "superseded" : "ok", op: op.id, paper: { sheet, signed } };
  const kept = { ...b, signs: [...(b.signs ?? []), sign] };
  if (isSettled) return kept;
  if (b.two_person && !areTwo(signed)) return null;
  const captured = { ...b.captured, ...op.args.captured };
  return { ...kept, state: "done", by: actor.id, by_name: initialsOf(signed), at, captured, note: op.args.note ?? "", reason: "" };
}
