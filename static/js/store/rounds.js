/** One round of talking, for whoever is at the screen now, and for everybody whose entries wait here. */

import { exclusively } from "../live/leader.js";
import { talk } from "../live/round.js";
import { mergeRescued } from "../offline/emergency.js";
import { deliverCarried } from "./carried.js";
import { cookieIsOurs, identify, noPerson } from "./cookie.js";
import { heldHere, noteSignInDue, refreshFaces } from "./faces.js";
import { reloadOps } from "./ledger.js";
import { allOutboxes, outboxOf, parts } from "./parts.js";
import { replicaOf } from "./replica.js";
import { adopt } from "./signing.js";
import { refreshStatus } from "./status.js";
import { knownEpoch, serverEpoch } from "./tables.js";

const person = () => parts.outbox?.user ?? null;

/** @returns {Promise<import("../live/sync.js").RoundOutcome>} */
export async function round() {
  if ((await mergeRescued(outboxOf)) > 0) await reloadOps();
  const [epoch, user] = [knownEpoch(), person()];
  const outcome = await talk(depsFor(user));
  // Somebody else has come to the screen, or nobody is there: what was asked says nothing of them.
  const changed = person() !== user;
  // The server was restored from a backup: what it may have lost goes in again at once.
  const restored = outcome.ok && epoch !== null && epoch !== knownEpoch();
  if (changed || restored) void parts.sync.wake();
  if (changed) return { ok: true };
  if (outcome.ok && user) parts.socket.start();
  // A phone without a fresh status says so by itself: nothing waits for this.
  if (outcome.ok && user) refreshStatus().catch(() => {});
  if (outcome.code === "sign_in") parts.socket.stop();
  return outcome;
}

/** @param {string|null} user @returns {import("../live/round.js").RoundDeps} */
const depsFor = (user) => ({
  api: parts.api, device: parts.device, app: parts.build, outboxes: allOutboxes, user: person, replica: { ...replicaOf(user), held: heldHere },
  bootDue: () => parts.boot_due, epoch: knownEpoch, onSignedOut: noPerson, identify, cookieIsOurs, deliver: deliverCarried, onSignInDue: noteSignInDue,
  exclusive: (work) => exclusively(parts.locks, work),
  onBoot: async (boot) => {
    if (person() === user) await adopt(boot);
  },
  onFlushed: async (outbox, { epoch }) => {
    serverEpoch.value = epoch;
    if (outbox === parts.outbox) await reloadOps();
    else await refreshFaces();
    parts.channel.post({ kind: "ops", user: outbox.user, epoch });
  },
});
