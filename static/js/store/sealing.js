/**
 * Who signs out seals what they leave on this device, and reads it again after the next sign-in. Sealed or not, it is
 * handed in by whoever is here. Where the browser or the server gives no key, it stays as it was.
 *
 * @typedef {import("../offline/outbox.js").Outbox} Outbox
 */

import { lockFor, SEALED, sealOp } from "../lib/sealed_op.js";
import { ApiError } from "../live/api.js";
import { reloadOps } from "./ledger.js";
import { parts } from "./parts.js";
import { serverKeys } from "./status.js";

const AT_ONCE = 100;

/** Whether this device can seal at all: the key came with the sign-in, and the browser has ciphers on https only. */
export const canSeal = async () => Boolean(globalThis.crypto?.subtle && (await serverKeys())?.relay);

/** Seal all of an outbox, the journal included. Repeating it changes nothing. @param {Outbox} outbox @returns {Promise<boolean>} whether nobody can read it now */
export async function sealOutbox(outbox) {
  if (!(await canSeal())) return false;
  const open = (await outbox.all()).filter(({ kind }) => kind !== SEALED);
  const lock = await lockFor(/** @type {any} */ (await serverKeys()).relay);
  const sealed = await Promise.all(open.map((entry) => sealOp(entry, outbox.user, lock)));
  await outbox.rewrite(sealed);
  return true;
}

/** The person has come back: their sealed entries are readable again. Without an answer they stay sealed until the next sign-in. */
export async function unsealOwn() {
  const outbox = parts.outbox;
  const sealed = ((await outbox?.all()) ?? []).filter(({ kind }) => kind === SEALED);
  if (!outbox || sealed.length === 0) return;
  try {
    for (let from = 0; from < sealed.length; from += AT_ONCE) {
      const asked = sealed.slice(from, from + AT_ONCE).map(({ id, args }) => ({ id, sealed: args.sealed }));
      await outbox.rewrite((await parts.api.unseal({ ops: asked })).ops);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  if (outbox === parts.outbox) await reloadOps();
}
