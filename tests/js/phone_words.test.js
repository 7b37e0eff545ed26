/** What the screens say about freshness, the incident and refusals. */
import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { contactSentence, contactWords, toneOf } from "../../static/js/components/contact_words.js";
import { useZone } from "../../static/js/lib/format.js";
import { entryState } from "../../static/js/phone/entry_words.js";
import { pinned } from "../../static/js/phone/entries.js";
import { doNow, incidentHeading, incidentKind, incidentNo, linesOf } from "../../static/js/phone/incident_words.js";
import { isWaiting, phaseTime } from "../../static/js/phone/phases.js";
import { refusalWords } from "../../static/js/people/refusal_words.js";

useZone("UTC");
const NOW = Date.parse("2026-11-21T10:17:00Z");
const at = (/** @type {string} */ time) => `2026-11-21T${time}:00Z`;
const contact = (/** @type {any} */ fields) => ({ state: "live", last_heard_at: NOW - 4_000, waiting: 0, sentence: "", ...fields });

/** @param {any} [fields] @returns {any} */
const incident = (fields = {}) => ({ no: 6, title: "EHR is down", kind: "real", state: "declared", level: 2, clocks: { T0: at("09:31"), TD: at("09:40") }, services: [], do_now: "Stop charting.", ...fields });

test("the contact says how old the screen is and what is not on record", () => {
  assert.deepEqual(contactWords(contact({}), NOW), { tone: "live", icon: "live", head: "In contact, 4\u00a0s", tail: "all on record" });
  assert.equal(contactWords(contact({ waiting: 2 }), NOW).tail, "2 being sent");
});

test("a server that was not heard for two minutes is no longer in contact", () => {
  const old = contact({ state: "polling", last_heard_at: NOW - 180_000 });

  assert.equal(toneOf(old, NOW), "stale");
  assert.deepEqual(contactWords(old, NOW).head, "Last contact 10:14");
});

test("without contact the chip is only the clock of this phone", () => {
  const alone = contact({ state: "alone", last_heard_at: Date.parse(at("10:05")) });

  assert.deepEqual(contactWords(alone, NOW), { tone: "alone", icon: "", head: "10:17", tail: "this phone’s clock" });
  assert.equal(contactSentence(alone, NOW), "Working alone since 10:05. Keep going. Nothing is lost.");
});

test("a network that answers in the server's place is no contact", () => {
  assert.equal(toneOf(contact({ state: "not_ours" }), NOW), "alone");
});

test("what is not fresh is told in the past, with its time", () => {
  assert.equal(incidentHeading(incident(), { past: false, at: NOW }), "EHR is down");
  assert.equal(incidentHeading(incident(), { past: true, at: at("10:05") }), "EHR was down at 10:05");
  assert.equal(incidentHeading(incident({ title: "Planned upgrade" }), { past: true, at: at("10:05") }), "Planned upgrade, as of 10:05");
});

test("an exercise says so in its number, name and kind", () => {
  const exercise = incident({ no: 14, kind: "exercise" });

  assert.equal(incidentNo(exercise), "E14");
  assert.equal(incidentHeading(exercise, { past: false, at: NOW }), "Exercise: EHR is down");
  assert.match(incidentKind(exercise, { past: false, at: NOW }), /^Exercise, not real · level 2 · since 09:31$/);
});

test("back in IT is not back on the ward: the order is to stay on paper", () => {
  const restored = incident({ state: "restored", clocks: { TD: at("09:40"), TR: at("11:20") } });

  assert.equal(incidentHeading(restored, { past: false, at: NOW }), "Back, but stay on paper");
  assert.match(doNow(restored, { b: { do_now: "Chart on paper.", at: at("10:15") } }), /^Stay on paper until the all-clear/);
  assert.equal(doNow(restored, { b: { do_now: "Ward 5 may try.", at: at("11:30") } }), "Ward 5 may try.");
});

test("the newest update's order stands before the plan's", () => {
  assert.equal(doNow(incident(), { b: { do_now: "Bring STAT orders.", at: at("10:15") } }), "Bring STAT orders.");
  assert.equal(doNow(incident(), { b: { do_now: "", at: at("10:15") } }), "Stop charting.");
  assert.equal(doNow(incident(), undefined), "Stop charting.");
});

test("text and lists are read as the same lines", () => {
  assert.deepEqual(linesOf("Viewer\n Phones \n\n"), ["Viewer", "Phones"]);
  assert.deepEqual(linesOf(["Viewer", ""]), ["Viewer"]);
  assert.deepEqual(linesOf(null), []);
});

test("phases say when they end, begin, or what they wait for", () => {
  const clocks = { TD: at("09:40") };

  assert.equal(phaseTime("15-60", clocks, NOW), "to 10:40");
  assert.equal(phaseTime("1-4h", clocks, NOW), "from 10:40");
  assert.equal(phaseTime("recovery", clocks, NOW), "when IT says it is back");
  assert.equal(phaseTime("recovery", { ...clocks, TR: at("11:20") }, NOW), "since 11:20");
});

test("back-entry waits for the all-clear, not for IT", () => {
  assert.equal(isWaiting("back-entry", { TR: at("11:20") }), true);
  assert.equal(isWaiting("back-entry", { TR: at("11:20"), TA: at("12:00") }), false);
  assert.equal(isWaiting("15-60", {}), false);
});

test("an entry that was not accepted stays on top until it has been seen", () => {
  const list = /** @type {any[]} */ ([{ id: "3", state: "saved" }, { id: "2", state: "not_accepted" }, { id: "1", state: "on_record" }]);

  assert.deepEqual(pinned(list, []).map(({ id }) => id), ["2", "3", "1"]);
  assert.deepEqual(pinned(list, ["2"]).map(({ id }) => id), ["3", "2", "1"]);
});

test("whoever was first is named with the time", () => {
  const entry = /** @type {any} */ ({ state: "somebody_first", result: { by_name: "Bo Eriksen", at: at("10:11") } });

  assert.equal(entryState(entry).words, "Bo was first, 10:11");
  assert.equal(entryState(entry).say, "Done once, with both your names on it.");
});

test("a refused entry shows the server's sentence", () => {
  const entry = /** @type {any} */ ({ state: "not_accepted", result: { msg: "It needs a second person. Your entry is kept." } });

  assert.equal(entryState(entry).say, "It needs a second person. Your entry is kept.");
});

test("too many tries say until when to wait", () => {
  assert.deepEqual(refusalWords({ code: "slow_down", retry_after_ms: 180_000 }, NOW), { words: "Too many tries. You can try again at 10:20.", until: NOW + 180_000 });
  assert.equal(refusalWords({ code: "bad_credentials" }, NOW).until, 0);
});
