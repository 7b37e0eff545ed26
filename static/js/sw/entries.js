/* Part of /sw.js: writes an entry into its author's outbox while no page runs, and hands it in. A worker cannot import
   the app's modules (no import map), so the few rules it shares stand here again; tests/js/sw_entries.test.js holds both
   to the same outbox: numbers without a hole, nothing deleted, results left to the page. */

const HAND_IN_MS = 9_000;
const MOST_OPS = 50;

/** Whether this person is at the screen of this device: nobody answers in a colleague's name. */
async function isAtScreen(user) {
  const people = await openExisting("wardlight-people");
  if (!people) return false;
  const [current, locked] = await reading(people, "meta", (meta) => [meta.get("current"), meta.get("locked")]);
  return current === user && !locked;
}

/**
 * Store an entry under the author's next number; the same said twice is one entry.
 * @returns {Promise<any>} the entry, or null where this device keeps no outbox of theirs
 */
async function keepEntry(user, kind, args) {
  const outbox = await openExisting(`wardlight-outbox-${user}`);
  if (!outbox) return null;
  const offset = await clockOffset();
  return writing(outbox, ["ops", "meta"], (tx, done) => {
    const [ops, meta] = [tx.objectStore("ops"), tx.objectStore("meta")];
    ops.getAll().onsuccess = ({ target }) => {
      const known = target.result.find((entry) => entry.kind === kind && sameArgs(entry.args, args));
      if (known) return done(known);
      meta.get("next_n").onsuccess = (found) => {
        const entry = freshOne(kind, args, found.target.result ?? 1, offset);
        meta.put(entry.n + 1, "next_n");
        ops.put(entry).onsuccess = () => done(entry);
      };
    };
  });
}

/** Hand in what waits, oldest first. The page takes up the results: it sends again and is answered `dup`. @returns {Promise<any[]>} results, empty without contact */
async function handIn(user) {
  const name = `wardlight-outbox-${user}`;
  const outbox = await openExisting(name);
  if (!outbox) return [];
  const [ops, token, device] = await reading(outbox, ["ops", "meta"], (_, tx) => [
    tx.objectStore("ops").getAll(), tx.objectStore("meta").get("push_token"), tx.objectStore("meta").get("device"),
  ]);
  const waiting = ops.filter((entry) => entry.final_at === null);
  if (!token || waiting.length === 0) return [];
  const batch = waiting.slice(0, MOST_OPS);
  await writing(await openExisting(name), ["ops"], (tx) => {
    const ops = tx.objectStore("ops");
    // Read again: a page may have heard of an answer meanwhile, or moved an entry up.
    for (const { id, n } of batch) ops.get(n).onsuccess = ({ target }) => target.result?.id === id && ops.put({ ...target.result, tried: true });
  });
  return self.navigator.locks.request("wardlight-push", () => send(token, pushOf(batch, waiting, device))).catch(() => []);
}

async function send(token, body) {
  const response = await fetch("/api/sync/push", {
    method: "POST", body: JSON.stringify(body), credentials: "omit", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(HAND_IN_MS),
    headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${token}` },
  });
  const answer = response.ok ? await response.json() : {};
  return Array.isArray(answer.results) ? answer.results : [];
}

function pushOf(batch, waiting, device) {
  const sent = Date.now();
  const age = (entry) => Math.max(0, sent - Date.parse(entry.at));
  const wire = ({ id, n, kind, v, at, base, args }) => ({ id, n, kind, v, at, age_ms: age({ at }), base, args });
  return {
    proto: 1, device, epoch: "", sent_at: new Date(sent).toISOString(),
    queue: { len: waiting.length, oldest_age_ms: Math.max(0, ...waiting.map(age)) }, ops: batch.map(wire),
  };
}

function freshOne(kind, args, n, offset_ms) {
  const at = Date.now();
  return {
    id: idOf(at), kind, v: 1, at: new Date(at).toISOString(), offset_ms, base: 0, args, n,
    tried: false, answered: false, result: null, epoch: null, final_at: null, retry_at: null,
  };
}

/** A time-ordered UUID (version 7). */
function idOf(ms) {
  const random = [...crypto.getRandomValues(new Uint8Array(10))];
  random[0] = (random[0] & 0x0f) | 0x70;
  random[2] = (random[2] & 0x3f) | 0x80;
  const hex = ms.toString(16).padStart(12, "0") + random.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const sameArgs = (one, other) => Object.keys(other).every((key) => one[key] === other[key]);

/** What the app knows of how far this device's clock stands from the server's. */
async function clockOffset() {
  const people = await openExisting("wardlight-people");
  const [offset] = people ? await reading(people, "meta", (meta) => [meta.get("offset_ms")]) : [];
  return typeof offset === "number" ? offset : null;
}

/** A database of the app as it is; null when there is none: this worker must not make an empty one. @returns {Promise<IDBDatabase|null>} */
function openExisting(name) {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
}

/** Read some values in one transaction, then let go of the database. */
async function reading(database, stores, ask) {
  const tx = database.transaction(stores, "readonly");
  const requests = ask(typeof stores === "string" ? tx.objectStore(stores) : null, tx);
  await finished(tx).finally(() => database.close());
  return requests.map((request) => request.result);
}

/** Write in one transaction that is on disk before the promise resolves; then let go of the database. */
async function writing(database, stores, work) {
  const tx = database.transaction(stores, "readwrite", { durability: "strict" });
  let value = null;
  work(tx, (result) => (value = result));
  await finished(tx).finally(() => database.close());
  return value;
}

function finished(tx) {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve(null);
    tx.onabort = tx.onerror = () => reject(tx.error);
  });
}
