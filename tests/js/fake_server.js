/**
 * A small server of docs/protocol.md in memory: enough of its rules to be lied to, cut off and restored from a backup.
 * It applies `task.complete` (first one wins) and `broadcast.*` (nothing to show), and records every op it ever saw.
 */

const JSON_TYPE = { "Content-Type": "application/json" };

export class FakeServer {
  epoch = "epoch-1";
  /** @type {Map<string, {seq: number, floor: number, rows: Map<string, any>}>} */
  scopes = new Map();
  /** @type {Map<string, any>} results by op id */
  results = new Map();
  /** @type {any[]} ops in the order in which they had their effect */
  applied = [];
  /** @type {Array<{path: string, body: any, headers: any}>} */
  requests = [];
  tokens = new Map([["token-nia", { id: "nia", name: "Nia" }], ["token-sol", { id: "sol", name: "Sol" }]]);
  pins = new Map();
  keys = /** @type {{sign: string, relay: string}|undefined} */ (undefined);
  signed = /** @type {{text: string, sig: string}|null} */ (null);
  /** What becomes of an envelope. @type {(one: {envelope: string, held_ms: number}, carrier: {id: string}) => any} */
  carried = () => ({ digest: "", st: "refused", code: "altered", msg: "No." });
  /** @type {Set<string>} scopes that nobody may read now */
  hidden = new Set();
  /** What is inside a sealed op. @type {(id: string) => any} */
  openSealed = () => undefined;
  signed_in = /** @type {string|null} */ ("nia");
  device = "";
  page_size = Infinity;
  max_ops = 50;
  /** @type {Array<(path: string, go: () => Promise<Response>) => Promise<Response>|Response|null>} faults, used up one by one */
  faults = [];

  fetch = async (/** @type {string} */ path, /** @type {any} */ init) => {
    const body = init.body ? JSON.parse(init.body) : null;
    this.requests.push({ path, body, headers: init.headers });
    const go = async () => this.#answer(path, body, init.headers);
    const fault = this.faults.shift();
    return (fault && (await fault(path, go))) || go();
  };

  /** @param {string} scope @param {string} t @param {string} id @param {any} b */
  put(scope, t, id, b) {
    const held = this.#scope(scope);
    held.seq += 1;
    held.rows.set(id, { id, t, seq: held.seq, b });
    return held.seq;
  }

  /** @param {string} scope @param {string} id */
  remove(scope, id) {
    const held = this.#scope(scope);
    held.seq += 1;
    held.rows.set(id, { id, seq: held.seq, del: 1 });
  }

  /** Forget tombstones; cursors below now need a snapshot. @param {string} scope */
  compact(scope) {
    const held = this.#scope(scope);
    held.floor = held.seq;
    for (const [id, row] of held.rows) if (row.del) held.rows.delete(id);
  }

  /** @param {string} scope @param {number} from @returns {any} what the websocket says */
  hint(scope, from) {
    const held = this.#scope(scope);
    return structuredClone({ s: scope, e: this.epoch, from, to: held.seq, rows: [...held.rows.values()].filter((row) => row.seq > from) });
  }

  /** What a backup holds. */
  backup() {
    return structuredClone({ scopes: this.scopes, results: this.results, applied: this.applied });
  }

  /** @param {any} backup */
  restore(backup) {
    Object.assign(this, structuredClone(backup), { epoch: `${this.epoch}+` });
  }

  /** @param {string} scope @returns {any[]} live rows */
  rows(scope) {
    return [...this.#scope(scope).rows.values()].filter((row) => !row.del);
  }

  /** @param {string} id */
  #scope(id) {
    const held = this.scopes.get(id) ?? { seq: 0, floor: 0, rows: new Map() };
    this.scopes.set(id, held);
    return held;
  }

  /** @param {string} path @param {any} body @param {any} headers */
  #answer(path, body, headers) {
    if (path === "/api/sync/push") return this.#push(body, headers);
    if (path === "/api/sync/relay") return this.#relay(body, headers);
    if (path === "/api/ping") return json({ wardlight: this.epoch, now: new Date().toISOString() });
    if (path === "/api/login") return this.#login(body);
    if (path === "/api/logout") return json({ ok: Boolean((this.signed_in = null)) || true });
    if (path === "/api/signed-in") return this.signed_in ? json(this.#boot()) : this.#nothing();
    if (!this.signed_in) return refuse(401, "sign_in");
    if (path === "/api/boot") return json(this.#boot());
    if (path === "/api/sync/status") return this.signed ? json(this.signed) : refuse(404, "not_found");
    if (path === "/api/token") return json({ push_token: this.#token(), user: this.signed_in });
    if (path === "/api/push/subscriptions") return json({ id: "subscription-1", ended: 1 });
    if (path === "/api/pin") return this.#keepPin(body);
    if (path === "/api/sync/unseal") return json({ ops: body.ops.map((/** @type {any} */ { id }) => ({ id, ...this.openSealed(id) })) });
    return this.#pull(body);
  }

  #token() {
    return [...this.tokens].find(([, user]) => user.id === this.signed_in)?.[0];
  }

  #nothing() {
    return new Response(null, { status: 204, headers: { Wardlight: this.epoch } });
  }

  #boot() {
    const name = String(this.signed_in);
    return {
      now: new Date().toISOString(), epoch: this.epoch, proto: { cur: 1, min: 1 }, app: { ver: "1", min: "1", hold: false },
      user: { id: name, name: name[0].toUpperCase() + name.slice(1), username: name, roles: ["bedside-nurse"], units: ["icu"] },
      site: { id: "northgate", name: "Northgate", demo: true, tz: "Europe/Zurich" },
      device: this.device, ws_ticket: "ticket", vapid: "", offline_until: null, scopes: [...this.scopes.keys()], keys: this.keys,
    };
  }

