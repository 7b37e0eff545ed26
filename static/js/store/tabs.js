/** What the tabs of this device tell each other. One talks to the server, all of them show the same. */

import { recallCarried } from "./carried.js";
import { followContact, shareContact } from "./connection.js";
import { holdsPinOf, identify } from "./cookie.js";
import { refreshFaces } from "./faces.js";
import { recallHanded } from "./handed.js";
import { reloadOps } from "./ledger.js";
import { parts } from "./parts.js";
import { closePerson, hidePerson, openPerson } from "./signing.js";
import { hearChange, reloadBase } from "./replica.js";
import { recallStatus } from "./status.js";
import { locked, session, shared } from "./state.js";
import { serverEpoch } from "./tables.js";

export function hearTabs() {
  parts.channel.listen((message) => void hear(message));
  parts.channel.post({ kind: "contact?" });
}

/** @param {import("../live/channel.js").Message} message */
async function hear(message) {
  try {
    await HEAR[message.kind]?.(message);
  } catch (error) {
    // A fault of this tab's storage: its own next read says so, the other tab cannot help it.
    console.error("tabs.fault", error);
  }
}

/** @type {Record<string, (message: any) => unknown>} */
const HEAR = {
  wake: () => parts.leader.leading && parts.sync.wake(),
  ops: ({ user, epoch }) => {
    if (epoch) serverEpoch.value = epoch;
    return user === session.value?.user.id ? reloadOps() : refreshFaces();
  },
  change: ({ user, change }) => hearChange(user, change),
  contact: ({ contact }) => !parts.leader.leading && hearContact(contact),
  "contact?": () => parts.leader.leading && shareContact(),
  session: changePerson,
  status: recallStatus,
  carried: recallCarried,
  handed: ({ user }) => user === session.value?.user.id && recallHanded(),
  shared: ({ on }) => void (shared.value = on),
};

/** This tab stood still: what the others said meanwhile is lost, what they wrote is in storage. */
export async function catchUp() {
  shared.value = Boolean(await parts.people.note("shared"));
  if ((await parts.people.current())?.id !== session.value?.user.id) await changePerson();
  await Promise.all([reloadBase(), reloadOps(), refreshFaces(), recallStatus(), recallCarried()]);
  parts.channel.post({ kind: "contact?" });
}

/** The tab that talks needs the PIN that was given in this one. @param {any} contact */
async function hearContact(contact) {
  followContact(contact);
  if (contact.state !== "sign_in" || !holdsPinOf(session.value?.user.id)) return;
  const signedIn = await identify().then(() => true, () => false);
  if (signedIn) parts.channel.post({ kind: "session" });
}

/** Somebody signed in or out in another tab. */
async function changePerson() {
  const person = await parts.people.current();
  locked.value = (await parts.people.note("locked")) ?? null;
  if (!person) return session.value ? (locked.value ? hidePerson() : closePerson()) : refreshFaces();
  if (person.id !== session.value?.user.id) await openPerson(person.boot);
  parts.boot_due = true;
  if (!parts.leader.leading) return;
  await parts.sync.wake();
  parts.socket.renew();
}
