/** The language of the app: the person's choice on this device, else what the browser asks for. */
import { addLanguage, chooseLanguage, firstSpoken } from "../lib/text.js";

const KEY = "wardlight.language";
/** A phone loads the words it shows. */
const LANGUAGES = /** @type {Record<string, () => Promise<{default: Record<string, string>}>>} */ ({
  es: () => import("../i18n/es.js"),
});

/** Call it before the first screen: words are read once. Without the other language's file the screens are English. */
export async function startLanguage() {
  const wishes = [kept(), ...(navigator.languages ?? [])];
  const code = firstSpoken(wishes, ["en", ...Object.keys(LANGUAGES)]);
  const words = await LANGUAGES[code]?.().catch(() => null);
  if (words) addLanguage(code, words.default);
  document.documentElement.lang = chooseLanguage(wishes);
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
