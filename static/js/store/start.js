/** Start of the app: show what storage holds, then talk. Nothing on screen waits for the network. */

import { effect } from "@preact/signals";

import { breath } from "../lib/breath.js";
import { recallOffset } from "../lib/clock.js";
import { uuid7 } from "../lib/ids.js";
import { openChannel } from "../live/channel.js";
import { createApi } from "../live/api.js";
import { Leader } from "../live/leader.js";
import { Socket } from "../live/socket.js";
import { Sync } from "../live/sync.js";
import { isVisible, listenForMoments } from "../live/triggers.js";
import { mergeRescued } from "../offline/emergency.js";
import { Carry } from "../offline/carried.js";
import { People } from "../offline/people.js";
import { Pins } from "../offline/pins.js";
import { followAddress } from "./address.js";
import { followAlerts } from "./alerts.js";
import { recallCarried } from "./carried.js";
import { heard, keepHeard, refreshContact, tookRound, watch } from "./connection.js";
import { keepFaces, refreshFaces } from "./faces.js";
import { followFormsLater } from "./forms_later.js";
import { followHold } from "./hold.js";
import { watchIdle, whoIsHere } from "./lock.js";
import { keepPlanWords } from "./plan_words.js";
import { closeOutboxes, outboxOf, parts, wake } from "./parts.js";
import { reportReceipts } from "./receipts.js";
import { round } from "./rounds.js";
import { openPerson } from "./signing.js";
import { socketEvent, ticket } from "./socket_events.js";
import { carried, contact, people as faces, ready, session } from "./state.js";
import { followNews, recallStatus, statusSettled } from "./status.js";
import { checkStorage, keepWatch } from "./storage.js";
import { catchUp, hearTabs } from "./tabs.js";
import { me } from "./view.js";

const AFTER_CONNECT_MS = 2_000;
const AFTER_LOSS_MS = 4_000;

/**
 * @param {{fetcher?: typeof fetch, connect?: (url: string, options: any) => any, locks?: any}} [deps] for tests
 * @returns {Promise<() => Promise<void>>} resolves when storage has been shown; gives a function that stops everything
 */
export async function start({ fetcher, connect, locks = globalThis.navigator?.locks } = {}) {
  const stopAddress = followAddress();
  joinParts({ fetcher, connect, locks });
  hearTabs();
  const stopWords = keepPlanWords();
  await showStored();
  await breath();
  ready.value = true;
  const moments = listenForMoments({ wake: () => void wake(), seen: () => parts.socket.revive(), left: () => void keepHeard() });
  const stops = [
    stopAddress, stopWords, watch(), keepFaces(), keepUser(), followHold(), reportReceipts(), followAlerts(), followFormsLater(), watchIdle(), keepWatch(), followNews(), moments,
  ];
  await breath();
  parts.leader.start();
  return async () => {
    for (const stop of stops) stop();
    parts.leader.stop();
    await parts.sync.stop();
    parts.socket.stop();
    await statusSettled();
    for (const part of [parts.channel, parts.people, parts.carry, parts.base]) part?.close();
    closeOutboxes();
  };
}

/** @param {{fetcher?: typeof fetch, connect?: (url: string, options: any) => any, locks: any}} deps */
function joinParts({ fetcher, connect, locks }) {
  const channel = openChannel();
  const people = new People();
  const api = createApi({ fetcher, onHeard: heard, live: () => Boolean(parts.socket?.live) });
  const onLive = () => {
    refreshContact();
    // A socket that is gone may mean a dead server: ask soon, so that nobody reads "in contact" from a corpse.
    parts.sync.wakeSoon(parts.socket.live ? AFTER_CONNECT_MS : AFTER_LOSS_MS);
  };
  Object.assign(parts, {
    channel, api, locks, people,
    pins: new Pins(people), carry: new Carry(),
    leader: new Leader({ channel, locks, visible: isVisible, onChange: lead, onMissed: () => void catchUp().catch(() => {}) }),
    socket: new Socket({ ticket, connect, onEvent: socketEvent, onLive, onHeard: heard }),
    sync: new Sync({
      round, visible: () => isVisible() || parts.leader.watched, waiting: somethingWaits, socketLive: () => parts.socket.live, onOutcome: tookRound,
    }),
  });
}

/** Whoever was signed in last is shown at once; work that was rescued moves home first. */
async function showStored() {
  try {
    await checkStorage();
    recallOffset(await parts.people.note("offset_ms"));
    await mergeRescued(outboxOf);
    const person = await whoIsHere();
    recallStatus().catch(() => {});
    await recallCarried();
    if (person) await openPerson(person.boot);
    await refreshFaces();
  } catch {
    parts.device ??= uuid7();
  }
}

/** Anybody's: a locked device hands in too. */
const somethingWaits = () => contact.value.waiting > 0 || carried.value.some(({ state }) => state === "carrying") || faces.value.some(({ waiting }) => waiting > 0);

/** @param {boolean} leading */
function lead(leading) {
  if (!leading) {
    void parts.sync.stop().then(() => parts.leader.leading || parts.socket.stop());
    return;
  }
  void parts.sync.start();
  if (session.value) parts.socket.start();
}

/** Roles and units change during a shift: the session follows the person's own row. */
function keepUser() {
  return effect(() => {
    const { roles, units, memberships, name } = me.value;
    const held = session.peek();
    if (!held) return;
    const user = { ...held.user, roles, units, memberships, name };
    if (JSON.stringify(user) !== JSON.stringify(held.user)) session.value = { ...held, user };
  });
}
