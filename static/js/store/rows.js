/** Rows as they are shown: the base with own ops replayed over it, one computed list per type. */

import { computed } from "@preact/signals";

import { pendingState, replay } from "../lib/overlay.js";
import { REDUCERS } from "../lib/reducers.js";
import { ops, session } from "./state.js";
import { knownEpoch, position, table } from "./tables.js";

/**
 * @typedef {import("../lib/types.js").ViewRow} ViewRow
 * @typedef {{list: ViewRow[], byId: Map<string, ViewRow>}} Shown
 */

const CODED = new Set(["role", "service"]);

/** Own ops that are still in the overlay. */
export const live = computed(() =>
  ops.value.flatMap((op) => {
    const pending = pendingState(op, { ...position.value, server_epoch: knownEpoch() });
    return pending === null ? [] : [{ op, pending }];
  }),
);

/** @type {Map<string, import("@preact/signals").ReadonlySignal<Shown>>} */
const shown = new Map();

/** @param {string} type */
function shownOf(type) {
  const known = shown.get(type) ?? showing(type);
  shown.set(type, known);
  return known.value;
}

/** An op of another type leaves the list as it is, so nothing that shows it is drawn again. @param {string} type */
function showing(type) {
  const plain = computed(() => plainRows(type));
  return computed(() => {
    const person = session.value?.user;
    const concerned = live.value.filter(({ op }) => REDUCERS[op.kind]?.t === type);
    if (!person || concerned.length === 0) return plain.value;
    const actor = { id: person.id, name: person.name, device: session.value?.device };
    const byId = new Map(plain.value.byId);
    for (const [id, row] of replay(type, byId, concerned, actor)) byId.set(id, row);
    return { list: [...byId.values()], byId };
  });
}

/** Some rows lie in two scopes (a request for help); whichever copy has come further is shown. @param {string} type @returns {Shown} */
function plainRows(type) {
  /** @type {Map<string, any>} */
  const byId = new Map();
  for (const row of table(type).value.values()) {
    // A role or a service is known by its code; its row id only keeps it apart from a unit of the same name.
    const id = row.b.code && CODED.has(type) ? row.b.code : row.id;
    if (!byId.has(id) || newer(row, byId.get(id))) byId.set(id, { ...row, id, pending: null });
  }
  return { list: [...byId.values()], byId };
}

/** @param {any} a @param {any} b the two copies of one row; the one whose state changed last */
function newer(a, b) {
  const changed = (/** @type {any} */ row) => row.b.changed_at ?? row.b.closed_at ?? row.b.taken_at ?? row.b.at ?? "";
  return changed(a) > changed(b);
}

/** @param {string} type @returns {ViewRow[]} */
export const rowsOf = (type) => shownOf(type).list;

/** @param {string} type @param {string} id @returns {ViewRow|null} */
export const row = (type, id) => shownOf(type).byId.get(id) ?? null;
