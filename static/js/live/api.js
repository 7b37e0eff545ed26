/**
 * Requests to our server, each with a deadline. An answer that is not ours (a sign-in page of the guest network, a
 * proxy's apology) is told apart from no answer; what the browser says about being online is never asked.
 *
 * @typedef {import("../lib/types.js").Refusal} Refusal
 * @typedef {{method?: string, body?: unknown, token?: string, deadline_ms?: number, reads?: boolean}} Ask  `reads`: its answer makes what is shown current
 */

import { hearServerTime, monotonicMs, offsetInDoubt, wallMs } from "../lib/clock.js";

const DEADLINE_MS = 9_000;
const BUSY_MS = 15_000;
/** No server dies, is restored from a backup and answers again in less. */
const SAME_SERVER_MS = 20_000;
/** The header that makes an answer without a body ours. */
const OURS = "Wardlight";
const NETWORK_SIGN_IN = 511;

export class ApiError extends Error {
  /** @param {Refusal} refusal */
  constructor({ code, msg, status, retry_after_ms }) {
    super(msg || code);
    this.code = code;
    this.msg = msg;
    this.status = status;
    this.retry_after_ms = retry_after_ms;
  }
}

/**
 * @param {{fetcher?: typeof fetch, onHeard?: () => void, live?: () => boolean}} [deps] `onHeard` is called when news came in; handing in brings none; `live` whether a socket has been open since the last answer
 */
export function createApi({ fetcher = (url, init) => fetch(url, init), onHeard = () => {}, live = () => false } = {}) {
  let answered_at = -Infinity;
  /** @param {string} path @param {Ask} ask @param {(answer: any) => boolean} ours */
  async function request(path, ask, ours) {
    const sent = wallMs();
    const response = await withDeadline(fetcher, path, ask);
    const answer = response.body;
    check(response, answer, ours);
    answered_at = monotonicMs();
    if (ask.reads && response.status < 400) onHeard();
    if (response.status === 204) return null;
    if (typeof answer?.now === "string") hearServerTime(answer.now, sent, wallMs());
    if (response.status >= 400) throw refusal(response, answer);
    return answer;
  }

  /** @returns {Promise<{wardlight: string}>} the heartbeat; it names the server's epoch */
  const ping = () => request("/api/ping", { method: "GET" }, (answer) => typeof answer.wardlight === "string");
  const isBoot = (/** @type {any} */ answer) => typeof answer.epoch === "string" && Boolean(answer.user);
  return {
    /** @param {{username: string, password?: string, pin?: string, device: object}} body */
    login: (body) => request("/api/login", { body }, isBoot),
    /** @param {{password: string, pin: string}} body */
    setPin: (body) => request("/api/pin", { body }, (answer) => answer.ok === true),
    boot: () => request("/api/boot", { method: "GET", reads: true }, isBoot),
    /** @returns {Promise<any>} the boot answer of whoever has signed in with this browser; null when nobody has */
    signedIn: () => request("/api/signed-in", { method: "GET", reads: true }, isBoot),
    logout: () => request("/api/logout", { body: {}, deadline_ms: 4_000 }, (answer) => answer.ok === true),
    /** @returns {Promise<{push_token: string, user?: string}>} */
    token: () => request("/api/token", { body: {} }, (answer) => typeof answer.push_token === "string"),
    /** @param {string} token @param {unknown} body */
    push: (token, body) => request("/api/sync/push", { body, token }, (answer) => Array.isArray(answer.results)),
    /** @param {unknown} body @returns {Promise<import("../lib/types.js").PullAnswer|null>} null when nothing is new */
    pull: (body) => request("/api/sync/pull", { body, reads: true }, (answer) => Array.isArray(answer.scopes)),
    /** @param {{ops: Array<{id: string, sealed: string}>}} body @returns {Promise<{ops: any[]}>} */
    unseal: (body) => request("/api/sync/unseal", { body }, (answer) => Array.isArray(answer.ops)),
    /** @param {import("./alerts.js").Subscription & {lang: string}} body */
    addAlerts: (body) => request("/api/push/subscriptions", { body }, (answer) => typeof answer.id === "string"),
    endAlerts: () => request("/api/push/subscriptions", { method: "DELETE", body: {} }, (answer) => typeof answer.ended === "number"),
    testAlert: () => request("/api/push/test", { body: {} }, (answer) => typeof answer.news === "string"),
    /** @param {{email: string, mobile: string}} body */
    keepAddresses: (body) => request("/api/addresses", { body }, (answer) => answer.ok === true),
    /** Questions of leaders that no row answers. @param {string} path @param {unknown} [body] @param {(answer: any) => boolean} [ours] */
    ask: (path, body, ours = (answer) => typeof answer.people === "number" || Array.isArray(answer.people)) => request(path, body === undefined ? { method: "GET" } : { body }, ours),
    ping,
    /**
     * After a silence, before anything is handed in: is it still the same server, and what time does it have? A restored one
     * wants the journal first, and ages measured by an old offset would be wrong. @returns {Promise<string|null>} its epoch if it was asked
     */
    meet: async () => (!offsetInDoubt() && (live() || monotonicMs() - answered_at < SAME_SERVER_MS) ? null : (await ping()).wardlight),
    /** @param {string} token @param {unknown} body */
    relay: (token, body) => request("/api/sync/relay", { body, token }, (answer) => Array.isArray(answer.answers)),
    /** @returns {Promise<import("../lib/signed.js").Signed>} */
    status: () => request("/api/sync/status", { method: "GET" }, (answer) => typeof answer.text === "string" && typeof answer.sig === "string"),
  };
}

/** @param {typeof fetch} fetcher @param {string} path @param {Ask} ask */
async function withDeadline(fetcher, path, { method = "POST", body, token, deadline_ms = DEADLINE_MS }) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), deadline_ms);
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetcher(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: controller.signal,
      cache: "no-store", redirect: "manual", credentials: token ? "omit" : "same-origin",
    });
    return { status: response.status, type: response.type, redirected: response.redirected, headers: response.headers, body: await readJson(response) };
  } catch {
    throw new ApiError({ code: "no_contact", msg: "" });
  } finally {
    clearTimeout(timer);
  }
}

/** The body is read inside the deadline: a network can die in the middle of it. @param {Response} response */
async function readJson(response) {
  if (!/^application\/json\b/i.test(response.headers.get("Content-Type") ?? "")) return undefined;
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {any} response @param {any} answer @param {(answer: any) => boolean} ours */
function check(response, answer, ours) {
  const shaped = answer !== null && typeof answer === "object";
  if (response.status >= 400 && shaped && typeof answer.code === "string") return;
  if (response.status === 204 && response.headers.has(OURS)) return;
  if (response.status >= 502 && response.status !== NETWORK_SIGN_IN && !shaped) throw new ApiError({ code: "no_contact", msg: "", status: response.status, retry_after_ms: retryAfter(response) });
  const moved = response.type === "opaqueredirect" || response.redirected || (response.status >= 300 && response.status < 400);
  if (moved || ![200, 201].includes(response.status) || !shaped || !ours(answer)) throw new ApiError({ code: "not_ours", msg: "", status: response.status });
}

/** @param {any} response @param {any} answer */
function refusal(response, answer) {
  const busy = response.status === 429 || response.status === 503;
  const retry_after_ms = busy ? (retryAfter(response) ?? BUSY_MS) : undefined;
  return new ApiError({ code: answer.code, msg: answer.msg ?? "", status: response.status, retry_after_ms });
}

/** @param {any} response @returns {number|undefined} */
function retryAfter(response) {
  const value = response.headers.get("Retry-After");
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - wallMs();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
