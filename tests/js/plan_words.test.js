/** What plans say is shown in the reader's language and recorded in the plan's. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { label, setPlanWords } from "../../static/js/lib/text.js";
import { capturedWords, missing } from "../../static/js/phone/captured.js";
import { incidentName, linesOf } from "../../static/js/phone/incident_words.js";

afterEach(() => setPlanWords(new Map()));

const CAPTURE = [{ key: "state", label: "State", type: "choice", choices: ["Down"], required: true }, { key: "seal", label: "Seal", type: "text", required: true }];

test("a plan's text is shown in the words that came with it, else in English", () => {
  setPlanWords(new Map([["Wait.", "Espere."]]));

  assert.equal(label("Wait."), "Espere.");
  assert.equal(label("Call the desk."), "Call the desk.");
  assert.equal(label({ en: "Wait.", es: "Otra cosa" }), "Wait.");
  assert.equal(label(null), "");
});

test("a choice is shown translated, and what somebody typed stays as it was typed", () => {
  setPlanWords(new Map([["State", "Estado"], ["Down", "Caído"], ["Seal", "Precinto"]]));

  assert.equal(capturedWords({ capture: CAPTURE, captured: { state: "Down", seal: "Down" } }), "Estado: Caído, Precinto: Down");
  assert.deepEqual(missing(CAPTURE, {}), ["Estado", "Precinto"]);
});

test("the title and the standing advice of an incident follow the plan's words", () => {
  setPlanWords(new Map([["EHR is down", "No hay historia clínica"], ["Phones", "Teléfonos"]]));

  assert.equal(incidentName(/** @type {any} */ ({ kind: "real", title: "EHR is down" })), "No hay historia clínica");
  assert.deepEqual(linesOf(["Phones", "Red phone 4"]), ["Teléfonos", "Red phone 4"]);
});
