/** Signing in and out. Who signs out leaves the rows behind for nobody, and the unsent work for the server. */

import { wallMs } from "../lib/clock.js";
import { useZone } from "../lib/format.js";
import { t } from "../lib/text.js";
import { flush } from "../live/push.js";
import { go } from "./address.js";
import { inTurn } from "./cookie_turn.js";
import { recallHeard } from "./connection.js";
import { refreshFaces } from "./faces.js";
import { recallHanded } from "./handed.js";
import { reloadOps } from "./ledger.js";
import { linkOf, outboxOf, parts, wake } from "./parts.js";
import { dropBase, leaveBase, openBase } from "./replica.js";
import { ownDevice } from "./own_device.js";
import { sealOutbox, unsealOwn } from "./sealing.js";
import { contact, handed, locked, ops, session, toast } from "./state.js";
import { keepKeys } from "./status.js";
import { askToKeep } from "./storage.js";
import { serverEpoch } from "./tables.js";

const LAST_FLUSH_MS = 5_000;

/** Who was at the screen last. @type {string|null} */
let shown = null;

/** @param {{username: string, password: string}} who rejects with `{code, msg}` */
export async function signIn({ username, password }) {
  await inTurn(async () => {
    const boot = await parts.api.login({ username, password, device: ownDevice() });
    await parts.people.keepNote("logout_due", false);
    await parts.people.keepNote("locked", null);
    await parts.pins.forgive(boot.user.id);
    locked.value = null;
    await adopt(boot);
  });
  void askToKeep();
  parts.channel.post({ kind: "session" });
  parts.socket.renew();
  await wake();
}

/** Take over what a boot object says: person, token, ticket. @param {any} boot */
export async function adopt(boot) {
  const at = wallMs();
  if (boot.device && boot.device !== parts.device) await parts.people.takeDevice((parts.device = boot.device));
  await parts.people.remember(boot, at);
  await parts.people.keepNote("cookie_of", boot.user.id);
  if (parts.outbox?.user !== boot.user.id) await openPerson(boot);
  if (boot.push_token) {
    await parts.outbox?.setMeta("device", parts.device);
    await parts.outbox?.setMeta("push_token", boot.push_token);
  }
  await keepKeys(boot.keys);
  serverEpoch.value = boot.epoch;
  parts.ticket = boot.ws_ticket ? { ws_ticket: boot.ws_ticket, at } : null;
  parts.boot_due = false;
  session.value = sessionOf(boot);
  await unsealOwn();
  await refreshFaces();
}

/** Show a person's rows and ops from storage. @param {any} boot the present one or the one remembered */
export async function openPerson(boot) {
  session.value = null;
  ops.value = [];
  handed.value = [];
  // The place where somebody else left is not the place where this person begins.
  if ((shown ?? locked.value ?? boot.user.id) !== boot.user.id && typeof window !== "undefined") go("/app/");
  shown = boot.user.id;
  parts.outbox = outboxOf(boot.user.id);
  const read = Promise.all([openBase(boot.user.id), recallHeard(boot.user.id), reloadOps(), recallHanded(), parts.outbox.prune(wallMs()).catch(() => {})]);
  useZone(boot.site?.tz);
  await read;
  session.value = sessionOf(boot);
}

/** @returns {Promise<{waiting: number, sealed: boolean}>} how many entries stay on this device until the server can be reached, and whether nobody here can read them */
export async function signOut() {
  const outbox = parts.outbox;
  if (outbox) await atMost(LAST_FLUSH_MS, lastFlush(outbox));
  await reloadOps();
  const waiting = contact.value.waiting;
  await parts.people.forgetCurrent();
  if (outbox) await parts.pins.drop(outbox.user);
  const sealed = outbox ? await sealOutbox(outbox).catch(() => false) : false;
  await inTurn(async () => {
    const told = await parts.api.logout().then(() => true, () => false);
    await parts.people.keepNote("logout_due", !told);
    await parts.people.keepNote("cookie_of", null);
  });
  await closePerson();
  parts.channel.post({ kind: "session" });
  if (waiting > 0) toast.value = { text: staysWords(waiting, sealed) };
  return { waiting, sealed };
}

/** @param {number} n @param {boolean} sealed */
function staysWords(n, sealed) {
  if (sealed) return n === 1 ? t("1 entry stays on this device, sealed, and is sent by itself.") : t("{n} entries stay on this device, sealed, and are sent by themselves.", { n });
  return n === 1 ? t("1 entry stays on this device and is sent by itself.") : t("{n} entries stay on this device and are sent by themselves.", { n });
}

/** Nobody is signed in here any more: their rows go. */
export async function closePerson() {
  forgetInMemory();
  await dropBase();
  await refreshFaces();
}

/** Nobody is at the screen: the rows stay on this device for who comes back, and leave memory. */
export async function hidePerson() {
  forgetInMemory();
  leaveBase();
  await refreshFaces();
}

function forgetInMemory() {
  parts.socket.stop();
  session.value = null;
  parts.outbox = null;
  parts.ticket = null;
  parts.boot_due = true;
  ops.value = [];
  handed.value = [];
  toast.value = null;
}

/** @param {import("../offline/outbox.js").Outbox} outbox */
async function lastFlush(outbox) {
  await flush(outbox, linkOf()).catch(() => {});
}

/** @param {any} boot @returns {import("./state.js").Session} */
function sessionOf(boot) {
  const { id, name, username, roles = [], units = [], memberships = [] } = boot.user;
  return {
    user: { id, name, username, roles, units, memberships }, site: boot.site, device: parts.device,
    offline_until: boot.offline_until ?? null, app: boot.app, vapid: boot.vapid ?? "",
  };
}

/** @param {number} ms @param {Promise<void>} work */
async function atMost(ms, work) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const end = new Promise((resolve) => void (timer = setTimeout(resolve, ms)));
  await Promise.race([work, end]).finally(() => clearTimeout(timer));
}
