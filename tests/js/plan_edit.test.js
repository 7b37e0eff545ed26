/** The office's form changes what it says and nothing else: on a plan with every word of the format, and on plans made up by chance. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { PHASES } from "../../static/js/lib/order.js";
import { differences } from "../../static/js/lib/plan_compare.js";
import { STEP_WORDS, addCard, addStep, copyStep, freshCode, letterOf, moveCard, moveStep, phaseOf, removeCard, removeStep, stepsOf, withStep, withWord } from "../../static/js/lib/plan_edit.js";
import { isAsked, minutesOf, previewTasks, waitsFor } from "../../static/js/lib/plan_preview.js";

const PLAN = {
  id: "gates", title: "Gates", unit_types: ["pharmacy", "ward"],
  cards: [
    { role: "pharmacist", title: "Pharmacist", mission: "M", unit_types: ["pharmacy"], steps: [
      { code: "A1", do: "Count.", due: "5 min", safety: "true", capture: [{ key: "n", label: "N", type: "count", min: "0" }] },
      { code: "A2", do: "Tell.", depends_on: ["A1"], when: { step: "A1", field: "n", at_least: "1" } },
      { code: "B1", do: "Print.", local: { icu: "Behind desk 2." } },
    ] },
    { role: "nurse", title: "Nurse", mission: "M", unit_types: ["ward"], steps: [{ code: "A1", do: "Wait.", gate: ["pharmacist/A1"] }] },
  ],
};
const codes = (plan, role = "pharmacist") => plan.cards.find((card) => card.role === role).steps.map((step) => step.code);

/** A reader of chance that says the same every time. */
function chance(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
}

describe("a step", () => {
  test("that is added gets a code the card has never had", () => {
    const { plan, code } = addStep(PLAN, "pharmacist", "0-15", { pharmacist: ["A1", "A7"] });

    assert.equal(code, "A8");
    assert.deepEqual(codes(plan), ["A1", "A2", "A8", "B1"]);
  });

  test("that is copied stands below and says the same", () => {
    const { plan, code } = copyStep(PLAN, "pharmacist", "A1", {});

    assert.deepEqual(codes(plan), ["A1", "A3", "A2", "B1"]);
    assert.deepEqual(plan.cards[0].steps[1], { ...PLAN.cards[0].steps[0], code });
  });

  test("keeps its code when it moves in its phase", () => {
    assert.deepEqual(codes(moveStep(PLAN, "pharmacist", "A2", "0-15", 0, {}).plan), ["A2", "A1", "B1"]);
  });

  test("gets another code in another phase, and what refers to it follows", () => {
    const { plan, code } = moveStep(PLAN, "pharmacist", "A1", "15-60", 0, {});

    assert.equal(code, "B2");
    assert.deepEqual(codes(plan), ["A2", "B2", "B1"]);
    assert.deepEqual(plan.cards[0].steps[0].depends_on, ["B2"]);
    assert.equal(plan.cards[0].steps[0].when.step, "B2");
    assert.deepEqual(plan.cards[1].steps[0].gate, ["pharmacist/B2"]);
  });

  test("takes a new word in the order of the file, and loses an empty one", () => {
    const step = PLAN.cards[0].steps[0];

    assert.deepEqual(Object.keys(withWord(step, "hint", "H", STEP_WORDS)), ["code", "do", "hint", "due", "safety", "capture"]);
    assert.deepEqual(Object.keys(withWord(step, "due", "", STEP_WORDS)), ["code", "do", "safety", "capture"]);
    assert.equal(withWord(step, "do", "", STEP_WORDS).do, "");
  });

  test("finds no code when all ninety-nine are used", () => {
    const full = { steps: Array.from({ length: 99 }, (_, n) => ({ code: `A${n + 1}` })) };

    assert.equal(freshCode(full, "0-15"), null);
    assert.equal(addStep({ cards: [{ role: "r", ...full }] }, "r", "0-15", {}).code, null);
  });
});

