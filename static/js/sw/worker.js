/* First part of /sw.js; entries.js and alerts.js follow. The server puts `const PRECACHE = {version, build, shell, entries: [[url, sha256]]}` in front of it.
   It keeps the app on the phone, shows pushes and focuses windows. It never touches the API, and nothing in it waits
   for a network before a page opens: half-dead networks hang for minutes. */
"use strict";

const CACHE_PREFIX = "wardlight-";
const CACHE = `${CACHE_PREFIX}${PRECACHE.build}-${PRECACHE.version}`;
const LIST_KEY = "/sw-list.json";
const BUILD_FILES = "/static/b/";
const FORMS = "/forms/";
const BUILD_LOCK_PREFIX = "wardlight-build-";
const FETCHES_AT_ONCE = 6;
const FILE_MS = 60_000;
const MATCH = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(dropUnusedCaches()));
self.addEventListener("fetch", answer);
self.addEventListener("message", (event) => event.waitUntil(obey(event.data ?? {})));
self.addEventListener("push", (event) => event.waitUntil(hearPush(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(answerTap(event)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewSubscription(event)));

// Install: everything or nothing.

async function install() {
  const existed = await caches.has(CACHE);
  try {
    await fill(PRECACHE.entries);
    const cache = await caches.open(CACHE);
    await cache.put(LIST_KEY, new Response(JSON.stringify(PRECACHE.entries)));
  } catch (reason) {
    if (!existed) await caches.delete(CACHE);
    throw reason;
  }
}

async function fill(entries) {
  const cache = await caches.open(CACHE);
  const known = await heldByHash();
  const waiting = [...entries];
  const drain = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const [url, hash] = entry;
      await cache.put(url, (await known.get(hash)?.()) ?? (await fetchExactly(url, hash)));
    }
  };
  await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, drain));
}

/** Content hash -> a way to read it from a cache of an earlier version. */
async function heldByHash() {
  const held = new Map();
  for (const name of (await ourCaches()).filter((other) => other !== CACHE)) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST_KEY, MATCH);
    for (const [url, hash] of list ? await list.json() : []) held.set(hash, () => cache.match(url, MATCH));
  }
  return held;
}

/** A sign-in page, a proxy's "no internet" page or another version must never be kept as the app. */
async function fetchExactly(url, hash) {
  const response = await fetch(url, { cache: "reload", redirect: "error", signal: AbortSignal.timeout(FILE_MS) });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== hash) throw new Error(`${url} is not the content of this version`);
  return response;
}

// Fetch: the app's pages and the files of its build come from the phone.

function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(PRECACHE.shell)) {
    event.respondWith(fromPhone(PRECACHE.shell, request));
  } else if (url.pathname.startsWith(BUILD_FILES) || url.pathname.startsWith(FORMS)) {
    event.respondWith(fromPhone(request.url, request));
  }
}

async function fromPhone(url, request) {
  const current = await caches.open(CACHE);
  return (await current.match(url, MATCH)) ?? (await caches.match(url, MATCH)) ?? fetch(request);
}

// Messages of the pages.

async function obey(message) {
  if (message.type === "update") await self.skipWaiting();
  if (message.type === "start") {
    await fillHoles();
    await dropUnusedCaches();
  }
}

/** Browsers short of space evict single entries: fetch again what is missing, silently when there is no network. */
async function fillHoles() {
  const cache = await caches.open(CACHE);
  const held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const missing = PRECACHE.entries.filter(([url]) => !held.has(url));
  if (missing.length) await fill(missing).catch((reason) => console.warn("worker.holes", String(reason)));
}

/** Each page holds a lock named after its build, so a page of yesterday keeps the files it may still ask for. */
async function dropUnusedCaches() {
  const names = await ourCaches();
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const { held = [] } = await self.navigator.locks.query();
  const locks = held.map(({ name = "" }) => name).filter((name) => name.startsWith(BUILD_LOCK_PREFIX));
  if ((await appWindows()).length > locks.length) return;
  const used = locks.map((name) => CACHE_PREFIX + name.slice(BUILD_LOCK_PREFIX.length));
  const unused = names.filter((name) => name !== CACHE && !used.some((prefix) => name.startsWith(prefix)));
  await Promise.all(unused.map((name) => caches.delete(name)));
}

async function ourCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX));
}

// Windows of the app.

async function openApp(address) {
  const path = appPath(address);
  const [page] = await appWindows();
  if (!page) return self.clients.openWindow(path);
  page.postMessage({ type: "open", path });
  return page.focus();
}

/** Only addresses of the app: a notification must not lead anywhere else. */
function appPath(address) {
  const url = new URL(address ?? PRECACHE.shell, self.location.origin);
  const ours = url.origin === self.location.origin && url.pathname.startsWith(PRECACHE.shell);
  return ours ? url.pathname + url.search + url.hash : PRECACHE.shell;
}

async function appWindows() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => new URL(page.url).pathname.startsWith(PRECACHE.shell));
}
