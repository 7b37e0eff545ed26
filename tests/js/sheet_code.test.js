/** Phones and the server give a sheet the same code, and what is typed wrong is told. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { codeOf, typedCode } from "../../static/js/lib/sheet_code.js";

const cases = JSON.parse(readFileSync(new URL("../contracts/sheet_codes.json", import.meta.url), "utf8"));

test("a sheet has the code that the server prints on it", () => {
  for (const { identity, code } of cases.codes) assert.equal(codeOf(identity), code);
});

test("what is typed is a code, or it is said what is wrong with it", () => {
  for (const { text, code, fault } of cases.typed) {
    const typed = typedCode(text);
    assert.equal(typed.fault, fault, text);
    if (code) assert.equal(typed.code, code);
  }
});
