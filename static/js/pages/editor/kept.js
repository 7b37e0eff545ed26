/** What was typed and is not on the server yet, kept in this browser by plan: a closed lid loses nothing. */

const KEY = "wardlight.draft.";

/** @param {string} plan @returns {{rev: number, value: any, at: number}|null} */
export function keptOf(plan) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY + plan) ?? "null");
    return kept && typeof kept.rev === "number" && kept.value?.id === plan ? kept : null;
  } catch {
    return null;
  }
}

/** Whether it could be kept: storage may be full or forbidden. @param {string} plan @param {{rev: number, value: any, at: number}} what */
export function keep(plan, what) {
  try {
    localStorage.setItem(KEY + plan, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} plan */
export function forget(plan) {
  try {
    localStorage.removeItem(KEY + plan);
  } catch {
    // storage is forbidden: nothing is kept there either
  }
}
