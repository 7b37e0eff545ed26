/**
 * A device that a ward shares: people come and go by PIN, also without a network, and it locks itself when nobody
 * touches it. Locking hides; what was recorded is handed in all the same.
 */

import { offsetMs, wallMs } from "../lib/clock.js";
import { pinFault } from "../lib/pin_rules.js";
import { t } from "../lib/text.js";
import { Idle } from "../live/idle.js";
import { keepHeard } from "./connection.js";
import { inTurn } from "./cookie_turn.js";
import { holdPin, whenPinRefused } from "./cookie.js";
import { refreshFaces } from "./faces.js";
import { parts, wake } from "./parts.js";
import { ownDevice } from "./own_device.js";
import { adopt, hidePerson, openPerson } from "./signing.js";
import { contact, locked, session, shared, toast } from "./state.js";

const LOCK_MS = 120_000;
const REACHED = ["live", "polling", "sign_in"];

const idle = new Idle({ after_ms: LOCK_MS, onIdle: () => void (shared.value && session.value && lock()) });

/** @returns {() => void} stop */
export function watchIdle() {
  whenPinRefused(pinRefused);
  idle.start();
  return () => idle.stop();
}

/** Who is at the screen when the app starts. @returns {Promise<import("../offline/people.js").Person|null>} nobody when it is locked */
export async function whoIsHere() {
  shared.value = Boolean(await parts.people.note("shared"));
  locked.value = (await parts.people.note("locked")) ?? null;
  const person = await parts.people.current();
  if (!person || !shared.value || !idle.idle) return person;
  await keepLocked(person.id);
  return null;
}

/** Hide everything and ask who is here. The cookie ends where a PIN can bring it back. */
export async function lock() {
  const user = session.value?.user.id;
  if (!user) return;
  holdPin(null);
  await keepHeard();
  await keepLocked(user);
  await hidePerson();
  parts.channel.post({ kind: "session" });
  void wake();
}

/** @param {string} user */
async function keepLocked(user) {
  await parts.people.keepNote("locked", user);
  await parts.people.forgetCurrent();
  if ((await parts.pins.state(user)).st === "on") await parts.people.keepNote("logout_due", true);
  locked.value = user;
}

/**
 * Somebody who has signed in here before is back: by PIN, or by a tap where the device was locked for them and they
 * have none. Rejects with `{code: "pin_wrong"|"pin_wait"|"pin_off"|"sign_in", left?, until?}`, `until` in the server's time.
 * @param {string} id @param {string} [pin]
 */
export async function comeBack(id, pin = "") {
  const person = (await parts.people.known()).find((one) => one.id === id);
  if (!person) throw { code: "sign_in" };
  const boot = pin ? await prove(person, pin) : await tapped(id);
  idle.touch();
  if (pin && !boot) holdPin({ user: id, username: person.username, pin });
  await parts.people.keepNote("locked", null);
  if (boot) await adopt(boot);
  else await enter(person);
  locked.value = null;
  await refreshFaces();
  parts.channel.post({ kind: "session" });
  void wake().then(() => parts.socket.renew());
}

/** @param {import("../offline/people.js").Person} person */
async function enter({ id, boot }) {
  await parts.people.comeBack(id);
  parts.boot_due = true;
  if (parts.outbox?.user !== id) await openPerson(boot);
}

/** @param {string} id */
async function tapped(id) {
  if (locked.value !== id || (await parts.pins.state(id)).st !== "none") throw { code: "sign_in" };
  return null;
}

/**
 * This device can tell by itself. What it takes for wrong may be a PIN that was changed elsewhere: the server knows.
 * @param {import("../offline/people.js").Person} person @param {string} pin @returns {Promise<any>} the server's boot object if it was asked
 */
async function prove({ id, username }, pin) {
  const verdict = await parts.pins.check(id, pin, wallMs());
  if (verdict.st === "ok") return null;
  if (verdict.st === "wrong" && REACHED.includes(contact.value.state)) {
    const boot = await inTurn(() => askByPin(username, pin)).catch(() => null);
    if (boot) await parts.pins.keep(id, pin);
    if (boot) return boot;
  }
  const until = verdict.st === "wait" ? verdict.until + (offsetMs() ?? 0) : undefined;
  throw { ...verdict, until, code: `pin_${verdict.st}` };
}

/** @param {string} username @param {string} pin */
async function askByPin(username, pin) {
  const boot = await parts.api.login({ username, pin, device: ownDevice() });
  await parts.people.keepNote("logout_due", false);
  await parts.people.keepNote("cookie_of", boot.user.id);
  return boot;
}

/** The server does not know the PIN that opened this device: it was changed, or the account has ended. @param {string} user */
async function pinRefused(user) {
  await parts.pins.drop(user);
  if (session.value?.user.id !== user) return;
  await parts.people.forgetCurrent();
  await hidePerson();
  toast.value = { text: t("This PIN is not valid any more. Sign in with name and password.") };
  parts.channel.post({ kind: "session" });
}

/** Set a PIN for the person at the screen. @param {{password: string, pin: string}} given rejects with `{code, msg}` */
export async function setPin({ password, pin }) {
  const fault = pinFault(pin);
  if (fault) throw { code: `pin_${fault}` };
  await parts.api.setPin({ password, pin });
  if (session.value) await parts.pins.keep(session.value.user.id, pin);
  await refreshFaces();
}

/** @param {boolean} on whether a ward shares this device */
export async function shareDevice(on) {
  await parts.people.keepNote("shared", on);
  shared.value = on;
  idle.touch();
  parts.channel.post({ kind: "shared", on });
}

/** Whether this browser can keep a PIN at all. */
export const pinPossible = () => parts.pins.possible;
