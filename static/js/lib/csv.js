/** A table as text that a spreadsheet opens: quotes, line breaks, and nothing that it would run as a formula. Pure. */

const FORMULA = /^[=+\-@\t\r]/;

/** @param {Array<Array<string|number|null|undefined>>} rows the first are the headings @returns {string} with a mark that says UTF-8 */
export const csvOf = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/** @param {string|number|null|undefined} value */
function cell(value) {
  const text = String(value ?? "");
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
