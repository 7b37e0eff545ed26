/** What the wall knows: signals, changed here only. */
import { computed, signal } from "@preact/signals";

import { monotonicMs, now, wallMs } from "../../lib/clock.js";
import { hasContact, heardOf, NEWS_SHOWN_MS, newsOf } from "./rules.js";
import { playTone } from "./tone.js";

const HEARD = "wardlight-wall-heard";

/** @type {import("@preact/signals").Signal<import("./rules.js").WallState|null>} */
export const state = signal(null);
/** When the server last answered: its time, and the steady clock's. @type {import("@preact/signals").Signal<{at: number, steady: number, wall: number}|null>} */
export const heard = signal(null);
/** Moves every second. */
export const ticks = signal(monotonicMs());
export const sound = signal(false);
/** Invented people: said on every screen. */
export const isDemo = document.querySelector("[data-demo]") !== null;
/** What is announced now. @type {import("@preact/signals").Signal<{news: import("./rules.js").News[], until: number}|null>} */
export const news = signal(null);

/** A screen that slept has an old answer although its steady clock stood still: the wall clock tells. */
export const inContact = computed(() => {
  const last = heard.value;
  return last !== null && hasContact(last.steady, ticks.value) && hasContact(last.wall, wallMs());
});

/** @type {import("./rules.js").Heard|null} kept over a reload, so that a new build announces nothing twice */
let before = JSON.parse(sessionStorage.getItem(HEARD) ?? "null");

/** The server has answered. @param {import("./rules.js").WallState|null} fresh null: nothing has changed */
export function hear(fresh) {
  heard.value = { at: now(), steady: monotonicMs(), wall: wallMs() };
  tick();
  if (fresh === null) return;
  const found = newsOf(before, fresh);
  before = { ...before, ...heardOf(fresh) };
  sessionStorage.setItem(HEARD, JSON.stringify(before));
  state.value = fresh;
  if (found.length === 0) return;
  news.value = { news: found, until: monotonicMs() + NEWS_SHOWN_MS };
  playTone();
}

export function tick() {
  ticks.value = monotonicMs();
  if (news.value && ticks.value >= news.value.until) news.value = null;
}
