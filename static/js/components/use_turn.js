/** The moment for which steps are drawn: it moves when the picture does, not with every move of the clock. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";

import { lastTurn } from "../lib/turns.js";
import { phaseStarts } from "../phone/phases.js";
import { now } from "../store/state.js";

export const FOLD_AFTER_MS = 10 * 60_000;

/**
 * @param {Array<{id: string, b: any}>} tasks @param {Record<string, string|undefined>} clocks of the incident
 * @param {string|null} [counted] the step whose minutes are shown; without it no minutes are
 * @returns {number} ms
 */
export const useTurn = (tasks, clocks, counted) =>
  useMemo(() => {
    const picture = { starts: phaseStarts(clocks), foldAfterMs: FOLD_AFTER_MS, counted };
    return computed(() => lastTurn(tasks, picture, now.value));
  }, [tasks, clocks, counted]).value;
