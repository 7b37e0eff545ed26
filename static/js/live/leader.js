/**
 * One tab of the device talks to the server: whoever holds the lock. The lock frees itself when that tab closes. A
 * suspended tab may keep it, so a visible tab that hears nothing for ten seconds takes it; that is safe because
 * repeating an op is safe. Without Web Locks (a page without https) every tab talks.
 *
 * @typedef {object} LeaderDeps
 * @property {import("./channel.js").Channel} channel
 * @property {any} locks  navigator.locks, or undefined
 * @property {() => boolean} visible
 * @property {(leading: boolean) => void} onChange
 * @property {() => void} [onMissed]  this tab stood still and is looked at again: what others said meanwhile it never hears
 * @property {() => number} [clock]  ms
 */

import { wallMs } from "../lib/clock.js";

const LOCK = "wardlight-leader";
const ASK_MS = 4_000;
const SILENCE_MS = 10_000;

export class Leader {
  #deps;
  #clock;
  #leading = false;
  #stopped = false;
  #heard_at;
  #checked_at;
  #asked_at = -Infinity;
  #missed = false;
  /** @type {(() => void)|null} */
  #release = null;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #timer;

  /** @param {LeaderDeps} deps */
  constructor(deps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? wallMs;
    this.#heard_at = this.#clock();
    this.#checked_at = this.#heard_at;
    deps.channel.listen((message) => this.#hear(message));
  }

  get leading() {
    return this.#leading;
  }

  /** Another tab is being looked at: it depends on this one to talk. */
  get watched() {
    return this.#clock() - this.#asked_at < SILENCE_MS;
  }

  start() {
    if (!this.#deps.locks) return this.#lead();
    this.#queue({});
    this.#timer = setInterval(() => this.check(), ASK_MS);
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#release?.();
  }

  /** Ask whether the leader still lives; take over after too long a silence. */
  check() {
    const slept = this.#clock() - this.#checked_at > SILENCE_MS;
    this.#checked_at = this.#clock();
    this.#missed ||= slept;
    this.#catchUp();
    if (this.#leading) return;
    if (slept || !this.#deps.visible()) this.#heard_at = this.#checked_at;
    if (!this.#deps.visible()) return;
    if (this.#clock() - this.#heard_at > SILENCE_MS) {
      this.#heard_at = this.#clock();
      this.#queue({ steal: true });
    } else {
      this.#deps.channel.post({ kind: "leader?" });
    }
  }

  /** @param {{steal?: boolean}} options */
  #queue(options) {
    const held = this.#deps.locks.request(LOCK, options, () => {
      if (this.#leading || this.#stopped) return undefined;
      this.#lead();
      return new Promise((resolve) => {
        this.#release = () => resolve(undefined);
      });
    });
    held.catch(() => this.#robbed());
  }

  #lead() {
    this.#leading = true;
    this.#deps.channel.post({ kind: "leader" });
    this.#deps.onChange(true);
  }

  /** Another tab took over while this one slept: follow it, and stand in line again. */
  #robbed() {
    this.#leading = false;
    this.#release = null;
    this.#heard_at = this.#clock();
    this.#missed = true;
    this.#deps.onChange(false);
    this.#catchUp();
    this.#queue({});
  }

  #catchUp() {
    if (!this.#missed || !this.#deps.visible()) return;
    this.#missed = false;
    this.#deps.onMissed?.();
  }

  /** @param {import("./channel.js").Message} message */
  #hear({ kind }) {
    if (kind === "leader?" && this.#leading) {
      this.#asked_at = this.#clock();
      this.#deps.channel.post({ kind: "leader" });
    }
    if (kind === "leader") this.#heard_at = this.#clock();
  }
}

/**
 * Run work that no other tab of the device may do at the same time; after too long a wait do it anyway.
 * @template T @param {any} locks @param {() => Promise<T>} work @param {{wait_ms?: number, lock?: string}} [options] @returns {Promise<T>}
 */
export async function exclusively(locks, work, { wait_ms = 12_000, lock = "wardlight-push" } = {}) {
  if (!locks) return work();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), wait_ms);
  let started = false;
  try {
    return await locks.request(lock, { signal: controller.signal }, () => {
      started = true;
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (started) throw error;
    return work();
  } finally {
    clearTimeout(timer);
  }
}
