/** Rows as they are shown: the base with own ops replayed over it, one computed list per type. */

import { computed } from "@preact/signals";

import { pendingState, replay } from "../lib/overlay.js";
import { ownRows, placed } from "../lib/own_overlay.js";
import { placesOf } from "../lib/own_start.js";
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

/** Which rows the base holds, whatever own ops say. @type {Map<string, import("@preact/signals").ReadonlySignal<Shown>>} */
const plains = new Map();

/** @param {string} type */
function plainOf(type) {
  const known = plains.get(type) ?? computed(() => plainRows(type));
  plains.set(type, known);
  return known;
}

/** Where the tasks went whose run was taken in by another: from the old name to the present one. */
export const places = computed(() => placesOf(plainOf("local_run").value.list, plainOf("task").value.list));

/** An op of another type leaves the list as it is, so nothing that shows it is drawn again. @param {string} type */
function showing(type) {
  return computed(() => {
    const [person, plain] = [session.value?.user, plainOf(type).value];
    if (!person || live.value.length === 0) return plain;
    const actor = { id: person.id, name: person.name, device: session.value?.device };
    const begun = ownRows(type, live.value, found, actor);
    const concerned = live.value.filter(({ op }) => REDUCERS[op.kind]?.t === type).map(({ op, pending }) => ({ op: placed(op, found, places.value), pending }));
    if (begun.size + concerned.length === 0) return plain;
    const byId = new Map([...plain.byId, ...begun]);
    for (const [id, row] of replay(type, byId, concerned, actor)) byId.set(id, row);
    return { list: [...byId.values()], byId };
  });
}

/** @param {string} type */
const found = (type) => plainOf(type).value.byId;

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
