/** Light, dark, or as the phone is set; kept on this device. */
import { signal } from "@preact/signals";

const KEY = "wardlight.theme";
const CHOICES = ["system", "light", "dark"];

/** @typedef {"system"|"light"|"dark"} Theme */

export const theme = signal(/** @type {Theme} */ ("system"));

/** Put on what was chosen before; call it before the first screen. */
export function startTheme() {
  wear(/** @type {Theme} */ (read() ?? "system"));
}

/** @param {Theme} choice */
export function chooseTheme(choice) {
  wear(choice);
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Private windows refuse storage; the choice then holds until the app is closed.
  }
}

/** @param {Theme} choice */
function wear(choice) {
  theme.value = CHOICES.includes(choice) ? choice : "system";
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
