/** A file for whatever the device can pass on: its own sharing where it takes such files, else a download. */
import { saveFile } from "./save_file.js";

/** @param {string} name @param {string} text */
export async function shareFile(name, text) {
  const file = new File([text], name, { type: "text/plain" });
  const { navigator } = globalThis;
  if (!navigator.canShare?.({ files: [file] })) return saveFile(name, text, "text/plain");
  await navigator.share({ files: [file] }).catch((/** @type {any} */ error) => {
    // Somebody who closes the sheet wants nothing; anything else must not keep the file from them.
    if (error?.name !== "AbortError") saveFile(name, text, "text/plain");
  });
}
