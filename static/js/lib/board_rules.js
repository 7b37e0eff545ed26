/**
 * What leaders see of each unit, and in which order: trouble first. Pure: rows and the time in, lines out.
 *
 * @typedef {{id: string, b: any}} Shown
 * @typedef {"acked"|"carried"|"partly"|"read"|"received"|"none"|"not_asked"} Reached
 * @typedef {{
 *   id: string, name: string, order: number, total: number, done: number, half: number, late: number, safetyLate: number,
 *   blocked: number, skipped: number, asks: number, waiting: number, connected: number, heardAt: number|null,
 *   silentMin: number|null, acks: Map<number, Reached>, lastAck: Reached, wantsAck: boolean, rank: number,
 * }} UnitLine
 */

import { toMs } from "./clock.js";

const MINUTE_MS = 60_000;
/** After this a unit is still in contact by its own account, but what it shows is worth a second look. */
export const OLD_AFTER_MIN = 5;

const OK_RANK = 6;
const COUNTS = /** @type {const} */ ({ total: "total", done: "done", half: "half", late: "overdue", safetyLate: "safety_overdue", blocked: "blocked", skipped: "skipped", nowTotal: "now_total", nowDone: "now_done" });

/**
 * How far one update got in one unit. Acknowledged is the unit's own word; everything below it is a fact of devices.
 * @param {any} b body of a `reach` row @returns {Reached}
 */
export function reached(b) {
  if (!b) return "not_asked";
  if (b.quorum) return b.runner && !b.acked ? "carried" : "acked";
  if (b.acked > 0) return "partly";
  if ((b.read ?? 0) > 0) return "read";
  return b.received > 0 ? "received" : "none";
}

/**
 * One line a unit of the incident, trouble first, then by name.
 * @param {{incident: Shown, units: Shown[], progress: Shown[], reach: Shown[], presence: Shown[], help: Shown[], broadcasts: Shown[]}} rows
 * @param {number} now @returns {UnitLine[]}
 */
export function unitLines(rows, now) {
  const own = (/** @type {Shown[]} */ list) => list.filter(({ b }) => b.incident === rows.incident.id);
  const mine = { ...rows, progress: own(rows.progress), reach: own(rows.reach), presence: own(rows.presence), help: own(rows.help) };
  const ids = rows.incident.b.units ?? [...new Set(mine.progress.map(({ b }) => b.unit))];
  return ids.map((/** @type {string} */ id) => unitLine(id, mine, now)).sort(byTrouble);
}

/** @param {string} id @param {any} rows @param {number} now @returns {UnitLine} */
function unitLine(id, rows, now) {
  const of = (/** @type {Shown[]} */ list) => list.filter(({ b }) => b.unit === id);
  const unit = rows.units.find((/** @type {Shown} */ row) => row.id === id)?.b ?? {};
  const newest = rows.broadcasts[0];
  const acks = acksOf(of(rows.reach), rows.broadcasts);
  const line = {
    ...sums(of(rows.progress)), ...asked(of(rows.help)), ...heard(of(rows.presence)[0]?.b ?? {}, now),
    id, name: unit.name ?? id, order: unit.order ?? 0, acks,
    lastAck: acks.get(newest?.b.no) ?? "not_asked", wantsAck: Boolean(newest) && newest.b.ack !== "none", rank: OK_RANK,
  };
  const counted = { ...line, ...begun(line), asks: asksWithBlocked(line) };
  return { ...counted, rank: rankOf(counted, now) };
}

/**
 * A unit is measured by the phases that have begun: nobody is behind with what is for tonight. Before the first has begun, by all.
 * @param {Record<keyof typeof COUNTS, number>} line
 */
export const begun = ({ nowTotal, nowDone, total, done, skipped }) =>
  nowTotal > 0 ? { total: nowTotal, done: Math.max(0, nowDone - skipped) } : { total, done };

/** @param {Shown[]} reach of one unit @param {Shown[]} broadcasts @returns {Map<number, Reached>} */
const acksOf = (reach, broadcasts) =>
  new Map(broadcasts.map((broadcast) => [broadcast.b.no, reached(reach.find(({ b }) => b.broadcast === broadcast.id)?.b)]));

