/** Writing an update: when the next one comes, for whom, and what is sent. */
import assert from "node:assert/strict";
import test from "node:test";

import { BLANK, isSent, linesOf, missing, moreArgs, nextAt, overtakenBy, promisedAt, quietArgs, roundedIn, sendArgs, targetUnits, textOf } from "../../static/js/lib/compose_rules.js";
import { iso } from "../../static/js/lib/clock.js";
import { clockTime } from "../../static/js/lib/format.js";
import { nextNo } from "../../static/js/lib/incident_rules.js";

const NOW = Date.parse("2026-11-21T10:17:20.000Z");
const DRAFT = { broadcast: "b4", quiet: "q4", headline: " Stay on paper. ", do_now: "Count stock.\n\n Call the lab. ", works: "Phones", next: "30", other: "", to: "all", units: [], roles: [], ack: "unit", asked_at: null };
const inUtc = (ms) => new Date(ms).toISOString().slice(11, 16);
const inZone = (zone) => (ms) => clockTime(ms, zone);

test("the next update comes at a round time, never sooner than promised", () => {
  assert.equal(inUtc(roundedIn(NOW, 30)), "10:50");
  assert.equal(inUtc(roundedIn(NOW, 60)), "11:20");
  assert.equal(inUtc(roundedIn(Date.parse("2026-11-21T10:20:00.000Z"), 30)), "10:50");
});

test("a time of one's own is the next moment at which the clock shows it", () => {
  assert.equal(nextAt("11:00", inUtc, NOW), Date.parse("2026-11-21T11:00:00.000Z"));
  assert.equal(nextAt("09:00", inUtc, NOW), Date.parse("2026-11-22T09:00:00.000Z"));
  assert.equal(nextAt("10:17", inUtc, NOW), Date.parse("2026-11-22T10:17:00.000Z"), "now is no promise");
  assert.equal(nextAt("12:00", inZone("Europe/Berlin"), NOW), Date.parse("2026-11-21T11:00:00.000Z"), "in a zone one hour ahead");
  assert.equal(nextAt("", inUtc, NOW), null);
});

test("in the nights in which clocks are changed it is still the moment that the clock shows", () => {
  const london = inZone("Europe/London");
  const at = (/** @type {string} */ wanted, /** @type {string} */ now) => iso(nextAt(wanted, london, Date.parse(now)) ?? NaN);
  assert.equal(at("03:00", "2026-10-25T00:10:00.000Z"), "2026-10-25T03:00:00.000Z", "two hours and fifty minutes, not an hour less");
  assert.equal(at("01:30", "2026-10-25T00:45:00.000Z"), "2026-10-25T01:30:00.000Z", "the second half past one of that night");
  assert.equal(at("03:00", "2026-03-29T00:10:00.000Z"), "2026-03-29T02:00:00.000Z", "an hour and fifty minutes");
  assert.equal(at("01:30", "2026-03-29T00:10:00.000Z"), "2026-03-30T00:30:00.000Z", "a time that this night does not have");
});

test("several lines become numbered orders, one line stays a sentence", () => {
  assert.deepEqual(linesOf(DRAFT.do_now), ["Count stock.", "Call the lab."]);
  assert.equal(linesOf(" Phones \n"), "Phones");
  assert.equal(textOf(["a", "b"]), "a\nb");
});

test("what is missing is said, the headline first", () => {
  const at = promisedAt(DRAFT, inUtc, NOW);

  assert.equal(missing(DRAFT, at), "");
  assert.equal(missing({ ...DRAFT, headline: "  " }, at), "headline");
  assert.equal(missing({ ...DRAFT, headline: "x".repeat(141) }, at), "long");
  assert.equal(missing({ ...DRAFT, to: "units" }, at), "units");
  assert.equal(missing({ ...DRAFT, to: "roles" }, at), "roles");
  assert.equal(missing({ ...DRAFT, next: "other" }, promisedAt({ ...DRAFT, next: "other" }, inUtc, NOW)), "time");
});

