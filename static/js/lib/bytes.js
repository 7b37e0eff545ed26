/** Bytes as text and back, and their digest. Pure. */

/** Base64 with the letters of an address, without padding. @param {Uint8Array} bytes */
export function toBase64(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Throws for a text that is none. @param {string} text */
export function fromBase64(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new Error("not base64");
  return bytes;
}

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** Throws for bytes that are no text. @param {Uint8Array} bytes */
export const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** @param {Uint8Array[]} parts */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {any} */ (bytes)));

/** What an envelope is called. @param {Uint8Array} bytes */
export const digestOf = async (bytes) => toBase64(await sha256(bytes));