/** Roles of a unit added up. @param {Shown[]} progress @returns {Record<keyof typeof COUNTS, number>} */
export function sums(progress) {
  const entries = Object.entries(COUNTS).map(([name, field]) => [name, progress.reduce((sum, { b }) => sum + (b[field] ?? 0), 0)]);
  return Object.fromEntries(entries);
}

/** @param {Shown[]} help of one unit */
function asked(help) {
  const open = help.filter(({ b }) => b.state !== "closed");
  return { asks: open.length, taskAsks: open.filter(({ b }) => b.task).length, waiting: open.filter(({ b }) => b.state === "open").length };
}

/** A blocked step asks by itself, but only once. @param {{asks: number, taskAsks: number, blocked: number}} line */
const asksWithBlocked = ({ asks, taskAsks, blocked }) => asks - taskAsks + Math.max(taskAsks, blocked);

/** @param {any} b body of a `presence` row @param {number} now */
function heard(b, now) {
  const [last, silent] = [toMs(b.last_heard_at), toMs(b.silent_since)];
  return {
    connected: b.connected ?? 0,
    heardAt: Number.isNaN(last) ? null : last,
    silentMin: Number.isNaN(silent) ? null : Math.max(0, Math.floor((now - silent) / MINUTE_MS)),
  };
}

/** @param {UnitLine} line @param {number} now minutes since the unit was heard, or null */
export const heardMin = ({ heardAt }, now) => (heardAt === null ? null : Math.max(0, Math.floor((now - heardAt) / MINUTE_MS)));

/** A unit that was never heard is no better than an old one. @param {UnitLine} line @param {number} now */
export const isOld = (line, now) => line.silentMin === null && !line.connected && (heardMin(line, now) ?? OLD_AFTER_MIN) >= OLD_AFTER_MIN;

/** 0 is the worst. @param {UnitLine} line @param {number} now */
function rankOf(line, now) {
  if (line.silentMin !== null) return 0;
  if (line.waiting > 0 || line.safetyLate > 0) return 1;
  if (line.asks > 0 || line.late > 0) return 2;
  if (line.lastAck === "none") return 3;
  if (isOld(line, now)) return 4;
  return line.wantsAck && !isAcked(line) ? 5 : OK_RANK;
}

/** @param {UnitLine} line a unit that was not addressed owes no answer */
const isAcked = ({ lastAck }) => ["acked", "carried", "not_asked"].includes(lastAck);

/** @param {UnitLine} a @param {UnitLine} b */
const byTrouble = (a, b) => a.rank - b.rank || a.name.localeCompare(b.name);

/** @param {UnitLine} line */
export const isTrouble = (line) => line.rank < OK_RANK;

/** What a filter of the board keeps. @type {Record<string, (line: UnitLine) => boolean>} */
export const FILTERS = {
  all: () => true,
  trouble: isTrouble,
  unreached: (line) => line.lastAck === "none",
  away: (line) => !line.connected,
  unacked: (line) => !isAcked(line),
  silent: (line) => line.silentMin !== null,
  late: (line) => line.late > 0,
  help: (line) => line.asks > 0,
};

/** @param {UnitLine[]} lines */
export function totals(lines) {
  const sum = (/** @type {(line: UnitLine) => number} */ of) => lines.reduce((all, line) => all + of(line), 0);
  const asked = lines.filter((line) => line.lastAck !== "not_asked");
  return {
    units: lines.length,
    inContact: lines.filter((line) => line.connected > 0).length,
    asked: asked.length,
    reached: asked.filter((line) => line.lastAck !== "none").length,
    acked: asked.filter(isAcked).length,
    silent: lines.filter(FILTERS.silent).map((line) => line.name),
    late: sum((line) => line.late), safetyLate: sum((line) => line.safetyLate),
    asks: sum((line) => line.asks), waiting: sum((line) => line.waiting),
    total: sum((line) => line.total), done: sum((line) => line.done), skipped: sum((line) => line.skipped), blocked: sum((line) => line.blocked),
  };
}
