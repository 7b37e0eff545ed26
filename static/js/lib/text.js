/** Words on the screen. English is the key; another language is a table from key to words. */

/** @type {Map<string, Record<string, string>>} */
const tables = new Map();
let lang = "en";

/** @param {string} code @param {Record<string, string>} table */
export const addLanguage = (code, table) => void tables.set(code, table);

/** @returns {string} "en" or the code of an added language */
export const language = () => lang;

/**
 * Choose the first language we speak: the person's setting, else what the browser asks for, else English.
 * @param {Array<string|null|undefined>} wishes such as `[setting, ...navigator.languages]`
 */
export function chooseLanguage(wishes) {
  lang = firstSpoken(wishes, ["en", ...tables.keys()]);
  return lang;
}

/**
 * The first wish that is among the codes, else English.
 * @param {Array<string|null|undefined>} wishes @param {string[]} codes
 */
export function firstSpoken(wishes, codes) {
  return wishes.map((wish) => (wish ?? "").slice(0, 2).toLowerCase()).find((code) => codes.includes(code)) ?? "en";
}

/** @param {string} key English text with `{name}` for values @param {Record<string, unknown>} [values] */
export function t(key, values = {}) {
  const words = tables.get(lang)?.[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @type {ReadonlyMap<string, string>} words of the hospital's plans in the language shown */
let planWords = new Map();

/** @param {ReadonlyMap<string, string>} words English text -> what it is in the language shown */
export const setPlanWords = (words) => void (planWords = words);

/** Text from the server: `{en, es}`, or a string, which is shown in English unless its plan came with words for it; of several, one a line. @param {any} value @returns {string} */
export function label(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(label).join("\n");
  return typeof value === "object" ? String(value[lang] ?? value.en ?? "") : planWords.get(String(value)) ?? String(value);
}
