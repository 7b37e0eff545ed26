/**
 * The public status page asks once in a while whether the server still answers, and shows itself anew when it does.
 * When it does not, the page stays as it is, and says that it is old: a browser's error page would help nobody.
 *
 * Hooks: data-past-show and data-past-hide (shown or hidden without contact), data-past-add and data-past-drop (a class
 * to add or drop then), data-age (gets the age of the page in minutes, in the words it holds, once it is a minute old).
 */
import { monotonicMs } from "../lib/clock.js";
import { isOurs } from "./contact.js";

const LOOK_AGAIN_MS = 60_000;
const DEADLINE_MS = 8_000;
const MINUTE_MS = 60_000;
const TELL_AGE_MS = 15_000;

/** @param {boolean} past */
export function showAsPast(past) {
  for (const part of document.querySelectorAll("[data-past-show]")) part.toggleAttribute("hidden", !past);
  for (const part of document.querySelectorAll("[data-past-hide]")) part.toggleAttribute("hidden", past);
  for (const part of document.querySelectorAll("[data-past-add]")) part.classList.toggle(hook(part, "past-add"), past);
  for (const part of document.querySelectorAll("[data-past-drop]")) part.classList.toggle(hook(part, "past-drop"), !past);
}

/**
 * @param {Element} part
 * @param {string} name
 */
function hook(part, name) {
  return part.getAttribute(`data-${name}`) ?? "";
}

/** The server's own time, or null when nobody or somebody else answers. @returns {Promise<string | null>} */
export async function serverNow() {
  try {
    const answer = await fetch("/api/ping", { cache: "no-store", signal: AbortSignal.timeout(DEADLINE_MS) });
    const body = answer.ok ? await answer.json() : null;
    return isOurs(body) ? body.now : null;
  } catch {
    return null;
  }
}

/** Counted from when the page came, not by the clock of the device, which may be wrong. */
function showAge() {
  const minutes = Math.floor(monotonicMs() / MINUTE_MS);
  for (const part of document.querySelectorAll("[data-age]")) part.textContent = minutes < 1 ? "" : hook(part, "age").replace("{n}", String(minutes));
}

async function look() {
  if (document.hidden) return;
  if (await serverNow()) location.reload();
  else showAsPast(true);
}

// Spread, so that a whole hospital does not ask in the same second.
setInterval(showAge, TELL_AGE_MS);
setInterval(look, LOOK_AGAIN_MS * (0.8 + Math.random() * 0.4));
document.addEventListener("visibilitychange", look);
addEventListener("online", look);
addEventListener("offline", () => showAsPast(true));
addEventListener("pageshow", (event) => {
  if (event.persisted) look();
});
