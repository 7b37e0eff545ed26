/**
 * The shapes that cross the wire or a module's border. Wire shapes follow docs/protocol.md.
 *
 * @typedef {{id: string, t: string, seq: number, b: any}} WireRow
 * @typedef {{id: string, seq: number, del: 1, t?: string}} Tombstone
 * @typedef {{id: string, t: string, scope: string, seq: number, b: any}} Row  a row as the base keeps it
 * @typedef {Row & {pending: null|"saved"|"sent"}} ViewRow
 *
 * @typedef {Record<string, number>} Cursors  scope to the highest seq that was applied completely
 * @typedef {{from: number, to: number, rows?: Array<WireRow|Tombstone>}} Delta
 * @typedef {{to: number, rows: WireRow[], next: unknown}} Snapshot
 * @typedef {{epoch: string, now: string, scopes: string[], delta?: Record<string, Delta>,
 *   snap?: Record<string, Snapshot>, drop?: string[], more?: boolean}} PullAnswer
 *
 * @typedef {object} Change  what one answer or hint does to the base, committed as a whole
 * @property {Row[]} puts
 * @property {Array<{scope: string, id: string, t?: string}>} dels
 * @property {string[]} drops  scopes to forget with all their rows, before the puts
 * @property {string[]} [again]  scopes to ask for as a whole; their rows stay until the answer replaces them
 * @property {Cursors} cursors
 * @property {Cursors} froms  where each delta began: rows that lie further back cannot take it
 * @property {string|null} [epoch]
 * @property {string[]} [scopes]  the scopes granted now, when the answer names them
 * @property {Cursors} [pulled]  how far each scope had come when the last complete pull was answered
 *
 * @typedef {{id: string, kind: string, v: number, at: string, offset_ms: number|null, base: number, args: any}} Op
 * @typedef {object} Result
 * @property {string} id
 * @property {"ok"|"dup"|"superseded"|"conflict"|"rejected"|"retry"} st
 * @property {string} [first]  the state of the first answer when `st` is dup
 * @property {string|null} [scope]
 * @property {number|null} [seq]
 * @property {string} [by]
 * @property {string} [by_name]
 * @property {string} [at]
 * @property {string} [code]
 * @property {string} [msg]
 * @property {number} [after_ms]
 *
 * @typedef {object} Journal  what the outbox knows about an op beside the op itself
 * @property {number} n
 * @property {boolean} tried  it has left the phone at least once, so the server may know it
 * @property {boolean} answered  a request that held it was answered
 * @property {Result|null} result
 * @property {string|null} epoch  the server history in which the result was given
 * @property {number|null} final_at  device time of the final result, ms
 * @property {number|null} retry_at  device time before which it is not sent again, ms
 * @typedef {Op & Journal} Entry
 *
 * @typedef {{by: string, by_name: string, what: string, at: string, st: "ok"|"superseded", received_at?: string,
 *   device?: string, op?: string, uncertain?: true, late?: true, out_of_order?: true, paper?: {sheet: string, signed: Array<{initials: string, person: string|null}>}}} Sign
 * @typedef {{id: string, name: string, device?: string}} Actor
 * @typedef {{code: string, msg: string, status?: number, retry_after_ms?: number}} Refusal
 */

export {};
