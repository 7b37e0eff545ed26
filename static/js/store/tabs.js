/** What the tabs of this device tell each other. One talks to the server, all of them show the same. */

import { followContact, shareContact } from "./connection.js";
import { refreshFaces } from "./faces.js";
import { reloadOps } from "./ledger.js";
import { parts } from "./parts.js";
import { closePerson, openPerson } from "./signing.js";
import { session } from "./state.js";
import { applyChange, serverEpoch } from "./tables.js";

export function hearTabs() {
  parts.channel.listen((message) => void HEAR[message.kind]?.(message));
  parts.channel.post({ kind: "contact?" });
}

/** @type {Record<string, (message: any) => unknown>} */
const HEAR = {
  wake: () => parts.leader.leading && parts.sync.wake(),
  ops: ({ user, epoch }) => {
    if (epoch) serverEpoch.value = epoch;
    return user === session.value?.user.id ? reloadOps() : refreshFaces();
  },
  change: ({ user, change }) => user === session.value?.user.id && applyChange(change),
  contact: ({ contact }) => !parts.leader.leading && followContact(contact),
  "contact?": () => parts.leader.leading && shareContact(),
  session: changePerson,
};

/** Somebody signed in or out in another tab. */
async function changePerson() {
  const person = await parts.people.current();
  if (!person) return session.value ? closePerson() : undefined;
  if (person.id !== session.value?.user.id) await openPerson(person.boot);
  parts.boot_due = true;
  if (!parts.leader.leading) return;
  await parts.sync.wake();
  parts.socket.renew();
}
