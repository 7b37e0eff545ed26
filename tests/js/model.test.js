/**
 * Two phones, one server, and everything that goes wrong between them, in random order from a fixed seed. After each
 * step the invariants of the phone hold; after the storm both phones hold what the server holds.
 */

import { cleanDevice, makeOp, openTask } from "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { pendingState, replay } from "../../static/js/lib/overlay.js";
import { createApi } from "../../static/js/live/api.js";
import { pull, takeHint } from "../../static/js/live/pull.js";
import { flush } from "../../static/js/live/push.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { FakeServer, loseAnswer, loseRequest, refuse } from "./fake_server.js";

const [EXAMPLES, STEPS] = [60, 40];
const SCOPES = ["unit:icu", "unit:er", "site:n"];

/** mulberry32 @param {number} seed */
const randomFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

/** A phone with its base in memory and a real outbox. */
class Phone {
  /** @type {Map<string, any>} */
  rows = new Map();
  /** @type {Record<string, number>} */
  cursors = {};
  /** @type {string|null} */
  base_epoch = null;
  /** @type {string|null} */
  server_epoch = null;
  /** @type {string[]|null} */
  scopes = null;
  /** @type {string[]} */
  ticked = [];

  /** @param {string} user @param {FakeServer} server */
  constructor(user, server) {
    this.actor = { id: user, name: user };
    this.outbox = new Outbox(user);
    this.api = createApi({ fetcher: /** @type {any} */ (server.fetch) });
    this.replica = { cursors: () => this.cursors, epoch: () => this.base_epoch, pulled: () => this.cursors, commit: async (/** @type {any} */ change) => this.#commit(change) };
  }

  /** @param {string} task */
  async tick(task) {
    if (!this.rows.has(task)) return;
    await this.outbox.add(makeOp({ args: { task, captured: {}, note: "" } }));
    this.ticked.push(task);
  }

  async send() {
    const { epoch } = await flush(this.outbox, { api: this.api, device: this.actor.id, epoch: () => this.server_epoch });
    this.server_epoch = epoch;
  }

  fetch = () => pull(this.replica, this.api).catch((error) => assert.ok(error.code, error));

  /** @returns {Promise<number>} how many ops are still in the overlay */
  async check() {
    const entries = await this.outbox.all();
    const live = entries.flatMap((op) => {
      const pending = pendingState(op, { cursors: this.cursors, scopes: this.scopes, epoch: this.base_epoch, server_epoch: this.server_epoch });
      return pending ? [{ op, pending }] : [];
    });
    const shown = replay("task", this.rows, live, this.actor);
    const refused = new Set(entries.filter(({ result }) => result && (result.first ?? result.st) === "rejected").map(({ args }) => args.task));
    for (const task of this.ticked.filter((id) => this.rows.has(id) && !refused.has(id))) {
      assert.equal((shown.get(task) ?? this.rows.get(task)).b.state, "done", `${task} flickers`);
    }
    assert.deepEqual(entries.map(({ n }) => n), entries.map((_, i) => i + 1));
    return live.length;
  }

  /** @param {any} change */
  #commit(change) {
    for (const [id, row] of this.rows) if (change.drops.includes(row.scope)) this.rows.delete(id);
    for (const { id } of change.dels) this.rows.delete(id);
    for (const row of change.puts) this.rows.set(row.id, row);
    const before = change.epoch === undefined || change.epoch === this.base_epoch ? this.cursors : {};
    for (const [scope, seq] of Object.entries(change.cursors)) assert.ok(seq >= (before[scope] ?? 0), `cursor of ${scope} goes back`);
    this.cursors = { ...Object.fromEntries(Object.entries(this.cursors).filter(([scope]) => !change.drops.includes(scope))), ...change.cursors };
    if (change.epoch !== undefined) this.server_epoch = this.base_epoch = change.epoch;
    this.scopes = change.scopes ?? this.scopes;
    if (change.scopes) for (const row of this.rows.values()) assert.ok(change.scopes.includes(row.scope), "a row of a scope that is not granted");
  }
}

/** @param {number} seed */
async function storm(seed) {
  cleanDevice();
  const random = randomFrom(seed);
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  const server = new FakeServer();
  server.page_size = pick([1, 2, Infinity]);
  let made = 0;
  const add = () => server.put(pick(SCOPES), "task", `task-${(made += 1)}`, openTask(`${made}`));
  for (let i = 0; i < 4; i += 1) add();
  let backup = server.backup();
  const phones = [new Phone("nia", server), new Phone("sol", server)];
  for (const { outbox } of phones) await outbox.setMeta("push_token", `token-${outbox.user}`);
  const hints = /** @type {any[]} */ ([]);
  const steps = [
    () => pick(phones).tick(`task-${1 + Math.floor(random() * made)}`), () => pick(phones).tick(`task-${1 + Math.floor(random() * made)}`),
    () => pick(phones).send(), () => pick(phones).send(), () => pick(phones).fetch(), () => pick(phones).fetch(),
    () => void server.faults.push(pick([loseRequest, loseAnswer, () => refuse(503, "try_later"), async (/** @type {any} */ _path, /** @type {any} */ go) => go()])),
    () => void add(),
    () => {
      const scope = pick(SCOPES);
      const row = pick(server.rows(scope));
      if (row && random() < 0.3) server.remove(scope, row.id);
    },
    () => {
      const scope = pick([...server.scopes.keys()]);
      hints.push(server.hint(scope, Math.max(0, (server.scopes.get(scope)?.seq ?? 0) - Math.floor(random() * 3))));
    },
    async () => {
      if (hints.length > 0) await takeHint(pick(phones).replica, pick(hints));
    },
    () => void (random() < 0.4 ? server.hidden.add(pick(SCOPES)) : server.hidden.clear()),
    () => random() < 0.3 && server.compact(pick(SCOPES)),
    () => void (random() < 0.2 && (backup = server.backup())),
    () => random() < 0.1 && server.restore(backup),
  ];
  for (let i = 0; i < STEPS; i += 1) {
    await pick(steps)();
    for (const phone of phones) await phone.check();
  }
  await calm(server, phones);
}

/** @param {FakeServer} server @param {Phone[]} phones */
async function calm(server, phones) {
  server.faults.length = 0;
  server.hidden.clear();
  for (let i = 0; i < 3; i += 1) {
    for (const phone of phones) {
      await phone.send();
      await phone.fetch();
      await phone.check();
    }
  }
  const wanted = SCOPES.filter((scope) => server.scopes.has(scope)).flatMap((scope) => server.rows(scope).map((row) => [scope, row]));
  const effects = server.applied.map(({ op }) => op);
  for (const phone of phones) {
    const held = [...phone.rows.values()].map(({ scope, ...row }) => [scope, row]);
    const byId = (/** @type {any[]} */ a, /** @type {any[]} */ b) => (a[1].id < b[1].id ? -1 : 1);
    assert.deepEqual(held.sort(byId), [...wanted].sort(byId));
    assert.equal(await phone.check(), 0, "an op never leaves the overlay");
    for (const { id, result } of await phone.outbox.all()) {
      assert.ok(result, "an entry without an answer");
      if ((result.first ?? result.st) !== "rejected") assert.ok(effects.includes(id), "an entry that the server does not have");
    }
  }
  assert.equal(new Set(effects).size, effects.length, "an op had two effects");
}

test(`phones survive ${EXAMPLES} storms`, async () => {
  for (let seed = 1; seed <= EXAMPLES; seed += 1) {
    await storm(seed).catch((error) => {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    });
  }
});
