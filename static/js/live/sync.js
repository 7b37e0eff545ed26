/**
 * The loop that keeps this device and the server in step. It knows when, not what: `round` does the talking and says
 * how it went. One round at a time; a wake during a round means one more after it.
 *
 * @typedef {{ok: boolean, code?: string, after_ms?: number}} RoundOutcome
 * @typedef {object} SyncDeps
 * @property {() => Promise<RoundOutcome>} round
 * @property {() => boolean} visible  timers run only while somebody can look
 * @property {() => boolean} waiting  ops that are not on record keep the timer alive even when nobody looks
 * @property {() => boolean} socketLive
 * @property {(outcome: RoundOutcome) => void} onOutcome
 */

import { retryDelay, spread } from "../lib/backoff.js";
import { monotonicMs } from "../lib/clock.js";

const SAFETY_PULL_MS = 60_000;
const POLL_MS = 10_000;

export class Sync {
  #deps;
  /** @type {Promise<void>|null} */
  #running = null;
  #again = false;
  #stopped = true;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #due_at = Infinity;
  #quiet_until = 0;

  /** @param {SyncDeps} deps */
  constructor(deps) {
    this.#deps = deps;
  }

  start() {
    this.#stopped = false;
    return this.wake();
  }

  /** @returns {Promise<void>} when a round that is under way is over */
  async stop() {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  /** Something happened: talk now, unless a busy server asked for quiet. @returns {Promise<void>} when the round that this asked for is over */
  wake() {
    if (this.#stopped) return Promise.resolve();
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    const quiet_ms = this.#quiet_until - monotonicMs();
    if (quiet_ms > 0) {
      this.#schedule(quiet_ms);
      return Promise.resolve();
    }
    this.#cancel();
    this.#running = this.#rounds().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Talk at a random moment within this time, so that many phones do not ask at once. @param {number} within_ms */
  wakeSoon(within_ms) {
    if (!this.#stopped) this.#schedule(Math.random() * within_ms);
  }

  async #rounds() {
    /** @type {RoundOutcome} */
    let outcome;
    do {
      this.#again = false;
      outcome = await this.#oneRound();
      this.#failures = outcome.ok ? 0 : this.#failures + 1;
      this.#deps.onOutcome(outcome);
    } while (this.#again && outcome.ok && !this.#stopped);
    if (!this.#stopped && (this.#deps.visible() || this.#deps.waiting())) this.#schedule(this.#delay(outcome));
  }

  /** A fault of our own (a lost database) must not end the loop: the next round may find it mended. @returns {Promise<RoundOutcome>} */
  async #oneRound() {
    try {
      const outcome = await this.#deps.round();
      if (!outcome.ok && outcome.after_ms) this.#quiet_until = monotonicMs() + outcome.after_ms;
      return outcome;
    } catch (error) {
      console.error("sync.fault", error);
      return { ok: false, code: "fault" };
    }
  }

  /** @param {RoundOutcome} outcome */
  #delay(outcome) {
    if (!outcome.ok) return outcome.after_ms ?? retryDelay(this.#failures);
    const usual = spread(this.#deps.socketLive() ? SAFETY_PULL_MS : POLL_MS);
    return Math.min(usual, outcome.after_ms ?? Infinity);
  }

  /** The earlier of two appointments counts. @param {number} delay_ms */
  #schedule(delay_ms) {
    const due_at = monotonicMs() + delay_ms;
    if (due_at >= this.#due_at) return;
    this.#cancel();
    this.#due_at = due_at;
    this.#timer = setTimeout(() => {
      this.#due_at = Infinity;
      this.#quiet_until = 0;
      void this.wake();
    }, delay_ms);
  }

  #cancel() {
    clearTimeout(this.#timer);
    this.#due_at = Infinity;
  }
}
