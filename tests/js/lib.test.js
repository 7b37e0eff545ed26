import "./setup.js";

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, test } from "node:test";

import { retryDelay, socketDelay, spread } from "../../static/js/lib/backoff.js";
import { hearServerTime, iso, now, offsetMs, recallOffset, setClock } from "../../static/js/lib/clock.js";
import { ago, clockTime, minutesUntil } from "../../static/js/lib/format.js";
import { localRun, NAMESPACE, runId, taskId, uuid5, uuid7 } from "../../static/js/lib/ids.js";
import { inCardOrder, nextOf, running } from "../../static/js/lib/order.js";
import { mayDo } from "../../static/js/lib/permissions.js";
import { matchRoute } from "../../static/js/lib/routes.js";
import { sha1 } from "../../static/js/lib/sha1.js";
import { addLanguage, chooseLanguage, label, t } from "../../static/js/lib/text.js";

afterEach(() => {
  setClock(null);
  chooseLanguage(["en"]);
});

describe("ids", () => {
  test("uuid5 gives the published vectors", () => {
    assert.equal(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    assert.equal(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  });

  test("sha1 agrees with the platform at every padding length", () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = new Uint8Array(length).map((_, i) => (i * 7 + length) & 0xff);
      assert.equal(Buffer.from(sha1(bytes)).toString("hex"), createHash("sha1").update(bytes).digest("hex"));
    }
  });

  test("two phones that start the same card with no server get the same tasks", () => {
    const run = runId("icu", "ehr-unplanned", localRun("2026-11-21", "night"));

    assert.equal(run, uuid5(NAMESPACE, "run|icu|ehr-unplanned|local|2026-11-21|night"));
    assert.equal(taskId(run, "bedside-nurse/B3"), uuid5(NAMESPACE, `task|${run}|bedside-nurse/B3|1`));
    assert.notEqual(taskId(run, "bedside-nurse/B3", 2), taskId(run, "bedside-nurse/B3"));
  });

  test("ids agree with the server's", () => {
    const { runs, tasks, local } = JSON.parse(readFileSync(new URL("../contracts/ids.json", import.meta.url), "utf8"));

    assert.equal(localRun(local.date, local.shift), local.incident);
    for (const { unit, plan, incident, id } of runs) assert.equal(runId(unit, plan, incident), id);
    for (const { run, key, occurrence, id } of tasks) assert.equal(taskId(run, key, occurrence), id);
  });

  test("uuid7 has the right shape and rises, also when the clock stands still or goes back", () => {
    const ids = Array.from({ length: 5000 }, (_, i) => uuid7(1_800_000_000_000 - (i % 3)));

    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual([...ids].sort(), ids);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe("clock", () => {
  test("the server's time is taken at half the round trip", () => {
    setClock(() => 10_000);
    hearServerTime(iso(70_000), 9_000, 10_000);

    assert.equal(offsetMs(), 60_500);
    assert.equal(now(), 70_500);
  });

  test("a slow answer does not spoil a sharp estimate, a contradiction replaces it", () => {
    setClock(() => 100_000);
    hearServerTime(iso(160_000), 99_980, 100_000);
    hearServerTime(iso(158_500), 96_000, 100_000);
    assert.equal(offsetMs(), 60_010);

    hearServerTime(iso(100_000), 99_000, 100_000);
    assert.equal(offsetMs(), 500);
  });

  test("what an earlier session knew gives way to the first answer", () => {
    setClock(() => 0);
    recallOffset(5_000);
    assert.equal(now(), 5_000);

    hearServerTime(iso(1_000), 0, 200);
    assert.equal(offsetMs(), 900);
  });
});

test("delays grow by their steps and stay within thirty percent", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 9].map((n) => retryDelay(n, 0.5)), [2_000, 5_000, 15_000, 30_000, 60_000, 60_000]);
  assert.equal(spread(60_000, 0), 42_000);
  assert.equal(spread(60_000, 1), 78_000);
  assert.equal(socketDelay(0, 1), 10_000);
  assert.ok([1, 5, 9].every((attempt) => socketDelay(attempt, 0.99) <= 30_000));
});

describe("format", () => {
  test("a time shows on the 24-hour clock of the site", () => {
    assert.equal(clockTime("2026-11-21T20:50:11.400Z", "Europe/Zurich"), "21:50");
    assert.equal(clockTime("2026-11-21T23:05:00.000Z", "Europe/Zurich"), "00:05");
    assert.equal(clockTime(null), "");
  });

  test("minutes left are never zero while time is left, and negative once late", () => {
    assert.deepEqual([60_001, 1, 0, -1, -60_000].map((ms) => minutesUntil(ms, 0)), [2, 1, 0, -1, -1]);
    assert.equal(minutesUntil(null, 0), null);
  });

  test("ages are told in words", () => {
    assert.deepEqual([59_000, 61_000, 3_600_000, 3 * 86_400_000].map((age) => ago(0, age)), ["just now", "1 min ago", "1 h ago", "3 days ago"]);
  });
});

test("text is English until a language that we speak is asked for", () => {
  addLanguage("es", { "{n} late": "{n} tarde" });

  assert.equal(t("{n} late", { n: 2 }), "2 late");
  chooseLanguage([null, "fr-CH", "es-MX"]);
  assert.equal(t("{n} late", { n: 2 }), "2 tarde");
  assert.equal(t("In contact"), "In contact");
  assert.equal(label({ en: "Charge nurse", es: "Jefa de turno" }), "Jefa de turno");
  assert.equal(label({ en: "Only English" }), "Only English");
});

test("paths lead to screens and unknown ones to the first", () => {
  assert.deepEqual(matchRoute("/app/"), { name: "now", params: {} });
  assert.deepEqual(matchRoute("/app/card/icu"), { name: "card", params: { unit: "icu" } });
  assert.deepEqual(matchRoute("/app/updates/b1?from=push"), { name: "broadcast", params: { from: "push", broadcast: "b1" } });
  assert.deepEqual(matchRoute("/app/sign-in"), { name: "sign-in", params: {} });
  assert.deepEqual(["updates", "help", "entries", "more", "board", "declare", "compose", "advance"].map((name) => matchRoute(`/app/${name}/`).name), ["updates", "help", "entries", "more", "board", "declare", "compose", "advance"]);
  assert.equal(matchRoute("/app/elsewhere").name, "now");
});

test("doors follow roles", () => {
  assert.ok(mayDo(["it-lead"], "incident.declare"));
  assert.ok(!mayDo(["bedside-nurse"], "incident.declare"));
  assert.ok(mayDo(["bedside-nurse"], "task.complete"));
  assert.ok(!mayDo([], "task.complete"));
  assert.ok(!mayDo(["administrator"], "no.such.thing"));
});

describe("order", () => {
  /** @param {string} id @param {any} b */
  const row = (id, b) => ({ id, b });

  test("cards are read by phase and order; what is due first comes next", () => {
    const tasks = [row("c", { phase: "15-60", order: 1, state: "open", due_at: "2026-01-01T00:05:00Z" }), row("b", { phase: "0-15", order: 2, state: "open", due_at: null }), row("a", { phase: "0-15", order: 1, state: "done", due_at: "2026-01-01T00:00:00Z" })];

    assert.deepEqual(inCardOrder(tasks).map(({ id }) => id), ["a", "b", "c"]);
    assert.equal(nextOf(tasks)?.id, "c");
    assert.equal(nextOf([]), null);
  });

  test("a real incident comes before a newer exercise", () => {
    const incidents = [row("exercise", { kind: "exercise", state: "declared", clocks: { TD: "2026-02" } }), row("real", { kind: "real", state: "restored", clocks: { TD: "2026-01" } }), row("old", { kind: "real", state: "closed", clocks: {} })];

    assert.deepEqual(running(incidents).map(({ id }) => id), ["real", "exercise"]);
  });
});
