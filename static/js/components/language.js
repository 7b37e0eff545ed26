/** The language of the app: the person's choice on this device, else what the browser asks for. */
import es from "../i18n/es.js";
import { addLanguage, chooseLanguage } from "../lib/text.js";

const KEY = "wardlight.language";

/** Call it before the first screen: words are read once. */
export function startLanguage() {
  addLanguage("es", es);
  document.documentElement.lang = chooseLanguage([kept(), ...(navigator.languages ?? [])]);
}

/** The screens are written anew in the other language; what was typed is kept as drafts. @param {string} code */
export function setLanguage(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    return;
  }
  location.reload();
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
