import "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { exclusively, Leader } from "../../static/js/live/leader.js";

/** Web Locks as far as the leader needs them. */
class Locks {
  /** @type {{name: string, reject: (error: Error) => void, end: () => void}|null} */
  #held = null;
  /** @type {Array<() => void>} */
  #queue = [];

  request = (/** @type {string} */ name, /** @type {any} */ { steal = false }, /** @type {() => any} */ work) =>
    new Promise((resolve, reject) => {
      const take = () => {
        const mine = { name, reject, end: () => {} };
        this.#held = mine;
        Promise.resolve(work()).then(resolve, reject).finally(() => this.#held === mine && this.#next());
      };
      if (steal && this.#held) {
        this.#held.reject(new DOMException("stolen", "AbortError"));
        take();
      } else if (this.#held) this.#queue.push(take);
      else take();
    });

  #next() {
    this.#held = null;
    this.#queue.shift()?.();
  }
}

/** Channels of one device: everybody but the sender hears. */
class Air {
  /** @type {Array<{hear: (message: any) => void}>} */
  #ears = [];

  open() {
    const me = { hear: (/** @type {any} */ _message) => {} };
    this.#ears.push(me);
    return {
      post: (/** @type {any} */ message) => this.#ears.filter((ear) => ear !== me).forEach((ear) => ear.hear(message)),
      listen: (/** @type {any} */ hear) => void (me.hear = hear),
      close: () => void (this.#ears = this.#ears.filter((ear) => ear !== me)),
    };
  }
}

function device() {
  const [locks, air, time] = [new Locks(), new Air(), { ms: 0 }];
  const tab = () => {
    const state = { visible: true, leads: /** @type {boolean[]} */ ([]), missed: 0 };
    const channel = air.open();
    const leader = new Leader({ channel, locks, visible: () => state.visible, onChange: (leading) => void state.leads.push(leading), onMissed: () => void (state.missed += 1), clock: () => time.ms });
    return { leader, state, channel };
  };
  return { tab, time };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("of two tabs", () => {
  test("one talks, and the other takes over when it closes", async () => {
    const { tab } = device();
    const [first, second] = [tab(), tab()];
    first.leader.start();
    second.leader.start();
    await settle();
    assert.deepEqual([first.leader.leading, second.leader.leading], [true, false]);

    first.leader.stop();
    await settle();

    assert.equal(second.leader.leading, true);
    second.leader.stop();
  });

  test("a visible one takes over from a leader that is silent for ten seconds, and is followed by it", async () => {
    const { tab, time } = device();
    const [asleep, awake] = [tab(), tab()];
    asleep.leader.start();
    awake.leader.start();
    await settle();
    asleep.channel.close();

    for (const ms of [4_000, 8_000, 12_000]) {
      time.ms = ms;
      awake.leader.check();
    }
    await settle();

    assert.deepEqual([asleep.leader.leading, awake.leader.leading], [false, true]);
    assert.deepEqual(asleep.state.leads, [true, false]);
    asleep.leader.stop();
    awake.leader.stop();
  });

  test("a leader that answers keeps its place, and a hidden tab asks for nothing", async () => {
    const { tab, time } = device();
    const [leader, follower] = [tab(), tab()];
    leader.leader.start();
    follower.leader.start();
    await settle();

    for (let ms = 4_000; ms < 60_000; ms += 4_000) {
      time.ms = ms;
      follower.leader.check();
    }
    assert.equal(leader.leader.watched, true);
    follower.state.visible = false;
    leader.channel.close();
    for (let ms = 60_000; ms < 90_000; ms += 4_000) {
      time.ms = ms;
      follower.leader.check();
    }
    await settle();

    assert.deepEqual([leader.leader.leading, follower.leader.leading, leader.leader.watched], [true, false, false]);
    leader.leader.stop();
    follower.leader.stop();
  });

  test("a tab that slept itself does not blame the other", async () => {
    const { tab, time } = device();
    const [leader, follower] = [tab(), tab()];
    leader.leader.start();
    follower.leader.start();
    await settle();

    time.ms = 3_600_000;
    follower.leader.check();
    await settle();

    assert.equal(leader.leader.leading, true);
    leader.leader.stop();
    follower.leader.stop();
  });
});

describe("a tab that stood still", () => {
  test("reads anew what it has missed, once, when it is looked at", async () => {
    const { tab, time } = device();
    const [leader, follower] = [tab(), tab()];
    leader.leader.start();
    follower.leader.start();
    await settle();

    for (const ms of [4_000, 8_000]) {
      time.ms = ms;
      follower.leader.check();
    }
    assert.equal(follower.state.missed, 0);
    follower.state.visible = false;
    time.ms = 60_000;
    follower.leader.check();
    assert.equal(follower.state.missed, 0);
    follower.state.visible = true;
    follower.leader.check();
    follower.leader.check();

    assert.equal(follower.state.missed, 1);
    leader.leader.stop();
    follower.leader.stop();
  });

  test("and was robbed of the lead meanwhile reads anew at once", async () => {
    const { tab, time } = device();
    const [asleep, awake] = [tab(), tab()];
    asleep.leader.start();
    awake.leader.start();
    await settle();
    asleep.channel.close();
    for (const ms of [4_000, 8_000, 12_000]) {
      time.ms = ms;
      awake.leader.check();
    }
    await settle();

    assert.deepEqual([asleep.leader.leading, asleep.state.missed, awake.state.missed], [false, 1, 0]);
    asleep.leader.stop();
    awake.leader.stop();
  });
});

test("without locks every tab talks", () => {
  const alone = new Leader({ channel: new Air().open(), locks: undefined, visible: () => true, onChange: () => {} });
  alone.start();

  assert.equal(alone.leading, true);
  alone.stop();
});

test("work that must be alone waits for its turn, but not for ever, and its own error is its own", async () => {
  const stuck = { request: (/** @type {string} */ _name, /** @type {any} */ { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))) };

  assert.equal(await exclusively(stuck, async () => "anyway", { wait_ms: 10 }), "anyway");
  assert.equal(await exclusively(undefined, async () => "alone"), "alone");
  await assert.rejects(exclusively(new Locks(), async () => Promise.reject(new Error("mine"))), /mine/);
});
