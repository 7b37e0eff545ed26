/** The page's side of the service worker: registers it, notices a waiting one, and tells it when to take over. */
import { CHECK_EVERY_MS, SWAP_WITHIN_MS, mayUpdate, wasAway } from "./update_rules.js";

const SCRIPT = "/sw.js";
const OWN_VERSION = document.documentElement.dataset.version ?? "0";

/**
 * @typedef {object} Options
 * @property {() => number} now ms
 * @property {() => import("./update_rules.js").AppInfo | null} app the last boot answer's `app`
 * @property {(ready: boolean) => void} updateReady called with true when a new version waits and may be taken
 * @property {() => Promise<boolean>} news ask the server now; whether it answered
 * @property {(path: string) => void} open a notification was tapped
 * @property {() => void} pushed a push has arrived: there is news to pull
 */

/**
 * Without a worker (plain http, private window) the app runs on; it only cannot start without a network.
 * @param {Options} options
 * @returns {Promise<Updates | null>}
 */
export async function register(options) {
  if (!("serviceWorker" in navigator)) return null;
  holdBuild();
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "open") options.open(data.path);
    if (data?.type === "pushed") options.pushed();
  });
  try {
    const url = /** @type {string} */ (trustedScript());
    const registration = await navigator.serviceWorker.register(url, { scope: "/app/", updateViaCache: "none" });
    return new Updates(registration, options);
  } catch (reason) {
    console.warn("worker.register", String(reason));
    return null;
  }
}

/** @returns {unknown} the worker's address, blessed where the browser demands Trusted Types */
function trustedScript() {
  const types = /** @type {any} */ (window).trustedTypes;
  return types ? types.createPolicy("sw", { createScriptURL: () => SCRIPT }).createScriptURL(SCRIPT) : SCRIPT;
}

/** For as long as this page lives, the worker must keep the files of its build. */
function holdBuild() {
  const name = `wardlight-build-${document.documentElement.dataset.build}`;
  navigator.locks?.request(name, { mode: "shared" }, () => new Promise(() => {}));
}

export class Updates {
  #registration;
  #options;
  #checkedAt;
  /** @type {number | null} */
  #hiddenAt = null;
  #applying = false;
  /** @type {string | undefined} a version of the server that was looked for already */
  #heardOf;

  /**
   * @param {ServiceWorkerRegistration} registration
   * @param {Options} options
   */
  constructor(registration, options) {
    this.#registration = registration;
    this.#options = options;
    this.#checkedAt = options.now();
    registration.addEventListener("updatefound", () => this.#watch(registration.installing));
    this.#watch(registration.installing);
    this.#followController();
    document.addEventListener("visibilitychange", () => this.#visibilityChanged());
    navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ type: "start" }));
    this.announce();
  }

  /** Say again whether a new version may be taken, and look for one that the server speaks of and we do not know. */
  announce() {
    this.#options.updateReady(this.#allowed());
    const serving = this.#options.app()?.ver;
    if (!serving || serving === this.#heardOf || serving === OWN_VERSION) return;
    this.#heardOf = serving;
    this.check();
  }

  /** Ask the server for a newer worker. */
  async check() {
    this.#checkedAt = this.#options.now();
    // Without contact there is nothing to find; the next look comes with the next visit.
    await this.#registration.update().catch(() => undefined);
  }

  /** Let the waiting version take over; the page reloads once when it has. Returns whether it was allowed to. */
  apply() {
    if (!this.#allowed()) return false;
    this.#applying = true;
    this.#registration.waiting?.postMessage({ type: "update" });
    return true;
  }

  #allowed() {
    // The first worker of a phone waits for a moment too, but it brings what is on screen already.
    const { active, waiting } = this.#registration;
    return Boolean(active && waiting) && mayUpdate(OWN_VERSION, this.#options.app());
  }

  /** @param {ServiceWorker | null} worker */
  #watch(worker) {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") this.announce();
    });
  }

  /** Back after a while: swap at once, or not at all. An incident may have begun meanwhile, so the server is asked first. */
  async #swapIfQuiet() {
    const asked_at = this.#options.now();
    const heard = await this.#options.news();
    if (heard && this.#options.now() - asked_at < SWAP_WITHIN_MS) this.apply();
  }

  #followController() {
    let controlled = Boolean(navigator.serviceWorker.controller);
    let reloaded = false;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      // The very first worker of this phone brings nothing new: the page is already its version.
      if ((controlled || this.#applying) && !reloaded) {
        reloaded = true;
        window.location.reload();
      }
      controlled = true;
    });
  }

  #visibilityChanged() {
    const now = this.#options.now();
    if (document.visibilityState === "hidden") {
      this.#hiddenAt = now;
      return;
    }
    const away = wasAway({ hiddenAt: this.#hiddenAt, now });
    this.#hiddenAt = null;
    if (away) void this.#swapIfQuiet();
    if (now - this.#checkedAt >= CHECK_EVERY_MS) this.check();
  }
}
