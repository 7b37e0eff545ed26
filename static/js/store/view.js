/** What the screens show, computed from rows and own ops. Plain names are signals, functions read signals. */

import { computed } from "@preact/signals";

import { toMs } from "../lib/clock.js";
import { handedOf } from "../lib/handed.js";
import { withLocks } from "../lib/gate_rules.js";
import { withHolds } from "../lib/hold_rules.js";
import { isFinal, madeAt, resultState } from "../lib/overlay.js";
import { byOrder, inCardOrder, nextOf, running, startOf } from "../lib/order.js";
import { leads, mayDo } from "../lib/permissions.js";
import { waiting } from "../lib/planned_rules.js";
import { withTaken } from "../lib/step_rules.js";
import { row, rowsOf } from "./rows.js";
import { handed, now, ops, session } from "./state.js";
import { knownEpoch } from "./tables.js";

const MINUTE_MS = 60_000;

export { row, rowsOf };

/** @typedef {import("../lib/types.js").ViewRow} ViewRow */

/** Who the person is now: the `me` row, which changes during a shift, over what the sign-in said. */
export const me = computed(() => {
  const user = session.value?.user;
  if (!user) return { id: "", name: "", roles: [], units: [], memberships: [], duty: [], places: [], standby: [] };
  const b = row("me", user.id)?.b ?? {};
  const [memberships, duty] = [b.memberships ?? user.memberships ?? [], [...(b.duty ?? []), ...takenOver(user.id)]];
  const places = [...memberships, ...duty];
  const roles = unique([...(b.roles ?? user.roles ?? []), ...places.map((place) => place.role)]);
  const units = unique([...(b.units ?? user.units ?? []), ...places.map((place) => place.unit)]);
  return { id: user.id, name: b.name ?? user.name, roles, units, memberships, duty, places, standby: b.standby ?? [] };
});

/** What the person has accepted on this phone holds at once: its card must be there before the server knows. @param {string} id */
const takenOver = (id) =>
  rowsOf("handover")
    .filter(({ b, pending }) => pending && !b.task && b.state === "accepted" && b.answered_by === id)
    .map(({ b }) => ({ unit: b.unit, role: b.role, since: b.answered_at }));

export const isLeader = computed(() => leads(me.value.roles));

/** @param {string} action such as `incident.declare` or `board.view` */
export const may = (action) => mayDo(me.value.roles, action);

/** All incidents, the newest first. */
export const incidents = computed(() => [...rowsOf("incident")].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1)));

/** The running incident that concerns the person, a real one before an exercise; null when all is quiet. */
export const currentIncident = computed(() => {
  const concerns = (/** @type {ViewRow} */ { b }) => isLeader.value || !b.units || b.units.some((/** @type {string} */ unit) => me.value.units.includes(unit));
  return running(rowsOf("incident")).find(concerns) ?? null;
});

/** Planned downtimes that concern the person, the next one first. */
export const planned = computed(() => waiting(rowsOf("incident")).filter(({ b }) => isLeader.value || (b.units ?? []).some((/** @type {string} */ unit) => me.value.units.includes(unit))));

export const units = computed(() => byOrder(rowsOf("unit")));
export const roles = computed(() => byOrder(rowsOf("role")));
export const services = computed(() => byOrder(rowsOf("service")));

/** @param {ViewRow[]} tasks in card order, with what they wait for @returns {ViewRow[]} */
const locked = (tasks) => inCardOrder(withLocks(withHolds(tasks, rowsOf("task"), clocksOf), rowsOf("gate")));

/** The clocks of an incident, or of what a unit started by itself. @param {string} id @returns {Record<string, string>} */
function clocksOf(id) {
  const began = row("local_run", id)?.b.started_at;
  return row("incident", id)?.b.clocks ?? (began ? { T0: began, TD: began } : {});
}

/** Tasks of the person's roles in the person's units. @param {string} incidentId @returns {ViewRow[]} the same list until a step changes */
export const myTasks = (incidentId) =>
  listed(`${incidentId} mine`, () => {
    const { places } = me.value;
    const mine = (/** @type {any} */ b) => places.some((place) => place.unit === b.unit && place.role === b.role);
    return locked(taken().filter(({ b }) => b.incident === incidentId && mine(b)));
  });

/** @param {string} incidentId @param {string} unitId @returns {ViewRow[]} the same list until a step changes */
export const unitTasks = (incidentId, unitId) =>
  listed(`${incidentId} of ${unitId}`, () => locked(taken().filter(({ b }) => b.incident === incidentId && b.unit === unitId)));

