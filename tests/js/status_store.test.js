import { closePage, openPage, signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { broughtNews, lapsed, lapsedWords } from "../../static/js/components/lapsed.js";
import { setClock } from "../../static/js/lib/clock.js";
import { pack } from "../../static/js/lib/zlib.js";
import { tookWords } from "../../static/js/phone/relay_words.js";
import { tryNow } from "../../static/js/store/actions.js";
import { took } from "../../static/js/store/carrying.js";
import { statusFrames } from "../../static/js/store/passing.js";
import { contact, now, status } from "../../static/js/store/state.js";
import { refreshStatus } from "../../static/js/store/status.js";
import { KEYS, signed } from "./contract_server.js";

/** @param {number} at ms @param {any} [fields] */
const statusOf = (at, fields = {}) =>
  signed("status", { v: 1, site: "northgate", name: "Northgate", epoch: "epoch-1", at: new Date(at).toISOString(), until: new Date(at + 1_800_000).toISOString(), incidents: [], more: 0, ...fields });

const asked = () => ward.server.requests.filter(({ path }) => path === "/api/sync/status").length;

beforeEach(() => {
  ward.server.keys = KEYS;
});

afterEach(() => setClock(null));

describe("the signed status", () => {
  test("is fetched, verified, kept over a restart", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);

    ward.reachable = false;
    await openPage();

    assert.equal(status.value?.status.site, "northgate");
    assert.equal(status.value?.brought, false);
  });

  test("is not taken when its signature is wrong", async () => {
    ward.server.signed = { ...(await statusOf(Date.now())), text: (await statusOf(Date.now() + 1_000)).text };
    await signInNia();
    await refreshStatus();

    assert.equal(status.value, null);
  });

  test("is asked for once by two who ask at once", async () => {
    await signInNia();
    await refreshStatus();
    ward.server.signed = await statusOf(Date.now());
    const before = asked();

    await Promise.all([refreshStatus(), refreshStatus()]);

    assert.equal(asked(), before + 1);
  });

  test("is read to its end before a page is gone: the next person's page never shows it", async (t) => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);
    const verify = crypto.subtle.verify.bind(crypto.subtle);
    let open = () => {};
    /** @type {Promise<void>} */
    const gate = new Promise((resolve) => (open = resolve));
    t.mock.method(crypto.subtle, "verify", async (/** @type {Parameters<typeof verify>} */ ...args) => (await gate, verify(...args)));
    await openPage();

    let gone = false;
    const going = closePage().then(() => (gone = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(gone, false);
    open();
    await going;
  });

  test("is asked for again when the rows say more, or a third of its life is over", async () => {
    ward.server.signed = await statusOf(Date.now(), { incidents: [{ id: "incident-1", no: 1, title: "EHR down", kind: "real", state: "declared", level: 2, services: [], clocks: {}, do_now: "", works: [], update: null }] });
    await signInNia();
    await until(() => status.value !== null);
    const before = asked();
    await refreshStatus();
    assert.equal(asked(), before);

    setClock(() => Date.now() + 11 * 60_000);
    await refreshStatus();
    assert.equal(asked(), before + 1);
  });

  test("of another phone is taken when it is newer, and stands for what this phone does not know", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);
    ward.reachable = false;
    await tryNow();
    assert.equal(contact.value.state, "alone");
    setClock(() => Date.now() + 5 * 60_000);
    const other = await pack(JSON.stringify(await statusOf(Date.now() + 4 * 60_000)));

    assert.equal((await took("S", other)).st, "taken");

    assert.equal(status.value?.brought, true);
    assert.ok(broughtNews());
    assert.equal((await took("S", other)).st, "older");
    assert.ok((await statusFrames())[0].startsWith("WL1:S:1/1:"));
  });

  for (const [name, make, st] of /** @type {const} */ ([
    ["altered", async () => JSON.stringify({ ...(await statusOf(Date.now())), text: (await statusOf(1)).text }), "altered"],
    ["no status at all", async () => JSON.stringify(await signed("status", { v: 1 })), "altered"],
    ["a receipt", async () => JSON.stringify(await signed("receipt", { v: 1, site: "northgate" })), "altered"],
    ["of another hospital", async () => JSON.stringify(await statusOf(Date.now() + 60_000, { site: "southgate" })), "foreign"],
    ["expired", async () => JSON.stringify(await statusOf(Date.now() - 31 * 60_000)), "expired"],
    ["of the future", async () => JSON.stringify(await statusOf(Date.now() + 3_600_000)), "expired"],
  ])) {
    test(`of another phone that is ${name} is refused with a sentence`, async () => {
      await signInNia();

      const result = await took("S", await pack(await make()));

      assert.equal(result.st, st);
      assert.equal(status.value, null);
      assert.match(tookWords(result).words, /not taken|was not/);
    });
  }

  test("that has run out without contact makes everything lapse, and says since when", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);
    ward.reachable = false;
    await tryNow();
    now.value = Date.now() + 29 * 60_000;
    assert.equal(lapsed.value, false);

    now.value = Date.now() + 31 * 60_000;

    assert.equal(lapsed.value, true);
    assert.match(lapsedWords(), /^No contact since \d\d:\d\d\. Check before you rely on it\.$/);
  });
});
