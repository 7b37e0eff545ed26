/** What has changed on a person's cards: only theirs, only unread, with the old words beside the new. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { newsOf, planNews } from "../../static/js/lib/plan_news.js";

const PLAN = { id: "ehr", b: { title: "EHR", version: "v2", replaces: "v1", changes: [
  { role: "nurse", card: "kept", added: ["A3"], removed: ["B1"], changed: ["A1"], moved: ["A2"], was: { A1: { due_min: 5, title: "Tell." }, B1: { title: "Print." } } },
  { role: "clerk", card: "removed", added: [], removed: ["A1"], changed: [] },
] } };
const CARDS = [{ b: { plan: "ehr", role: "nurse", steps: [{ code: "A2", title: "Look." }, { code: "A1", title: "Tell all.", due_min: 9 }, { code: "A3", title: "Sign." }] } }];
const nobody = () => false;

test("a nurse sees the lines of her own card, in its order, what is gone last", () => {
  const [news] = planNews([PLAN], CARDS, ["nurse"], nobody);

  assert.deepEqual(news.cards[0].lines.map(({ code, what }) => `${code} ${what}`), ["A2 moved", "A1 changed", "A3 added", "B1 removed"]);
  assert.deepEqual(news.cards[0].lines[1].words, [{ name: "title", was: "Tell.", now: "Tell all." }, { name: "due_min", was: 5, now: 9 }]);
  assert.equal(news.cards[0].lines[3].title, "Print.");
});

test("nothing is news to other roles, after reading, or of a plan's first version", () => {
  assert.deepEqual(planNews([PLAN], CARDS, ["lab"], nobody), []);
  assert.deepEqual(planNews([PLAN], CARDS, ["nurse"], (plan, version) => plan === "ehr" && version === "v2"), []);
  assert.deepEqual(planNews([{ ...PLAN, b: { ...PLAN.b, replaces: undefined } }], CARDS, ["nurse"], nobody), []);
});

test("a card that is gone says so without lines that nobody has", () => {
  assert.equal(newsOf(PLAN, CARDS, ["clerk"]).cards[0].card, "removed");
});
