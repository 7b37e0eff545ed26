/**
 * Rows as they are kept. What is large in a row and asked for by few screens is kept as text and read when somebody asks:
 * the steps of 281 cards and the words of 15 plans, as objects, took more of a phone's start than all other rows together.
 *
 * @typedef {import("./types.js").Row} Row
 * @typedef {Row & {late?: Record<string, string>}} Packed  `late`: fields of `b` that are kept as JSON
 */

/** By type of row. A row says itself which of its fields are text, so one that was kept under another list is read as well. @type {Record<string, string>} */
const LARGE = { card: "steps", words: "texts" };

/** @param {Row} row @returns {Packed} */
export function pack(row) {
  const name = LARGE[row.t];
  if (!name || row.b?.[name] === undefined) return row;
  const { [name]: large, ...b } = row.b;
  return { ...row, b, late: { [name]: JSON.stringify(large) } };
}

/**
 * The row as everybody knows it; what is text in it is read at the first question and remembered.
 * @param {Packed} packed @param {(row: Row) => void} damaged called when a text cannot be read: its field is an empty list from then on
 * @returns {Row}
 */
export function unpack({ late, ...row }, damaged) {
  for (const [name, text] of Object.entries(late ?? {})) {
    Object.defineProperty(row.b, name, { configurable: true, enumerable: true, get: () => settled(row, name, text, damaged) });
  }
  return row;
}

/** @param {Row} row @param {string} name @param {string} text @param {(row: Row) => void} damaged */
function settled(row, name, text, damaged) {
  /** @type {unknown} */
  let value = [];
  try {
    value = JSON.parse(text);
  } catch {
    damaged(row);
  }
  Object.defineProperty(row.b, name, { configurable: true, enumerable: true, writable: true, value });
  return value;
}
