import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import test from "node:test";
import { pathOfClick } from "../../static/js/router.js";

const HERE = { origin: "https://ward.example", pathname: "/app/card", search: "" };

function click(href, { attributes = {}, ...event } = {}) {
  const link = {
    href: new URL(href, `${HERE.origin}${HERE.pathname}`).href,
    hasAttribute: (name) => name in attributes,
    getAttribute: (name) => attributes[name] ?? null,
  };
  return { button: 0, defaultPrevented: false, target: { closest: () => link }, ...event };
}

test("a plain click on a link of the app is ours", () => {
  assert.equal(pathOfClick(click("/app/updates/b1?x=1"), HERE), "/app/updates/b1?x=1");
  assert.equal(pathOfClick(click("/app/card"), HERE), "/app/card");
});

test("clicks that ask for a new window, another button or a download stay the browser's", () => {
  for (const event of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }, { defaultPrevented: true }]) {
    assert.equal(pathOfClick(click("/app/updates", event), HERE), null);
  }
  for (const attributes of [{ download: "" }, { target: "_blank" }]) {
    assert.equal(pathOfClick(click("/app/updates", { attributes }), HERE), null);
  }
});

test("telephone links, other pages, other origins and places on this page stay the browser's", () => {
  for (const href of ["tel:4400", "/plans/", "/appendix", "https://elsewhere.example/app/", "#b3"]) {
    assert.equal(pathOfClick(click(href), HERE), null);
  }
});

test("a click on no link is nobody's", () => {
  assert.equal(pathOfClick({ button: 0, target: { closest: () => null } }, HERE), null);
});

test("every route of the app has a screen of its own", () => {
  const read = (/** @type {string} */ path) => readFileSync(new URL(`../../static/js/${path}`, import.meta.url), "utf8");
  const named = [...read("lib/routes.js").matchAll(/\/\^.*?\$\/, "([a-z-]*)"/g)].flatMap(([pattern, name]) => name || /\((.*)\)/.exec(pattern)?.[1].split("|"));
  const screens = [...read("screens.js").matchAll(/^ {2}"?([a-z-]+)"?: \(\) => import\(/gm)].map(([, name]) => name);

  assert.ok(named.length > 10);
  assert.deepEqual([...new Set(named)].filter((name) => !screens.includes(String(name))), []);
});
