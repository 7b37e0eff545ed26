/** Every text a person can read has its Spanish: a missing word shows up here, not on a ward. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import es from "../../static/js/i18n/es.js";

const ROOT = new URL("../../static/js/", import.meta.url).pathname;
const LITERAL = /\bt\(\s*"((?:[^"\\]|\\.)*)"/g;
const PLACES = /\{\w+\}/g;

const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js") && !name.startsWith("i18n"));
const keys = sources.flatMap((name) => [...readFileSync(join(ROOT, name), "utf8").matchAll(LITERAL)].map((found) => ({ name, key: JSON.parse(`"${found[1]}"`) })));

test("every text of the app has its Spanish", () => {
  const missing = keys.filter(({ key }) => !Object.hasOwn(es, key)).map(({ name, key }) => `${name}: ${key}`);

  assert.ok(keys.length > 100);
  assert.deepEqual(missing, []);
});

test("a translation names the same values as its key", () => {
  const places = (/** @type {string} */ text) => [...new Set(text.match(PLACES) ?? [])].sort();
  const wrong = Object.entries(es).filter(([key, words]) => places(key).join() !== places(words).join());

  assert.deepEqual(wrong, []);
});

test("no translation is empty", () => {
  const empty = Object.entries(es).filter(([, words]) => words.trim() === "");

  assert.deepEqual(empty, []);
});
