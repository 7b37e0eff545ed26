/**
 * PINs on this device: enough to tell, without a network, whether somebody knows theirs. What is kept is slow to try
 * out (PBKDF2 with a salt of its own), yet four digits are few: it keeps colleagues out, not whoever owns the disk.
 *
 * @typedef {{salt: Uint8Array, iterations: number, hash: Uint8Array, digits: number, failures: number, until: number}} Kept
 * @typedef {{st: "ok"}|{st: "wrong", left: number}|{st: "wait", until: number}|{st: "off"}} Verdict
 *   `left` tries before a wait, `until` device time in ms; `off`: only the password helps now
 */

import { FREE_TRIES, LAST_TRY, LONGEST_WAIT_MS, waitAfter } from "../lib/pin_rules.js";

/** About a third of a second on a phone, and on anything that tries them all. */
const ITERATIONS = 600_000;
const HASH_BITS = 256;

export class Pins {
  #people;

  /** @param {import("./people.js").People} people where it is kept */
  constructor(people) {
    this.#people = people;
  }

  /** WebCrypto exists on https only. */
  get possible() {
    return Boolean(globalThis.crypto?.subtle);
  }

  /** @param {string} user @returns {Promise<{st: "none"|"on"|"off", digits: number}>} `off` after too many wrong ones */
  async state(user) {
    /** @type {Kept|undefined} */
    const kept = await this.#people.note(keyOf(user));
    if (!kept) return { st: "none", digits: 0 };
    return kept.failures < LAST_TRY ? { st: "on", digits: kept.digits } : { st: "off", digits: 0 };
  }

  /** @param {string} user @param {string} pin */
  async keep(user, pin) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const hash = await stretch(pin, salt, ITERATIONS);
    await this.#people.keepNote(keyOf(user), { salt, iterations: ITERATIONS, hash, digits: pin.length, failures: 0, until: 0 });
  }

  /** @param {string} user */
  drop(user) {
    return this.#people.keepNote(keyOf(user), undefined);
  }

  /**
   * The try is counted before it is looked at, so that closing the app in between takes none back.
   * @param {string} user @param {string} pin @param {number} at device time, ms @returns {Promise<Verdict>}
   */
  async check(user, pin, at) {
    /** @type {Kept|undefined} */
    let kept;
    await this.#people.changeNote(keyOf(user), (/** @type {Kept|undefined} */ one) => ((kept = one) && mayTry(one, at) ? counted(one, at) : one));
    if (!kept || kept.failures >= LAST_TRY) return { st: "off" };
    if (!mayTry(kept, at)) return { st: "wait", until: kept.until };
    if (!same(await stretch(pin, kept.salt, kept.iterations), kept.hash)) return afterWrong(counted(kept, at));
    await this.forgive(user);
    return { st: "ok" };
  }

  /** Its owner has signed in with the password: earlier tries no longer count. @param {string} user */
  forgive(user) {
    return this.#people.changeNote(keyOf(user), (/** @type {Kept|undefined} */ one) => one && { ...one, failures: 0, until: 0 });
  }
}

/** @param {string} user @returns {`pin:${string}`} */
const keyOf = (user) => `pin:${user}`;

/** A wait longer than the longest comes from a clock that was set back; nobody waits for that. @param {Kept} kept @param {number} at */
const mayTry = ({ failures, until }, at) => failures < LAST_TRY && (until <= at || until - at > LONGEST_WAIT_MS);

/** @param {Kept} kept @param {number} at @returns {Kept} */
const counted = (kept, at) => ({ ...kept, failures: kept.failures + 1, until: at + waitAfter(kept.failures + 1) });

/** @param {Kept} kept @returns {Verdict} */
function afterWrong({ failures, until }) {
  if (failures >= LAST_TRY) return { st: "off" };
  return failures >= FREE_TRIES ? { st: "wait", until } : { st: "wrong", left: FREE_TRIES - failures };
}

/** @param {string} pin @param {Uint8Array} salt @param {number} iterations */
async function stretch(pin, salt, iterations) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: /** @type {any} */ (salt), iterations }, key, HASH_BITS);
  return new Uint8Array(bits);
}

/** @param {Uint8Array} a @param {Uint8Array} b */
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
