import "./setup.js";

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";

import { Socket } from "../../static/js/live/socket.js";
import { Sync } from "../../static/js/live/sync.js";

/** @param {any} deps */
function loop(deps = {}) {
  const told = /** @type {any[]} */ ([]);
  const sync = new Sync({ round: async () => ({ ok: true }), visible: () => true, waiting: () => false, socketLive: () => false, onOutcome: (outcome) => told.push(outcome), ...deps });
  return { sync, told };
}

const settle = async () => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};

describe("the loop", () => {
  test("has one round at a time, and a wake in between means one more", async () => {
    let [running, most, rounds] = [0, 0, 0];
    const { sync } = loop({
      round: async () => {
        rounds += 1;
        most = Math.max(most, (running += 1));
        await settle();
        running -= 1;
        return { ok: true };
      },
    });

    await Promise.all([sync.start(), sync.wake(), sync.wake()]);

    assert.deepEqual([most, rounds], [1, 2]);
    sync.stop();
  });

  test("asks every ten seconds without a socket, every minute with one, each spread", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    for (const [live, before, after] of /** @type {const} */ ([[false, 6_900, 13_100], [true, 41_900, 78_100]])) {
      const { sync, told } = loop({ socketLive: () => live });
      await sync.start();
      mock.timers.tick(before);
      await settle();
      assert.equal(told.length, 1);

      mock.timers.tick(after - before);
      await settle();
      assert.ok(told.length >= 2);
      sync.stop();
    }
    mock.timers.reset();
  });

  test("backs off while nobody answers, and keeps the time a busy server names", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { sync, told } = loop({ round: async () => ({ ok: false, code: "later", after_ms: 20_000 }) });
    await sync.start();
    mock.timers.tick(19_999);
    await settle();
    assert.equal(told.length, 1);

    mock.timers.tick(1);
    await settle();
    assert.equal(told.length, 2);
    await sync.stop();
    mock.timers.reset();
  });

  test("leaves a busy server alone, whoever knocks in between", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { sync, told } = loop({ round: async () => ({ ok: false, code: "later", after_ms: 20_000 }) });
    await sync.start();

    await sync.wake();
    await sync.wake();

    assert.equal(told.length, 1);
    await sync.stop();
    mock.timers.reset();
  });

  test("goes on after a fault of its own", async () => {
    const quiet = mock.method(console, "error", () => {});
    mock.timers.enable({ apis: ["setTimeout"] });
    const { sync, told } = loop({ round: async () => Promise.reject(new Error("no database")) });
    await sync.start();
    mock.timers.tick(2_600);
    await settle();

    assert.deepEqual(told.map(({ code }) => code), ["fault", "fault"]);
    await sync.stop();
    mock.timers.reset();
    quiet.mock.restore();
  });

  test("rests while nobody looks and nothing waits", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { sync, told } = loop({ visible: () => false });
    await sync.start();
    mock.timers.tick(600_000);
    await settle();

    assert.equal(told.length, 1);
    await sync.stop();
    mock.timers.reset();
  });
});

class FakeSocket {
  /** @type {Map<string, (body?: any) => void>} */
  handlers = new Map();
  connected = false;
  closed = false;
  io = { engine: { on: () => {} } };
  on = (/** @type {string} */ event, /** @type {any} */ handler) => void this.handlers.set(event, handler);
  close = () => void (this.closed = true);
  /** @param {string} event @param {any} [body] */
  say(event, body) {
    this.connected = event === "connect" || (this.connected && event !== "disconnect");
    this.handlers.get(event)?.(body);
  }
}

function socketOf(tickets = ["t1", "t2", "t3"]) {
  const [opened, lives, events] = [/** @type {any[]} */ ([]), /** @type {boolean[]} */ ([]), /** @type {any[]} */ ([])];
  const socket = new Socket({
    ticket: async () => tickets.shift() ?? null,
    connect: (_url, options) => {
      const made = Object.assign(new FakeSocket(), { options });
      opened.push(made);
      return made;
    },
    onEvent: (event, body) => void events.push([event, body]), onLive: (live) => void lives.push(live), onHeard: () => {},
  });
  return { socket, opened, lives, events };
}

describe("the socket", () => {
  test("connects at once with its ticket, by websocket only", async () => {
    const { socket, opened, lives, events } = socketOf();
    socket.start();
    await settle();
    opened[0].say("connect");
    opened[0].say("d", { s: "unit:icu" });

    assert.deepEqual([opened.length, opened[0].options.query, opened[0].options.transports, opened[0].options.reconnection], [1, { ticket: "t1" }, ["websocket"], false]);
    assert.deepEqual([lives, events, socket.live], [[true], [["d", { s: "unit:icu" }]], true]);
    socket.stop();
  });

  test("after a loss it comes back within ten seconds with a fresh ticket, and the old one is not heard any more", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { socket, opened, lives, events } = socketOf();
    socket.start();
    await settle();
    opened[0].say("connect");
    opened[0].say("disconnect");
    opened[0].say("d", {});
    mock.timers.tick(10_000);
    await settle();

    assert.deepEqual([opened.length, opened[1].options.query, opened[0].closed, lives, events], [2, { ticket: "t2" }, true, [true, false], []]);
    socket.stop();
    mock.timers.reset();
  });

  test("a refused ticket leads to a new one, and a planned restart keeps its appointment", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const { socket, opened } = socketOf();
    socket.start();
    await settle();
    opened[0].say("connect_error");
    mock.timers.tick(2_000);
    await settle();
    assert.equal(opened.length, 2);
    opened[1].say("connect");
    opened[1].say("bye", { in_ms: 5_000 });
    mock.timers.tick(4_999);
    await settle();
    assert.equal(opened.length, 2);
    mock.timers.tick(1);
    await settle();

    assert.equal(opened.length, 3);
    socket.stop();
    mock.timers.reset();
  });

  test("stopped while it waits for a ticket it stays closed", async () => {
    const { socket, opened } = socketOf();
    socket.start();
    socket.stop();
    await settle();

    assert.equal(opened.length, 0);
  });
});
