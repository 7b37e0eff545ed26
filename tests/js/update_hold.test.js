import { incident, openPage, signInNia, ward } from "./page.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { tryNow } from "../../static/js/store/actions.js";
import { session } from "../../static/js/store/state.js";

const held = () => session.value?.app.hold;
/** @param {any} fields */
const declared = async (fields) => {
  ward.server.put("site:northgate", "incident", "incident-1", incident(fields));
  await tryNow();
};

describe("an update of the app", () => {
  beforeEach(async () => {
    await declared({ state: "closed" });
    await signInNia();
  });

  test("is held from the moment an incident is known, and let go when it has ended", async () => {
    assert.equal(held(), false);
    await declared({ state: "declared" });
    assert.equal(held(), true);
    await declared({ state: "all_clear" });
    assert.equal(held(), true);

    await declared({ state: "closed" });
    assert.equal(held(), false);
  });

  test("is held on a phone that is opened in the middle of an incident with no server", async () => {
    await declared({ state: "declared" });
    ward.reachable = false;

    await openPage();

    assert.equal(held(), true);
  });

  test("is not held by an exercise", async () => {
    await declared({ kind: "exercise" });

    assert.equal(held(), false);
  });

  test("is held when the server says so, whatever the rows show", async () => {
    if (session.value) session.value = { ...session.value, app: { ...session.value.app, hold: true } };
    await tryNow();

    assert.equal(held(), true);
  });
});
