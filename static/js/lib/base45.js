/**
 * Base45 (RFC 9285): bytes in the 45 letters that a QR code packs best and every decoder gives back as they were. Pure.
 */

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** @param {Uint8Array} bytes */
export function toBase45(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let value = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
    for (let digit = 0; digit < (pair ? 3 : 2); digit += 1) {
      text += LETTERS[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** Throws for a text that is none. @param {string} text @returns {Uint8Array} */
export function fromBase45(text) {
  if (text.length % 3 === 1) throw new Error("not base45");
  const bytes = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = [...text.slice(i, i + 3)].map((letter) => LETTERS.indexOf(letter));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.includes(-1) || value >= (digits.length === 3 ? 65_536 : 256)) throw new Error("not base45");
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}
