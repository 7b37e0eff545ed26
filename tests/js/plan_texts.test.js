/** A plan's words in another language: what is translated, what is not, what the plan has changed since. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { cardIn, standings, textsOf, wordsToKeep } from "../../static/js/lib/plan_texts.js";

const CARD = {
  role: "nurse", title: "Nurse", mission: "Be there.",
  steps: [
    { code: "B1", do: "Print.", hint: "Ask.", local: { icu: "Behind desk 2." } },
    { code: "A1", do: "Open it.", capture: [{ key: "viewer", label: "Viewer", type: "choice", choices: ["Opens", "Does not"] }] },
    { code: "A2", do: "Build it.", when: { step: "A1", field: "viewer", one_of: ["Does not"] } },
  ],
};
const PLAN = { title: "Down", summary: "All.", do_now: "Stop.", works: ["Phones"], attachments: [{ code: "log", title: "Log" }], cards: [CARD, { role: "clerk", title: "Clerk", mission: "Be there.", steps: [{ code: "A1", do: "Print." }] }] };

test("every text has its place, in the order in which the phone shows it", () => {
  assert.deepEqual(textsOf(PLAN).map(({ place }) => place), [
    "title", "summary", "do_now", "works/0", "attachments/log", "nurse/title", "nurse/mission", "nurse/A1/do", "nurse/A1/capture/viewer",
    "nurse/A1/capture/viewer/0", "nurse/A1/capture/viewer/1", "nurse/A2/do", "nurse/B1/do", "nurse/B1/hint", "nurse/B1/local/icu",
    "clerk/title", "clerk/mission", "clerk/A1/do",
  ]);
});

test("a text that the plan has changed since is outdated, and shows what it was called", () => {
  const before = { "nurse/B1/do": { en: "Print all.", words: "Imprima todo." }, "nurse/A1/do": { en: "Open it.", words: "Ábralo." } };
  const words = { "Open it.": "Ábralo.", "Print all.": "Imprima todo.", Gone: "Ido" };

  const all = standings(textsOf(PLAN), words, before);
  const by = Object.fromEntries(all.map((one) => [one.place, one]));

  assert.equal(by["nurse/A1/do"].state, "ok");
  assert.deepEqual([by["nurse/B1/do"].state, by["nurse/B1/do"].was], ["outdated", { en: "Print all.", words: "Imprima todo." }]);
  assert.equal(by["nurse/A2/do"].state, "missing");
  assert.equal(by["clerk/A1/do"], undefined, "one English text is translated once");
  assert.deepEqual(wordsToKeep(all, words), { "Open it.": "Ábralo.", "Print all.": "Imprima todo." });
  const done = standings(textsOf(PLAN), { ...words, "Print.": " Imprima. " }, before);
  assert.deepEqual(wordsToKeep(done, words), { "Open it.": "Ábralo.", "Print.": "Imprima." });
});

test("a card reads in the language, and its conditions hold", () => {
  const card = cardIn(CARD, { "Open it.": "Ábralo.", Viewer: "Visor", Opens: "Se abre", "Does not": "No se abre", "Behind desk 2.": "Tras la mesa 2." });

  assert.deepEqual([card.steps[1].do, card.steps[0].do, card.steps[0].local], ["Ábralo.", "Print.", { icu: "Tras la mesa 2." }]);
  assert.deepEqual(card.steps[1].capture[0], { key: "viewer", label: "Visor", type: "choice", choices: ["Se abre", "No se abre"] });
  assert.deepEqual(card.steps[2].when.one_of, ["No se abre"]);
});
