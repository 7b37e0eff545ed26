/**
 * Whose cookie this browser holds. Whoever comes back by PIN without a network is at the screen, while the cookie may
 * still be a colleague's: nothing is asked with it then, or her rows and her name would end up with the other.
 */

import { ApiError } from "../live/api.js";
import { inTurn } from "./cookie_turn.js";
import { parts } from "./parts.js";
import { ownDevice } from "./own_device.js";
import { adopt } from "./signing.js";

/** @type {{user: string, username: string, pin: string}|null} in memory only, until the server has seen it */
let held = null;
/** @type {(user: string) => Promise<void>} */
let onRefused = async () => {};

/** The PIN just given, for the moment when the server can be asked. @param {{user: string, username: string, pin: string}|null} given */
export const holdPin = (given) => void (held = given);

/** @param {(user: string) => Promise<void>} act when the server does not know a PIN that this device knew */
export const whenPinRefused = (act) => void (onRefused = act);

/** Whether a sign-in waits for the server. @param {string|undefined} user */
export const holdsPinOf = (user) => held !== null && held.user === user;

/** Whether the cookie is that of the person at the screen. */
export async function cookieIsOurs() {
  const owner = await parts.people.note("cookie_of");
  // Before this was written down there was one person to a cookie.
  return (owner === undefined || owner === parts.outbox?.user) && !(await logoutDue());
}

/** @returns {Promise<boolean>} whether the server has not heard yet of a sign-out */
const logoutDue = async () => Boolean(await parts.people.note("logout_due"));
const isAnothers = async () => !(await cookieIsOurs()) && ((await logoutDue()) || Boolean(await parts.people.note("cookie_of")));

/**
 * Before anything is asked by cookie: make it the cookie of the person at the screen, or refuse with `sign_in`.
 * A colleague's sign-in is ended first, as nobody else will.
 */
export async function identify() {
  if (await cookieIsOurs()) return;
  await endCookie(isAnothers);
  if (await cookieIsOurs()) return;
  const user = parts.outbox?.user;
  if (!user || !holdsPinOf(user)) throw signInNeeded();
  await signInByPin(user, /** @type {any} */ (held));
}

/**
 * Nobody is at the screen. A sign-out that the server has not heard of is finished, as the cookie outlives it; else,
 * unless the device is locked, a sign-in that this storage has lost, or that was made on another page, is taken up.
 */
export async function noPerson() {
  await endCookie(logoutDue);
  if (!parts.boot_due || (await parts.people.note("locked"))) return;
  parts.boot_due = false;
  const boot = await parts.api.signedIn().catch((error) => {
    parts.boot_due = true;
    throw error;
  });
  // Meanwhile somebody may have come to the screen by PIN.
  if (!boot || parts.outbox) return;
  await adopt(boot);
  void parts.sync.wake();
}

/** The server forgets the cookie's sign-in, if that is due when its turn comes. @param {() => Promise<boolean>} isDue */
async function endCookie(isDue) {
  if (!(await isDue())) return;
  await inTurn(async () => {
    if (!(await isDue())) return;
    await parts.api.logout();
    await parts.people.keepNote("cookie_of", null);
    await parts.people.keepNote("logout_due", false);
  });
}

/** @param {string} user @param {{username: string, pin: string}} given */
const signInByPin = (user, { username, pin }) => inTurn(async () => {
  const boot = await parts.api.login({ username, pin, device: ownDevice() }).catch(async (error) => {
    if (error.status === 401) {
      holdPin(null);
      await onRefused(user);
    }
    throw error;
  });
  holdPin(null);
  await parts.people.keepNote("cookie_of", boot.user.id);
  // Meanwhile somebody else may have come to the screen.
  if (parts.outbox?.user !== user) throw signInNeeded();
  await adopt(boot);
});

const signInNeeded = () => new ApiError({ code: "sign_in", msg: "", status: 401 });