test("to all units goes without a list; a choice names its units or roles", () => {
  const all = sendArgs(DRAFT, "i1", NOW);

  assert.deepEqual([all.broadcast, all.incident, all.headline, all.works, all.ack], ["b4", "i1", "Stay on paper.", "Phones", "unit"]);
  assert.deepEqual(all.audience, { units: null, roles: null });
  assert.deepEqual(sendArgs({ ...DRAFT, to: "units", units: ["icu"], roles: ["pharmacist"] }, "i1", NOW).audience, { units: ["icu"], roles: null });
  assert.deepEqual(sendArgs({ ...DRAFT, to: "roles", units: ["icu"], roles: ["pharmacist"] }, "i1", NOW).audience, { units: null, roles: ["pharmacist"] });
});

test("the number of units shown follows the choice", () => {
  assert.equal(targetUnits(DRAFT, { units: ["icu", "ed"] }).length, 2);
  assert.equal(targetUnits({ ...DRAFT, to: "units", units: ["ed"] }, { units: ["icu", "ed"] }).length, 1);
});

test("nothing new leaves the orders standing, asks nobody for an answer and has an id of its own", () => {
  const args = quietArgs(DRAFT, "i1", NOW, { headline: "Nothing new.", do_now: ["Count stock."], works: "Phones" });

  assert.deepEqual([args.broadcast, args.do_now, args.ack, args.next_update_at], ["q4", ["Count stock."], "none", "2026-11-21T10:17:20.000Z"]);
});

test("numbers go up from the highest, whatever was replaced", () => {
  const update = (no) => ({ id: `b${no}`, b: { no } });

  assert.equal(nextNo([]), 1);
  assert.equal(nextNo([update(3), update(1), update(2)]), 4);
});

test("an update that was sent at an earlier try is sent", () => {
  assert.deepEqual([{ st: "ok" }, { st: "dup", first: "ok" }, { st: "superseded" }, { st: "dup", first: "rejected" }, { st: "conflict" }].map(isSent), [true, true, true, false, false]);
});

test("what another leader has sent meanwhile has to be read first; the own is no news", () => {
  const sent = (no, by) => ({ id: `b${no}`, b: { no, by, at: "2026-11-21T10:17:00.000Z" } });
  const draft = { ...DRAFT, ...BLANK, seen: 2 };

  assert.equal(overtakenBy(draft, [sent(3, "omar"), sent(2, "omar")], "priya")?.no, 3);
  assert.equal(overtakenBy(draft, [sent(2, "omar")], "priya"), null);
  assert.equal(overtakenBy(draft, [sent(3, "priya")], "priya"), null);
  assert.equal(overtakenBy(draft, [], "priya"), null);
});

test("what the author leaves out is not sent, and an unknown estimate is allowed", () => {
  const at = { shows: inUtc, now: NOW, after: 3 };

  assert.deepEqual(moreArgs({ ...DRAFT, ...BLANK }, at), { after: 3 });
  const more = moreArgs({ ...DRAFT, ...BLANK, stage: "confirmed", do_not: "Restart.\nSign in.", est_at: "11:00", est_sure: "low", relation: "corrects", refers_to: 2 }, at);
  assert.deepEqual(more, {
    stage: "confirmed", do_not: ["Restart.", "Sign in."], estimate: { at: "2026-11-21T11:00:00.000Z", confidence: "low", text: "" }, relation: "corrects", refers_to: 2, after: 3,
  });
});

test("services, people and duty name their audience", () => {
  const draft = { ...DRAFT, ...BLANK, services: ["ehr"], people: [{ id: "u1", name: "Kim" }] };
  const audience = (patch) => sendArgs({ ...draft, ...patch }, "i1", NOW).audience;

  assert.deepEqual(audience({ to: "services" }), { units: null, roles: null, services: ["ehr"] });
  assert.deepEqual(audience({ to: "people" }), { units: [], roles: null, people: ["u1"] });
  assert.deepEqual(audience({ on_duty: true }), { units: null, roles: null, on_duty: true });
  assert.deepEqual(targetUnits({ ...draft, to: "services" }, { units: ["icu", "ed"] }, ["ed", "lab"]), ["ed"]);
  assert.equal(missing({ ...draft, to: "people", people: [] }, NOW), "people");
  assert.equal(missing({ ...draft, relation: "cancels" }, NOW), "refers");
});
