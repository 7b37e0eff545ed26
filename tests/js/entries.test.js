/** My entries: each with its state, who was first, refused and why, and as a file made on the phone. */
import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { csvOf } from "../../static/js/lib/csv.js";
import { useZone } from "../../static/js/lib/format.js";
import { byDay, pinned } from "../../static/js/phone/entries.js";
import { tableOf } from "../../static/js/phone/entries_export.js";
import { now } from "../../static/js/store/state.js";

/** @param {string} id @param {string} state @param {any} [result] @param {string} [at] */
const entry = (id, state, result = null, at = "2026-11-22T02:11:00.000Z") => ({ id, kind: "note.add", at, args: { text: `note ${id}` }, state, result });
const first = entry("first", "somebody_first", { by_name: "Bo Berg", at: "2026-11-22T02:09:00.000Z" });
const refused = entry("refused", "not_accepted", { code: "not_allowed", msg: "You do not belong to this unit." }, "2026-11-20T14:00:00.000Z");

test("a table keeps quotes and lines, and runs nothing", () => {
  assert.equal(csvOf([["a", "b"], ['say "x"', "two\nlines"], ["=1+1", -5]]), '\ufeffa,b\r\n"say ""x""","two\nlines"\r\n\'=1+1,-5\r\n');
});

test("the file says of each entry how far it got, who was first, and why it was refused", () => {
  useZone("Europe/London");
  const [, ofFirst, ofRefused, ofSaved] = tableOf([first, refused, entry("saved", "saved")]).split("\r\n");

  assert.equal(ofFirst, '22 Nov 02:11,Note: note first,"Bo was first, 02:09","Done once, with both your names on it.",Bo Berg,22 Nov 02:09,2026-11-22T02:11:00.000Z,,first');
  assert.equal(ofRefused, "20 Nov 14:00,Note: note refused,Not accepted,You do not belong to this unit.,,,2026-11-20T14:00:00.000Z,not_allowed,refused");
  assert.match(ofSaved, /Saved on this phone/);
});

test("entries stand under their day, what asks to be seen before all days", () => {
  useZone("Europe/London");
  now.value = Date.parse("2026-11-22T03:00:00.000Z");
  const list = [entry("today", "on_record"), entry("yesterday", "sent", null, "2026-11-21T23:59:00.000Z"), refused];
  const shown = (/** @type {string[]} */ seen) => byDay(pinned(list, seen), (one) => one.state === "not_accepted" && !seen.includes(one.id)).map(({ words, ofDay }) => [words, ofDay.map(({ id }) => id)]);

  assert.deepEqual(shown([]), [["Not accepted", ["refused"]], ["Today", ["today"]], ["21 Nov", ["yesterday"]]]);
  assert.deepEqual(shown(["refused"]), [["Today", ["today"]], ["21 Nov", ["yesterday"]], ["20 Nov", ["refused"]]]);
});
