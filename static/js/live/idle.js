/**
 * Notices that nobody touches this device. The last touch is shared by all tabs and survives a restart, so that
 * opening the app anew on a table of the ward does not count as somebody being there.
 *
 * @typedef {{after_ms: number, onIdle: () => void, storage?: Storage|null}} IdleDeps
 */

import { wallMs } from "../lib/clock.js";

const KEY = "wardlight-touched";
const CHECK_MS = 5_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];

export class Idle {
  #deps;
  #touched_at = -Infinity;
  #kept_at = -Infinity;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #timer;

  /** @param {IdleDeps} deps */
  constructor(deps) {
    this.#deps = deps;
  }

  start() {
    if (typeof window !== "undefined") for (const name of TOUCHES) window.addEventListener(name, this.touch, { passive: true, capture: true });
    this.#timer = setInterval(() => this.check(), CHECK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    if (typeof window !== "undefined") for (const name of TOUCHES) window.removeEventListener(name, this.touch, { capture: true });
  }

  /** Somebody is here. */
  touch = () => {
    this.#touched_at = wallMs();
    if (Math.abs(this.#touched_at - this.#kept_at) < CHECK_MS) return;
    this.#kept_at = this.#touched_at;
    try {
      this.#storage?.setItem(KEY, String(this.#touched_at));
    } catch {
      // Without this storage every tab counts for itself.
    }
  };

  check() {
    if (this.idle) this.#deps.onIdle();
  }

  /** Nobody has touched any tab for too long; a clock that was set back counts as a touch. */
  get idle() {
    const last = Math.max(this.#touched_at, this.#read());
    return wallMs() - last >= this.#deps.after_ms;
  }

  #read() {
    try {
      return Number(this.#storage?.getItem(KEY) ?? -Infinity);
    } catch {
      return -Infinity;
    }
  }

  get #storage() {
    return this.#deps.storage ?? globalThis.localStorage;
  }
}
