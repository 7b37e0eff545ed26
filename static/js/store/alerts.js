/**
 * Alerts on this phone: whether its person gets them, turning them on and off, trying them. The owner of `alerts`.
 *
 * @typedef {"unknown"|"unsupported"|"needs_home_screen"|"ask"|"denied"|"off"|"on"} AlertState  `off`: allowed in the browser, but not on for this person
 */

import { effect, signal } from "@preact/signals";

import { language } from "../lib/text.js";
import { askPermission, endSubscription, permission, setBadge, subscription } from "../live/alerts.js";
import { tryNow } from "./actions.js";
import { parts } from "./parts.js";
import { ready, session } from "./state.js";
import { toAcknowledge } from "./view.js";

/** @type {import("@preact/signals").Signal<AlertState>} */
export const alerts = signal(/** @type {AlertState} */ ("unknown"));

/** Whether the offer after an acknowledgement was answered with "not now". */
export const declined = signal(true);

/** What the push service or the browser said when it did not work: a code, or "". */
export const trouble = signal("");

/** Follow the person at the screen: their subscription is renewed at every start, as browsers lose them. @returns {() => void} stop */
export function followAlerts() {
  const stops = [
    effect(() => {
      if (ready.value) void settle(session.value?.user.id ?? null);
    }),
    effect(() => {
      if (session.value) setBadge(toAcknowledge.value.length);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** @param {string|null} user */
async function settle(user) {
  const can = permission();
  declined.value = (await parts.people.note("alerts_declined").catch(() => null)) === true;
  const owner = await parts.people.note("alerts_of").catch(() => null);
  alerts.value = can !== "granted" ? can : user !== null && owner === user ? "on" : "off";
  // The cookie may still be a colleague's: their name must not get this phone.
  if (alerts.value === "on" && (await parts.people.note("cookie_of").catch(() => null)) === user) await renew().catch(() => {});
}

/** Ask the browser and the person, then subscribe. Call it from a tap. @returns {Promise<boolean>} whether alerts are on now */
export async function turnOn() {
  const can = await askPermission().catch(() => permission());
  if (can !== "granted") {
    alerts.value = can;
    return false;
  }
  try {
    await renew();
  } catch (error) {
    trouble.value = /** @type {any} */ (error)?.code ?? "push_service";
    alerts.value = "off";
    return false;
  }
  await parts.people.keepNote("alerts_of", session.value?.user.id ?? null);
  trouble.value = "";
  alerts.value = "on";
  void tryNow();
  return true;
}

/** No alerts for this person here any more. */
export async function turnOff() {
  await parts.people.keepNote("alerts_of", null);
  alerts.value = "off";
  await parts.api.endAlerts().catch(() => {});
  await endSubscription().catch(() => {});
}

/** A test to this phone; rejects with `{code, msg}`. What becomes of it comes as the row `push`. */
export async function testAlerts() {
  await parts.api.testAlert();
  void tryNow();
}

/** "Not now" is an answer: it is not asked again after an acknowledgement. */
export async function decline() {
  await parts.people.keepNote("alerts_declined", true);
  declined.value = true;
}

async function renew() {
  const vapid = session.value?.vapid;
  if (!vapid) throw { code: "no_key" };
  const { endpoint, keys } = await subscription(vapid);
  await parts.api.addAlerts({ endpoint, keys, lang: language() });
}
