/** Texts made small for a code and back, by the browser's own zlib. */

import { fromUtf8, joined, utf8 } from "./bytes.js";

const LARGEST_TEXT_BYTES = 65_536;

/** @param {string} text @returns {Promise<Uint8Array>} */
export const pack = (text) => through(new CompressionStream("deflate"), utf8(text), Infinity);

/** Throws for what is no packed text, or one that is larger than any of ours. @param {Uint8Array} bytes @returns {Promise<string>} */
export const unpack = async (bytes) => fromUtf8(await through(new DecompressionStream("deflate"), bytes, LARGEST_TEXT_BYTES));

/** @param {any} stream @param {Uint8Array} bytes @param {number} most @returns {Promise<Uint8Array>} */
async function through(stream, bytes, most) {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  // A fault shows at the reading end too, and is thrown there.
  written.catch(() => {});
  const parts = [];
  const reader = stream.readable.getReader();
  let length = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    length += value.length;
    if (length > most) throw new RangeError("too large");
    parts.push(value);
  }
  return joined(parts);
}
