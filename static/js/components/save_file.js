/** Hands a file to the browser's own download, without any request. */

const KEEP_MS = 60_000;

/** @param {string} name @param {string} text @param {string} [type] */
export function saveFile(name, text, type = "application/json") {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
