/** Which findings belong to a place of the plan. Pure. */

export const FAULT = "fault";

/** @typedef {import("./state.js").Finding} Finding */

/** Everything found in a place, or below it. @param {Finding[]} all @param {Array<string|number>} place @returns {Finding[]} */
export const within = (all, place) => all.filter(({ path }) => place.every((part, i) => path[i] === part));

/** What was found in a step, and not in one of its words. @param {Finding[]} all @param {Array<string|number>} place @param {string[]} names @returns {Finding[]} */
export const besides = (all, place, names) => within(all, place).filter(({ path }) => !names.includes(String(path[place.length])));
