/**
 * The ward page asks a worker to keep it on this phone, says at once when it came out of that store without contact,
 * and opens every card before it prints.
 *
 * Hooks: data-made on the body (when the server made the page), data-files (one file of the page's build).
 */
import { toMs } from "../lib/clock.js";
import { serverNow, showAsPast } from "./status.js";

const SCRIPT = "/w/sw.js";
const OLD_MS = 150_000;

/** @returns {unknown} the worker's address, blessed where the browser demands Trusted Types */
function trustedScript() {
  const types = /** @type {any} */ (window).trustedTypes;
  return types ? types.createPolicy("sw", { createScriptURL: () => SCRIPT }).createScriptURL(SCRIPT) : SCRIPT;
}

/** Everything this page was made of, and the page. */
function belongings() {
  const build = document.body.dataset.files?.split("/")[3] ?? "";
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const files = loaded.filter((name) => new URL(name).pathname.startsWith("/static/"));
  return { type: "keep", page: location.href.split("#")[0], files: [...new Set(files)], build };
}

async function keepHere() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(/** @type {string} */ (trustedScript()), { scope: "/w/", updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(belongings());
}

async function begin() {
  const now = await serverNow();
  const isOld = now === null || toMs(now) - toMs(document.body.dataset.made) > OLD_MS;
  showAsPast(isOld);
  if (!isOld) await keepHere();
}

addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
// A private window or a full disk keeps nothing; the page is as good as any other then.
begin().catch((reason) => console.warn("ward.keep", String(reason)));
