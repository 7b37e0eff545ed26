/* The worker of the ward pages (/w/…): a page that was opened once opens again without a network. It keeps only pages
   that our server gave, and what they are made of; the page itself says how old it is. Its caches have a name of their
   own, as the app's worker clears its own ones on the same device. */
"use strict";

const CACHE_PREFIX = "ward-page-";
const PAGES = "/w/";
const FILES = "/static/";
const OURS = "X-Wardlight";
const PATIENCE_MS = 4_000;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data ?? {})));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(PAGES)) event.respondWith(freshOrKept(request));
  else if (url.pathname.startsWith(FILES)) event.respondWith(keptOrFresh(request));
});

/** Half-dead networks hang for minutes, and a hotspot answers everything: both show what was kept. */
async function freshOrKept(request) {
  const kept = await keptPage(request.url);
  if (!kept) return fetch(request);
  try {
    const answer = await Promise.race([fetch(request), patience()]);
    return answer.headers.has(OURS) && answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}

/** Not a signal of the request: one of a navigation takes no other options. */
function patience() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), PATIENCE_MS));
}

async function keptPage(url) {
  return (await caches.match(url, { ignoreVary: true })) ?? caches.match(url, { ignoreVary: true, ignoreSearch: true });
}

async function keptOrFresh(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A page has loaded with contact: keep it with its files, and let go of what an older build of it needed. */
async function keep({ type, page, files, build }) {
  if (type !== "keep") return;
  const name = CACHE_PREFIX + build;
  const cache = await caches.open(name);
  const answer = await fetch(page, { cache: "no-cache" });
  if (answer.status !== 200 || answer.redirected || !answer.headers.has(OURS)) return;
  if (!(await answer.clone().text()).includes(build)) return; // a new version came in between: its page will say so
  const missing = [];
  for (const file of files) if (!(await cache.match(file))) missing.push(file);
  await cache.addAll(missing);
  await cache.put(page, answer);
  await dropOlder(name, page);
}

async function dropOlder(current, page) {
  for (const name of (await caches.keys()).filter((other) => other.startsWith(CACHE_PREFIX) && other !== current)) {
    const cache = await caches.open(name);
    await cache.delete(page, { ignoreVary: true });
    const left = await cache.keys();
    if (!left.some((request) => new URL(request.url).pathname.startsWith(PAGES))) await caches.delete(name);
  }
}