/** @type {Map<string, import("@preact/signals").ReadonlySignal<ViewRow[]>>} */
const lists = new Map();
const LISTS_AT_MOST = 8;

/** A list that several parts of a screen ask for, made once. @param {string} name @param {() => ViewRow[]} make @returns {ViewRow[]} */
function listed(name, make) {
  if (!lists.has(name) && lists.size >= LISTS_AT_MOST) lists.clear();
  const known = lists.get(name) ?? computed(make);
  lists.set(name, known);
  return known.value;
}

/** All tasks; what was taken over on this phone is on its new card at once. */
const taken = () => withTaken(rowsOf("task"), rowsOf("handover"));

/** What to do now. @param {ViewRow[]} tasks @returns {ViewRow|null} */
export const nextTask = (tasks) => nextOf(tasks);

/** Newest first. @param {string} incidentId @returns {ViewRow[]} */
export const broadcastsOf = (incidentId) =>
  rowsOf("broadcast").filter(({ b }) => b.incident === incidentId).sort((a, b) => b.b.no - a.b.no);

/** Updates that ask for this person's answer and have none, the newest first. */
export const toAcknowledge = computed(() =>
  rowsOf("broadcast")
    .filter(({ id, b }) => b.state === "current" && ["person", "unit"].includes(b.ack) && b.by !== me.value.id && isForMe(b) && isRunning(b) && !acked(id))
    .sort((a, b) => (a.b.at < b.b.at ? 1 : -1)),
);

/** @param {string} broadcastId @returns {boolean} whether this person has acknowledged it, on record or not */
export function acked(broadcastId) {
  const given = givenAt(broadcastId);
  const lasts = row("broadcast", broadcastId)?.b.ack_lasts_min;
  return given !== null && (!lasts || now.value < toMs(given) + lasts * MINUTE_MS);
}

/** When this person acknowledged it last, on record or not; null when never. @param {string} broadcastId @returns {string|null} */
export function givenAt(broadcastId) {
  const own = ops.value.filter((op) => op.kind === "broadcast.ack" && op.args.broadcast === broadcastId && (!op.result || resultState(op.result) !== "rejected")).map(madeAt);
  const b = row("ack", `ack:${broadcastId}`)?.b;
  return [...own, ...(b ? [b.renewed_at ?? b.acked_at] : [])].sort().pop() ?? null;
}

/** When the site reminds of an answer that is missing; null: never. @param {any} b body of an update @returns {number|null} ms */
export function remindAt(b) {
  const minutes = row("policy", "policy:broadcasts")?.b.ack_remind_min;
  return minutes ? toMs(b.at) + minutes * MINUTE_MS : null;
}

/** @param {string} kind @param {string} broadcastId @param {boolean} [read] only a receipt that says it was opened */
export function said(kind, broadcastId, read = false) {
  return ops.value.some((op) => op.kind === kind && op.args.broadcast === broadcastId && (!read || op.args.read)
    && (!op.result || resultState(op.result) !== "rejected"));
}

/** Whether an update is meant for this person. @param {any} b */
export function isForMe({ audience }) {
  const meets = (/** @type {string[]|null|undefined} */ wanted, /** @type {string[]} */ held) => !wanted || wanted.some((one) => held.includes(one));
  if (audience?.people?.includes(me.value.id)) return true;
  if (audience?.on_duty && me.value.duty.length === 0) return false;
  return meets(audience?.units, me.value.units) && meets(audience?.roles, me.value.roles);
}

/** @param {any} b the body of an update */
export const isRunning = (b) => running(rowsOf("incident")).some((incident) => incident.id === b.incident);

/** Own entries of the last seven days, the newest first. */
export const entries = computed(() =>
  ops.value.map((op) => ({ id: op.id, kind: op.kind, at: madeAt(op), args: op.args, state: entryState(op), result: op.result, handed: handedOf(handed.value, op.id) })).reverse(),
);

const ENTRY_STATES = /** @type {Record<string, string>} */ ({
  ok: "on_record", superseded: "somebody_first", conflict: "somebody_first", rejected: "not_accepted", retry: "waiting_retry",
});

/** @param {import("../lib/types.js").Entry} op @returns {"saved"|"sent"|"on_record"|"somebody_first"|"not_accepted"|"waiting_retry"} */
function entryState(op) {
  if (op.result?.st === "retry" || (op.retry_at !== null && !op.result)) return "waiting_retry";
  if (isFinal(op, knownEpoch()) && op.result) return /** @type {any} */ (ENTRY_STATES[resultState(op.result)] ?? "on_record");
  return op.answered && !op.result ? "sent" : "saved";
}

/** @param {string[]} list @returns {string[]} */
const unique = (list) => [...new Set(list)];
