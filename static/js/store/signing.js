/** Signing in and out. Who signs out leaves the rows behind for nobody, and the unsent work for the server. */

import { wallMs } from "../lib/clock.js";
import { useZone } from "../lib/format.js";
import { t } from "../lib/text.js";
import { flush } from "../live/push.js";
import { recallHeard } from "./connection.js";
import { refreshFaces } from "./faces.js";
import { reloadOps } from "./ledger.js";
import { outboxOf, parts, wake } from "./parts.js";
import { dropBase, openBase } from "./replica.js";
import { contact, ops, session, toast } from "./state.js";
import { knownEpoch, serverEpoch } from "./tables.js";

const LAST_FLUSH_MS = 5_000;

/** @param {{username: string, password: string}} who rejects with `{code, msg}` */
export async function signIn({ username, password }) {
  const device = { id: parts.device, label: deviceLabel(), platform: platform() };
  const boot = await parts.api.login({ username, password, device });
  await parts.people.keepNote("logout_due", false);
  await adopt(boot);
  void globalThis.navigator?.storage?.persist?.();
  parts.channel.post({ kind: "session" });
  parts.socket.renew();
  await wake();
}

/** Take over what a boot object says: person, token, ticket. @param {any} boot */
export async function adopt(boot) {
  const at = wallMs();
  if (boot.device && boot.device !== parts.device) await parts.people.takeDevice((parts.device = boot.device));
  await parts.people.remember(boot, at);
  if (parts.outbox?.user !== boot.user.id) await openPerson(boot);
  if (boot.push_token) {
    await parts.outbox?.setMeta("device", parts.device);
    await parts.outbox?.setMeta("push_token", boot.push_token);
  }
  serverEpoch.value = boot.epoch;
  parts.ticket = boot.ws_ticket ? { ws_ticket: boot.ws_ticket, at } : null;
  parts.boot_due = false;
  session.value = sessionOf(boot);
  await refreshFaces();
}

/** Show a person's rows and ops from storage. @param {any} boot the present one or the one remembered */
export async function openPerson(boot) {
  session.value = null;
  ops.value = [];
  parts.outbox = outboxOf(boot.user.id);
  await Promise.all([openBase(boot.user.id), recallHeard(boot.user.id), reloadOps(), parts.outbox.prune(wallMs()).catch(() => {})]);
  useZone(boot.site?.tz);
  session.value = sessionOf(boot);
}

/** @returns {Promise<{waiting: number}>} how many entries stay on this device until the server can be reached */
export async function signOut() {
  const outbox = parts.outbox;
  if (outbox) await atMost(LAST_FLUSH_MS, lastFlush(outbox));
  await reloadOps();
  const waiting = contact.value.waiting;
  await parts.people.forgetCurrent();
  const told = await parts.api.logout().then(() => true, () => false);
  await parts.people.keepNote("logout_due", !told);
  await closePerson();
  parts.channel.post({ kind: "session" });
  if (waiting > 0) toast.value = { text: t("{n} entries stay on this phone. They will be sent by themselves.", { n: waiting }) };
  return { waiting };
}

/** Nobody is signed in here any more. */
export async function closePerson() {
  parts.socket.stop();
  session.value = null;
  parts.outbox = null;
  parts.ticket = null;
  parts.boot_due = true;
  ops.value = [];
  await dropBase();
  await refreshFaces();
}

/**
 * Nobody is known to be signed in here. A sign-out that the server has not heard of is finished, as the cookie outlives
 * it; else a sign-in that this storage has lost, or that was made on another page, is taken up again.
 */
export async function noPerson() {
  if (await parts.people.note("logout_due")) {
    await parts.api.logout();
    await parts.people.keepNote("logout_due", false);
  }
  if (!parts.boot_due) return;
  parts.boot_due = false;
  const boot = await parts.api.boot().catch((error) => {
    if (error.status === 401) return null;
    parts.boot_due = true;
    throw error;
  });
  if (!boot) return;
  await adopt(boot);
  void parts.sync.wake();
}

/** @param {import("../offline/outbox.js").Outbox} outbox */
async function lastFlush(outbox) {
  await flush(outbox, { api: parts.api, device: parts.device, epoch: knownEpoch }).catch(() => {});
}

/** @param {any} boot @returns {import("./state.js").Session} */
function sessionOf(boot) {
  const { id, name, username, roles = [], units = [], memberships = [] } = boot.user;
  return {
    user: { id, name, username, roles, units, memberships }, site: boot.site, device: parts.device,
    offline_until: boot.offline_until ?? null, app: boot.app,
  };
}

/** @param {number} ms @param {Promise<void>} work */
async function atMost(ms, work) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const end = new Promise((resolve) => void (timer = setTimeout(resolve, ms)));
  await Promise.race([work, end]).finally(() => clearTimeout(timer));
}

function platform() {
  const { userAgentData, platform: name } = /** @type {any} */ (globalThis.navigator ?? {});
  return String(userAgentData?.platform || name || "unknown");
}

/** What an administrator reads in the list of devices. */
function deviceLabel() {
  const agent = globalThis.navigator?.userAgent ?? "";
  const browser = ["Firefox", "Edg", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "Browser";
  return `${browser === "Edg" ? "Edge" : browser}, ${platform()}`;
}