  /** @param {any} body */
  #login({ username, password, pin, device }) {
    if (pin ? this.pins.get(username) !== pin : password !== "demo") return refuse(401, "bad_credentials", "Name or password is wrong.");
    this.device = device.id;
    this.signed_in = username;
    this.#scope(`user:${username}`);
    return json({ ...this.#boot(), push_token: this.#token() });
  }

  /** @param {any} body */
  #keepPin({ password, pin }) {
    if (password !== "demo") return refuse(401, "bad_credentials", "That is not your password.");
    this.pins.set(this.signed_in, pin);
    return json({ ok: true });
  }

  /** @param {any} body @param {any} headers */
  #push(body, headers) {
    const actor = this.tokens.get(headers.Authorization?.slice(7));
    if (!actor) return refuse(401, "token_unknown");
    if (body.ops.length > this.max_ops) return refuse(413, "too_large");
    return json({ now: new Date().toISOString(), epoch: this.epoch, results: body.ops.map((/** @type {any} */ op) => this.#take(op, actor)) });
  }

  /** @param {any} body @param {any} headers */
  #relay({ envelopes }, headers) {
    const carrier = this.tokens.get(headers.Authorization?.slice(7));
    if (!carrier) return refuse(401, "token_unknown");
    return json({ now: new Date().toISOString(), epoch: this.epoch, answers: envelopes.map((/** @type {any} */ one) => this.carried(one, carrier)) });
  }

  /** @param {any} sent @param {{id: string, name: string}} actor */
  #take(sent, actor) {
    const op = sent.kind === "sealed" ? { ...sent, ...this.openSealed(sent.id) } : sent;
    const first = this.results.get(op.id);
    if (first) return { ...first, st: "dup", first: first.st };
    const result = { id: op.id, ...this.#effect(op, actor) };
    if (result.st !== "retry") this.results.set(op.id, result);
    return result;
  }

  /** @param {any} op @param {{id: string, name: string}} actor */
  #effect(op, actor) {
    if (op.args.refuse) return { st: "rejected", code: "not_allowed", msg: "Not your unit.", scope: null, seq: null };
    const scope = [...this.scopes].find(([, held]) => held.rows.get(op.args.task)?.b)?.[0];
    if (op.kind === "task.complete" && !scope) return { st: "rejected", code: "not_found", msg: "", scope: null, seq: null };
    this.applied.push({ op: op.id, n: op.n, by: actor.id });
    if (op.kind !== "task.complete" || !scope) return { st: "ok", scope: null, seq: null };
    const row = this.#scope(scope).rows.get(op.args.task);
    const st = row.b.state === "done" ? "superseded" : "ok";
    const sign = { by: actor.id, by_name: actor.name, what: "complete", at: op.at, st, op: op.id };
    const signs = [...(row.b.signs ?? []), sign];
    const b = st === "ok" ? { ...row.b, state: "done", by: actor.id, by_name: actor.name, at: op.at, signs } : { ...row.b, signs };
    return { st, scope, seq: this.put(scope, "task", row.id, b), by: b.by, by_name: b.by_name, at: b.at };
  }

  /** @param {any} body */
  #pull({ epoch, cursors, page }) {
    const own = `user:${this.signed_in}`;
    const scopes = [...this.scopes.keys()].filter((scope) => !this.hidden.has(scope) && (!scope.startsWith("user:") || scope === own));
    const drop = Object.keys(cursors).filter((scope) => !scopes.includes(scope));
    const answer = { epoch: this.epoch, now: new Date().toISOString(), scopes, delta: /** @type {any} */ ({}), snap: /** @type {any} */ ({}), more: false, drop };
    if (page && this.hidden.has(page.scope)) return refuse(400, "malformed");
    if (page) return json({ ...answer, snap: { [page.scope]: this.#page(page.scope, page.after) } });
    for (const scope of scopes) {
      const held = this.#scope(scope);
      const cursor = epoch === this.epoch ? cursors[scope] : undefined;
      if (cursor === undefined || cursor < held.floor || cursor > held.seq) answer.snap[scope] = this.#page(scope, "");
      else if (cursor < held.seq) answer.delta[scope] = { from: cursor, to: held.seq, rows: [...held.rows.values()].filter((row) => row.seq > cursor) };
    }
    const quiet = Object.keys(answer.delta).length + Object.keys(answer.snap).length + answer.drop.length === 0;
    return quiet ? this.#nothing() : json(answer);
  }

  /** @param {string} scope @param {string} after the id of the last row sent before */
  #page(scope, after) {
    const left = this.rows(scope).filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
    const rows = left.slice(0, this.page_size);
    return { to: this.#scope(scope).seq, rows, next: left.length > rows.length ? { scope, after: rows[rows.length - 1].id } : null };
  }
}

/** @param {any} body */
const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers: { ...JSON_TYPE, ...headers } });

/** @param {number} status @param {string} code */
export const refuse = (status, code, msg = "", headers = {}) => json({ code, msg }, status, headers);

/** Faults: the request never arrives; it arrives and the answer is lost. */
export const loseRequest = () => Promise.reject(new TypeError("network"));
/** @param {string} _path @param {() => Promise<Response>} go @returns {Promise<Response>} */
export const loseAnswer = async (_path, go) => go().then(() => Promise.reject(new TypeError("network")));
