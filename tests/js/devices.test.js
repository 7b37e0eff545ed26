/** What leaders see of devices: trouble first, quiet when all is well. */
import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { deviceLines, isTroubled } from "../../static/js/lib/device_rules.js";

const NOW = Date.parse("2026-11-22T02:30:00.000Z");
const at = (/** @type {number} */ minutes) => new Date(NOW + minutes * 60_000).toISOString();
const device = (/** @type {string} */ id, /** @type {any} */ fields = {}) =>
  ({ id, b: { label: "Ward phone", units: ["icu"], person_name: "Nia", last_contact_at: at(-1), queue_len: 0, oldest_at: null, app_version: "1+b", gap: 0, gap_at: null, emptied_at: null, people: [], ...fields } });
const lines = (/** @type {any[]} */ ...rows) => deviceLines(rows, NOW, "1+b");

test("lost entries come before an empty storage, that before what waits, the longest wait first", () => {
  const sorted = lines(device("well"), device("short", { queue_len: 2, oldest_at: at(-5) }), device("long", { queue_len: 1, oldest_at: at(-90) }), device("emptied", { emptied_at: at(-60) }), device("lost", { gap: 3, gap_at: at(-10) }));

  assert.deepEqual(sorted.map(({ id, state }) => [id, state]), [["lost", "lost"], ["emptied", "emptied"], ["long", "waits"], ["short", "waits"], ["well", "well"]]);
});

test("a device that is switched off, or just about to send, is no trouble", () => {
  const [sending, off] = lines(device("off", { last_contact_at: at(-600) }), device("sending", { queue_len: 4, oldest_at: at(-1) }));

  assert.deepEqual([sending, off].map(isTroubled), [false, false]);
  assert.deepEqual([sending.away, off.away], [false, true]);
});

test("what was lost two days ago is the timeline's", () => {
  assert.equal(lines(device("old", { gap: 3, gap_at: at(-3 * 24 * 60), emptied_at: at(-3 * 24 * 60) }))[0].state, "well");
});

test("another build than the server's is said, an unknown one is not called old", () => {
  assert.deepEqual(lines(device("a"), device("b", { app_version: "0+a" }), device("c", { app_version: "" })).map(({ id, old }) => [id, old]), [["a", false], ["b", true], ["c", false]]);
});
