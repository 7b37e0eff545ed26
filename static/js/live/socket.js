/**
 * The websocket: hints only, so everything here may fail without harm. The first connection is made at once; after a
 * loss the attempts are spread, because a loss mostly hits the whole house. Each attempt has a fresh ticket.
 *
 * @typedef {object} SocketDeps
 * @property {() => Promise<string|null>} ticket  null when there is no contact or no sign-in
 * @property {(event: "d"|"app"|"auth", body: any) => void} onEvent
 * @property {(live: boolean) => void} onLive
 * @property {() => void} onHeard
 * @property {(url: string, options: any) => any} [connect]
 */

import { socketDelay } from "../lib/backoff.js";
import { wallMs } from "../lib/clock.js";

const SILENT_MS = 30_000;
const CONNECT_MS = 10_000;
/** The client comes when a socket is first wanted: the first screen does not wait for it. A try that fails is a lost socket. */
const client = () => import("socket.io-client").then(({ io }) => io, () => null);

export class Socket {
  #deps;
  /** @type {any} */
  #socket = null;
  #attempt = 0;
  #heard_at = 0;
  #wanted = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {SocketDeps} deps */
  constructor(deps) {
    this.#deps = deps;
  }

  get live() {
    return Boolean(this.#socket?.connected);
  }

  start() {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#open();
  }

  stop() {
    this.#wanted = false;
    this.#close();
  }

  /** Close and connect again now: rights have changed, or the phone woke up. */
  renew() {
    if (!this.#wanted) return;
    this.#close();
    void this.#open();
  }

  /** The phone was put away and taken out: a socket that has been silent too long is probably dead. */
  revive() {
    if (this.live && wallMs() - this.#heard_at > SILENT_MS) this.renew();
  }

  async #open() {
    const [ticket, connect] = await Promise.all([this.#deps.ticket(), this.#deps.connect ?? client()]);
    if (!this.#wanted || this.#socket) return;
    if (!ticket || !connect) return this.#later(socketDelay((this.#attempt += 1)));
    const socket = connect("/", {
      transports: ["websocket"], query: { ticket }, reconnection: false, forceNew: true, timeout: CONNECT_MS,
    });
    this.#socket = socket;
    this.#listen(socket);
  }

  /** @param {any} socket */
  #listen(socket) {
    const mine = (/** @type {(...args: any[]) => void} */ action) => (/** @type {any[]} */ ...args) => {
      if (socket === this.#socket) action(...args);
    };
    socket.io?.engine?.on("packet", mine(() => this.#heard()));
    socket.on("connect", mine(() => this.#connected()));
    socket.on("connect_error", mine(() => this.#lost((this.#attempt += 1))));
    socket.on("disconnect", mine(() => this.#lost(this.#attempt)));
    socket.on("bye", mine((body) => this.#leave(body?.in_ms)));
    for (const event of /** @type {const} */ (["d", "app", "auth"])) {
      socket.on(event, mine((body) => this.#deps.onEvent(event, body)));
    }
  }

  #connected() {
    this.#attempt = 0;
    this.#heard();
    this.#deps.onLive(true);
  }

  #heard() {
    this.#heard_at = wallMs();
    this.#deps.onHeard();
  }

  /** @param {number} attempt */
  #lost(attempt) {
    this.#close();
    this.#later(socketDelay(attempt));
  }

  /** The server restarts on purpose and gave each phone its moment to come back. @param {number} [in_ms] */
  #leave(in_ms) {
    this.#close();
    this.#later(in_ms ?? socketDelay(0));
  }

  /** @param {number} delay_ms */
  #later(delay_ms) {
    clearTimeout(this.#timer);
    if (this.#wanted) this.#timer = setTimeout(() => void this.#open(), delay_ms);
  }

  #close() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    if (socket) this.#deps.onLive(false);
  }
}