test("cards come, go and change places", () => {
  assert.deepEqual(addCard(PLAN, "lab", "Lab").cards.map((card) => card.role), ["pharmacist", "nurse", "lab"]);
  assert.deepEqual(moveCard(PLAN, "nurse", -1).cards.map((card) => card.role), ["nurse", "pharmacist"]);
  assert.deepEqual(moveCard(PLAN, "nurse", 5).cards, PLAN.cards);
  assert.deepEqual(removeCard(PLAN, "nurse").cards, [PLAN.cards[0]]);
});

test("whatever is done, all other steps are the same objects, codes differ, and the order is what was asked for", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const pick = chance(seed);
    const before = JSON.stringify(PLAN);
    let plan = PLAN;
    for (let turn = 0; turn < 6; turn += 1) {
      const role = ["pharmacist", "nurse"][pick(2)];
      const held = codes(plan, role);
      const code = held[pick(held.length)];
      const phase = PHASES[pick(PHASES.length)];
      const place = pick(3);
      const others = plan.cards.flatMap((card) => card.steps.filter((step) => (card.role !== role || step.code !== code) && !step.gate && !step.depends_on && !step.when));
      const doing = [() => addStep(plan, role, phase, {}), () => copyStep(plan, role, code, {}), () => moveStep(plan, role, code, phase, place, {}),
        () => (held.length > 1 ? { plan: removeStep(plan, role, code) } : { plan }), () => ({ plan: withStep(plan, role, code, (step) => withWord(step, "hint", `h${turn}`, STEP_WORDS)) })][pick(5)];
      const done = doing();
      const now = done.plan.cards.flatMap((card) => card.steps);
      for (const step of others) assert.ok(now.some((one) => JSON.stringify(one) === JSON.stringify(step)), `${seed}: ${step.code} is the same`);
      if (doing.toString().includes("=> moveStep")) {
        const card = done.plan.cards.find((one) => one.role === role);
        const mates = stepsOf(card, phase).map((step) => step.code);
        assert.equal(mates.indexOf(done.code), Math.min(place, mates.length - 1), `${seed}: stands where it was put`);
      }
      for (const card of done.plan.cards) assert.equal(new Set(card.steps.map((step) => step.code)).size, card.steps.length);
      plan = done.plan;
    }
    assert.equal(JSON.stringify(PLAN), before);
  }
});

test("every phase has its letter", () => {
  assert.deepEqual(PHASES.map((phase) => phaseOf(`${letterOf(phase)}1`)), PHASES);
});

test("two contents are told apart line by line", () => {
  const theirs = withStep(PLAN, "pharmacist", "A1", (step) => ({ ...step, do: "Count all." }));

  assert.deepEqual(differences(PLAN, PLAN), []);
  assert.deepEqual(differences(PLAN, { ...theirs, title: "Doors" }).map(({ where }) => where), ["title", "pharmacist/A1 · do"]);
});

describe("the preview", () => {
  const at = { plan: "gates", unit: "icu", startMs: Date.parse("2026-11-21T20:00:00Z") };

  test("shows a step as a task, with the unit's own line", () => {
    const [first, , third] = previewTasks(PLAN.cards[0], at);

    assert.equal(first.b.due_at, "2026-11-21T20:05:00.000Z");
    assert.deepEqual(first.b.capture[0].min, 0);
    assert.equal(first.b.safety, true);
    assert.equal(third.b.local, "Behind desk 2.");
  });

  test("reads times as people write them", () => {
    assert.deepEqual(["1 h 30 min", "60 min before", "2 d", "when it happens", "", undefined].map(minutesOf), [90, -60, 2880, null, null, null]);
  });

  test("asks and waits as the card would", () => {
    const tasks = previewTasks(PLAN.cards[0], at);

    assert.equal(isAsked(tasks[1], tasks), false);
    assert.deepEqual(waitsFor(tasks[1], tasks).map((one) => one.code), ["A1"]);
    tasks[0].b = { ...tasks[0].b, state: "done", captured: { n: 2 } };
    assert.equal(isAsked(tasks[1], tasks), true);
    assert.deepEqual(waitsFor(tasks[1], tasks), []);
  });

  test("stands half-written steps", () => {
    const [task] = previewTasks({ role: "r", steps: [{ code: "A1", capture: [{ key: "k" }] }] }, at);

    assert.deepEqual([task.b.title, task.b.capture[0].type], ["", "text"]);
  });
});
